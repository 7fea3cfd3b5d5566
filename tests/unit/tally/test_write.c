/* Ballot files written: what they look like, what a format can't hold, and that reading
 * them again gives the same multiset. */
#include "file_kit.h"
#include "random_profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
add(struct tally_profile *profile, int64_t weight, const struct tally_mark *marks,
    size_t count)
{
    cr_assert_eq(tally_profile_add(profile, marks, count, weight), TALLY_OK);
}

#define ADD(profile, weight, ...)                                                        \
    add(profile, weight, (const struct tally_mark[]){__VA_ARGS__},                       \
        sizeof((const struct tally_mark[]){__VA_ARGS__}) / sizeof(struct tally_mark))

static struct tally_file *file_of(
    struct tally_profile *profile, const char *const *names, const char *title,
    size_t seats)
{
    struct tally_text texts[POLL_OPTIONS_MAX];
    struct tally_file *file = NULL;
    for (size_t o = 0; o < tally_profile_options(profile); o++) {
        texts[o] = text_of(names[o]);
    }
    cr_assert_eq(tally_file_new(profile, texts, text_of(title), seats, &file), TALLY_OK);
    tally_profile_free(profile);
    return file;
}

static struct tally_profile *profile_of(size_t options, size_t score_max)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(
        score_max > 0 ? tally_profile_new_scored(options, score_max, &profile)
                      : tally_profile_new(options, &profile),
        TALLY_OK);
    return profile;
}

static const char *const plain_names[] = {"Soup", "Bread", "Stew"};

/* Two ballots 0 > 1 = 2, one 2, four blank. */
static struct tally_file *plain_file(void)
{
    struct tally_profile *profile = profile_of(3, 0);
    ADD(profile, 1, {2, 1});
    ADD(profile, 2, {0, 1}, {2, 2}, {1, 2});
    add(profile, 4, NULL, 0);
    return file_of(profile, plain_names, "Lunch", 1);
}

/* The most frequent ballot ranks the last option first. */
Test(write, every_format_keeps_the_order_of_the_options)
{
    for (int format = TALLY_FORMAT_ANY + 1; format < TALLY_FORMAT_COUNT; format++) {
        struct tally_profile *profile = profile_of(3, 0);
        ADD(profile, 5, {2, 1}, {1, 2}, {0, 3});
        ADD(profile, 1, {0, 1}, {1, 2}, {2, 3});
        struct tally_file *file = file_of(profile, plain_names, "", 0);
        size_t bytes = 0;
        char *text = kit_write(file, (enum tally_format)format, &bytes);
        if (text != NULL) {
            struct tally_file *again = read_text(text, (enum tally_format)format);
            kit_names(again, "Soup|Bread|Stew");
            cr_assert(kit_same(file, again), "%s", text);
            tally_file_free(again);
        }
        free(text);
        tally_file_free(file);
    }
}

Test(write, each_format_has_its_look)
{
    struct tally_file *file = plain_file();
    kit_writes(
        file, TALLY_FORMAT_BLT,
        "3 1\n4 0\n2 1 2=3 0\n1 3 0\n0\n\"Soup\"\n\"Bread\"\n\"Stew\"\n\"Lunch\"\n");
    kit_writes(
        file, TALLY_FORMAT_PREFLIB,
        "# FILE NAME: ballots.toi\n# TITLE: Lunch\n# DATA TYPE: toi\n"
        "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 7\n# NUMBER UNIQUE ORDERS: 3\n"
        "# ALTERNATIVE NAME 1: Soup\n# ALTERNATIVE NAME 2: Bread\n"
        "# ALTERNATIVE NAME 3: Stew\n4:\n2: 1,{2,3}\n1: 3\n");
    kit_writes(
        file, TALLY_FORMAT_CSV,
        "count,rank1,rank2\n4,,\n2,Soup,\"Bread = Stew\"\n1,Stew,\n");
    kit_writes(
        file, TALLY_FORMAT_CSV_RANKS,
        "# shape: ranks\ncount,Soup,Bread,Stew\n4,,,\n2,1,2,2\n1,,,1\n");
    kit_writes(
        file, TALLY_FORMAT_ABIF,
        "{\"title\": \"Lunch\"}\n=c1:[Soup]\n=c2:[Bread]\n=c3:[Stew]\n4:\n2:c1>c2=c3\n"
        "1:c3\n");
    kit_writes(
        file, TALLY_FORMAT_CONDORCET,
        "#/Candidates: Soup ; Bread ; Stew\n#/Number of Seats: 1\n"
        "#/Implicit Ranking: true\n\n/EMPTY_RANKING/ * 4\nSoup > Bread = Stew * "
        "2\nStew\n");
    kit_writes(
        file, TALLY_FORMAT_DEBIAN,
        "Option 1---->: Soup\nOption 2---->: Bread\nOption 3---->: Stew\n"
        "V: ---\nV: ---\nV: ---\nV: ---\nV: 122\nV: 122\nV: --1\n");
    tally_file_free(file);
}

Test(write, scores_have_their_most)
{
    struct tally_profile *profile = profile_of(3, 9);
    ADD(profile, 2, {0, 9}, {2, 3}, {1, 0});
    add(profile, 1, NULL, 0);
    struct tally_file *file = file_of(profile, plain_names, "\"T\"\n\\", 0);
    kit_writes(
        file, TALLY_FORMAT_ABIF,
        "{\"title\": \"\\\"T\\\"\\u000a\\\\\"}\n{\"max_rating\": 9}\n=c1:[Soup]\n"
        "=c2:[Bread]\n=c3:[Stew]\n2:c1/9,c3/3\n1:\n");
    kit_writes(
        file, TALLY_FORMAT_CSV_SCORES,
        "# shape: scores 0-9\ncount,Soup,Bread,Stew\n2,9,,3\n1,,,\n");
    tally_file_free(file);
}

Test(write, a_cvr_keeps_gaps_repeats_and_overvotes)
{
    struct tally_profile *profile = profile_of(3, 0);
    ADD(profile, 2, {0, 1}, {0, 3}, {TALLY_UNNAMED, 4});
    ADD(profile, 1, {1, 2}, {TALLY_UNNAMED, 2});
    struct tally_file *file = file_of(profile, plain_names, "", 0);
    kit_writes(
        file, TALLY_FORMAT_CVR_CSV,
        "# options: Soup,Bread,Stew\ncount,rank1,rank2,rank3,rank4\n"
        "2,Soup,,Soup,#overvote\n1,,\"Bread = #overvote\",,\n");
    tally_file_free(file);
}

Test(write, preflib_takes_the_smallest_type)
{
    static const char *const types[] = {"soc", "soi", "toc", "toi"};
    for (size_t type = 0; type < 4; type++) {
        struct tally_profile *profile = profile_of(2, 0);
        uint16_t second = type >= 2 ? 1 : 2;
        ADD(profile, 1, {0, 1}, {1, second});
        if (type % 2 == 1) {
            ADD(profile, 1, {0, 1});
        }
        struct tally_file *file = file_of(profile, plain_names, "", 0);
        char expected[64];
        size_t bytes = 0;
        char *text = kit_write(file, TALLY_FORMAT_PREFLIB, &bytes);
        snprintf(expected, sizeof expected, "# DATA TYPE: %s\n", types[type]);
        cr_assert_not_null(strstr(text, expected), "%s", text);
        struct tally_file *again = read_text(text, TALLY_FORMAT_ANY);
        cr_assert_eq(tally_file_warnings(again), 0);
        tally_file_free(again);
        tally_file_free(file);
        free(text);
    }
}

static void check_held(const struct tally_file *file, const char *formats)
{
    for (int format = 0; format < TALLY_FORMAT_COUNT; format++) {
        size_t bytes = 0;
        char *text = kit_write(file, (enum tally_format)format, &bytes);
        char name[64];
        snprintf(name, sizeof name, " %s ", tally_format_name((enum tally_format)format));
        cr_assert_eq(
            text != NULL, strstr(formats, name) != NULL, "%s: %s", name,
            text != NULL ? text : "not written");
        free(text);
    }
}

Test(write, what_a_format_cannot_hold_is_not_written)
{
    struct tally_profile *profile = profile_of(3, 0);
    ADD(profile, 2, {0, 2});
    struct tally_file *file = file_of(profile, plain_names, "", 0);
    check_held(file, " blt csv csv-ranks cvr-csv debian-tally "); /* skipped rank */
    tally_file_free(file);

    profile = profile_of(3, 0);
    ADD(profile, 2, {0, 1}, {0, 2});
    file = file_of(profile, plain_names, "", 0);
    check_held(file, " blt csv cvr-csv "); /* option twice */
    tally_file_free(file);

    profile = profile_of(3, 0);
    ADD(profile, 2, {TALLY_UNNAMED, 1});
    file = file_of(profile, plain_names, "", 0);
    check_held(file, " csv cvr-csv "); /* nobody knows whom */
    tally_file_free(file);

    profile = profile_of(3, 5);
    ADD(profile, 2, {0, 5});
    file = file_of(profile, plain_names, "", 0);
    check_held(file, " abif csv-scores ");
    tally_file_free(file);

    file = file_of(profile_of(3, 0), plain_names, "", 0); /* no ballots */
    check_held(
        file, " blt preflib csv abif csv-ranks cvr-csv condorcet-election-format "
              "debian-tally ");
    tally_file_free(file);
}

Test(write, ranks_beyond_a_formats_last_are_not_written)
{
    struct tally_profile *profile = profile_of(3, 0);
    ADD(profile, 2, {0, 36});
    struct tally_file *file = file_of(profile, plain_names, "", 0);
    check_held(file, " blt csv csv-ranks cvr-csv ");
    tally_file_free(file);
    profile = profile_of(3, 0);
    ADD(profile, 2, {0, 1001});
    file = file_of(profile, plain_names, "", 0);
    check_held(file, " blt csv-ranks ");
    tally_file_free(file);
    profile = profile_of(3, 0);
    ADD(profile, 10000001, {0, 1});
    file = file_of(profile, plain_names, "", 0);
    check_held(
        file, " blt preflib csv abif csv-ranks cvr-csv condorcet-election-format ");
    tally_file_free(file);
}

static void check_name(const char *name, const char *formats)
{
    const char *const names[] = {"Soup", name, "Stew"};
    struct tally_profile *profile = profile_of(3, 0);
    ADD(profile, 1, {0, 1}, {1, 2}, {2, 3});
    struct tally_file *file = file_of(profile, names, "", 0);
    check_held(file, formats);
    tally_file_free(file);
}

#define ALL                                                                              \
    " blt preflib csv abif csv-ranks cvr-csv condorcet-election-format debian-tally "
#define NO_CEF " blt preflib csv abif csv-ranks cvr-csv debian-tally "

Test(write, names_that_would_be_read_otherwise_are_not_written)
{
    check_name("Ü \"x\"", ALL);
    check_name("a, b; c # d", NO_CEF);
    check_name(" a ", NO_CEF);
    check_name("a]", ALL);
    check_name(
        "\"a]",
        " blt preflib csv csv-ranks cvr-csv condorcet-election-format debian-tally ");
    check_name("a\nb", " csv csv-ranks cvr-csv ");
    check_name("a\r", " blt csv abif csv-ranks cvr-csv ");
    check_name("a = b", " blt preflib abif csv-ranks debian-tally ");
    check_name("a =", " blt preflib abif csv-ranks debian-tally "); /* a = = b */
    check_name("#overvote", " blt preflib abif csv-ranks debian-tally ");
    check_name("", " blt preflib abif csv-ranks debian-tally ");
    check_name(
        "a\\",
        " preflib csv abif csv-ranks cvr-csv condorcet-election-format debian-tally ");
    check_name(
        "a\\\"b",
        " preflib csv abif csv-ranks cvr-csv condorcet-election-format debian-tally ");
    check_name("Soup", " blt preflib abif debian-tally "); /* twice */
}

static bool stop(void *ctx, const char *data, size_t bytes)
{
    (void)data;
    (void)bytes;
    return --*(int *)ctx > 0;
}

Test(write, the_reader_of_bytes_may_stop)
{
    struct tally_profile *profile = profile_of(3, 0);
    ADD(profile, 100000, {0, 1});
    struct tally_file *file = file_of(profile, plain_names, "", 0);
    int calls = 3;
    cr_assert_eq(
        tally_file_write(file, TALLY_FORMAT_DEBIAN, stop, &calls), TALLY_BAD_FILE);
    cr_assert_eq(calls, 0);
    tally_file_free(file);
}

Test(write, a_file_is_made_of_names_that_fit)
{
    static char name[5000];
    memset(name, 'x', sizeof name);
    struct tally_profile *profile = profile_of(1, 0);
    struct tally_text text = {.data = name, .bytes = sizeof name};
    struct tally_file *file = NULL;
    cr_assert_eq(tally_file_new(profile, &text, text_of(""), 0, &file), TALLY_TOO_MANY);
    cr_assert_null(file);
    tally_profile_free(profile);
}

/* ---- there and back ---- */

static const char *const odd_names[] = {
    "Plain", "a, b; c", "say \"hi\"", "Grün & Öl", "x#y", "a=b",  " space ",
    "d > e", "[f]",     "\ttab",      "1",         "0",   "V: 1", "-2"};

static size_t count_held(const struct tally_file *file)
{
    size_t held = 0;
    for (int format = TALLY_FORMAT_BLT; format < TALLY_FORMAT_COUNT; format++) {
        size_t bytes = 0;
        char *text = kit_write(file, (enum tally_format)format, &bytes);
        if (text == NULL) {
            continue;
        }
        /* Told the names, a CSV numbers options as here. */
        struct tally_reading *reading = reading_as((enum tally_format)format);
        struct tally_file *again = NULL;
        struct tally_fault fault = {0};
        for (size_t o = 0; o < tally_profile_options(tally_file_profile(file)); o++) {
            cr_assert_eq(tally_reading_name(reading, tally_file_name(file, o)), TALLY_OK);
        }
        enum tally_status status = tally_file_read(text, bytes, reading, &again, &fault);
        cr_assert_eq(
            status, TALLY_OK, "%zu:%zu %s\n%s", fault.line, fault.column,
            status == TALLY_BAD_FILE ? fault.expected : tally_status_code(status), text);
        cr_assert(kit_same(file, again), "%s", text);
        tally_reading_free(reading);
        tally_file_free(again);
        free(text);
        held++;
    }
    return held;
}

static struct tally_profile *scored_profile(uint64_t *seed)
{
    struct tally_profile *profile =
        profile_of(1 + random_below(seed, 6), 1 + random_below(seed, 9));
    size_t ballots = random_below(seed, 12);
    for (size_t i = 0; i < ballots; i++) {
        struct tally_mark marks[6];
        size_t options = tally_profile_options(profile);
        for (size_t o = 0; o < options; o++) {
            marks[o] = (struct tally_mark){
                .option = (uint16_t)o,
                .place =
                    (uint16_t)random_below(seed, tally_profile_score_max(profile) + 1)};
        }
        add(profile, 1 + (int64_t)random_below(seed, 3), marks, options);
    }
    return profile;
}

static struct tally_profile *raw_profile(uint64_t *seed)
{
    struct tally_profile *profile = profile_of(1 + random_below(seed, 5), 0);
    for (size_t i = random_below(seed, 12); i > 0; i--) {
        struct tally_mark marks[5];
        size_t count = random_below(seed, 6);
        for (size_t m = 0; m < count; m++) {
            size_t option = random_below(seed, tally_profile_options(profile) + 1);
            marks[m] = (struct tally_mark){
                .option = option == 0 ? TALLY_UNNAMED : (uint16_t)(option - 1),
                .place = (uint16_t)(1 + random_below(seed, 5))};
        }
        add(profile, 1 + (int64_t)random_below(seed, 3), marks, count);
    }
    return profile;
}

static void check_round_trips(struct tally_profile *profile, uint64_t *seed, size_t least)
{
    const char *names[POLL_OPTIONS_MAX];
    size_t first = random_below(seed, sizeof odd_names / sizeof odd_names[0]);
    for (size_t o = 0; o < tally_profile_options(profile); o++) {
        names[o] = odd_names[(first + o) % (sizeof odd_names / sizeof odd_names[0])];
    }
    struct tally_file *file = file_of(profile, names, "Title, \"quoted\"", 3);
    cr_assert_geq(count_held(file), least);
    tally_file_free(file);
}

Test(write, whatever_is_written_reads_back_as_the_same_multiset)
{
    uint64_t seed = 20261127;
    for (int i = 0; i < 400; i++) {
        struct random_poll poll = random_poll(&seed);
        check_round_trips(random_profile(&poll, NULL, NULL), &seed, 5);
        poll = random_strict_poll(&seed);
        check_round_trips(random_profile(&poll, NULL, NULL), &seed, 7);
        check_round_trips(scored_profile(&seed), &seed, 2);
        check_round_trips(raw_profile(&seed), &seed, 2);
    }
}

Test(write, the_order_of_arrival_does_not_show)
{
    uint64_t seed = 5;
    for (int i = 0; i < 50; i++) {
        struct random_poll poll = random_poll(&seed);
        uint16_t order[POLL_BALLOTS_MAX];
        random_permutation(&seed, poll.count, order);
        struct tally_file *file =
            file_of(random_profile(&poll, NULL, NULL), odd_names, "", 0);
        struct tally_file *other =
            file_of(random_profile(&poll, order, NULL), odd_names, "", 0);
        size_t bytes = 0;
        size_t other_bytes = 0;
        char *text = kit_write(file, TALLY_FORMAT_BLT, &bytes);
        char *other_text = kit_write(other, TALLY_FORMAT_BLT, &other_bytes);
        cr_assert_str_eq(text, other_text);
        free(text);
        free(other_text);
        tally_file_free(file);
        tally_file_free(other);
    }
}

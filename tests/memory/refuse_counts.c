/* Counts of small polls with many ties, by every method with every value of every
 * setting, and what is asked about their results. */
#include "refuse.h"

#include <stdlib.h>
#include <string.h>

#define OPTIONS_MAX 7
#define MARKS_MAX   7
#define CROWD       18 /* options of the poll with many steps */
#define CROWD_SEATS 17

/* What an attempt is given. */
struct question {
    const struct tally_profile *profile;
    const struct tally_method *method;
    const char *setting; /* NULL: all as they are by default */
    const char *value;
    size_t seats;
    bool lot;
    const struct tally_rule *rule;
    const struct tally_result *result;
};

static size_t random_marks(
    uint64_t *state, const struct tally_profile *profile, struct tally_mark *ret_marks)
{
    size_t options = tally_profile_options(profile);
    size_t score_max = tally_profile_score_max(profile);
    size_t count = below(state, (score_max > 0 ? options : MARKS_MAX) + 1);
    for (size_t i = 0; i < count; i++) {
        bool named = score_max > 0 || below(state, 20) > 0;
        size_t option = score_max > 0 ? i : below(state, options);
        size_t place = score_max > 0 ? below(state, score_max + 1) : 1 + below(state, 4);
        ret_marks[i] = (struct tally_mark){
            .option = named ? (uint16_t)option : TALLY_UNNAMED, .place = (uint16_t)place};
    }
    return count;
}

/* 3 … 7 options, 1 … 8 ballots and the same for rotated options, so that ties abound. */
static struct tally_profile *random_poll(uint64_t *state, bool scored)
{
    struct tally_profile *profile = NULL;
    size_t options = 3 + below(state, OPTIONS_MAX - 2);
    enum tally_status status = scored ? tally_profile_new_scored(options, 5, &profile)
                                      : tally_profile_new(options, &profile);
    size_t turn = below(state, options);
    must(status == TALLY_OK, "a profile is made");
    for (size_t i = 1 + below(state, 8); i > 0; i--) {
        struct tally_mark marks[MARKS_MAX];
        size_t count = random_marks(state, profile, marks);
        int64_t weight = (int64_t)below(state, 3) + 1;
        must(
            tally_profile_add(profile, marks, count, weight) == TALLY_OK,
            "a ballot is added");
        for (size_t m = 0; m < count; m++) {
            size_t turned = (marks[m].option + turn) % options;
            marks[m].option =
                marks[m].option == TALLY_UNNAMED ? TALLY_UNNAMED : (uint16_t)turned;
        }
        must(
            tally_profile_add(profile, marks, count, weight) == TALLY_OK,
            "a ballot is added");
    }
    return profile;
}

static enum tally_status new_rule(const struct question *asked, struct tally_rule **ret)
{
    uint16_t order[CROWD];
    size_t options = tally_profile_options(asked->profile);
    for (uint16_t i = 0; i < options; i++) {
        order[i] = (uint16_t)(options - 1 - i);
    }
    enum tally_status status = tally_rule_new(asked->method, asked->seats, ret);
    if (status == TALLY_OK && asked->setting != NULL) {
        (void)tally_rule_set(*ret, asked->setting, asked->value);
    }
    if (status == TALLY_OK && asked->lot) {
        status = tally_rule_tie_order(*ret, order, options);
    }
    return status;
}

static enum tally_status attempt_count(const void *given)
{
    const struct question *asked = given;
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    enum tally_status status = new_rule(asked, &rule);
    if (status == TALLY_OK) {
        status = tally_count(asked->profile, rule, &result);
    }
    must((status == TALLY_OK) == (result != NULL), "a result comes with success alone");
    tally_rule_free(rule);
    tally_result_free(result);
    return status;
}

static enum tally_status attempt_follow(const void *given)
{
    const struct question *asked = given;
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < tally_profile_distinct(asked->profile) && status == TALLY_OK;
         i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(asked->profile, i, &marks, &weight);
        struct tally_mark cast[CROWD];
        size_t score_max = tally_profile_score_max(asked->profile);
        struct tally_way *way = NULL;
        for (size_t m = 0; m < count; m++) {
            cast[m] = marks[m];
            cast[m].place = score_max > 0 ? (uint16_t)(score_max + 1 - marks[m].place)
                                          : marks[m].place;
        }
        status =
            tally_follow(asked->profile, asked->rule, asked->result, cast, count, &way);
        must((status == TALLY_OK) == (way != NULL), "a way comes with success alone");
        tally_way_free(way);
    }
    return status;
}

/* A want of memory may be told only by not knowing. */
static enum tally_status attempt_fragility(const void *given)
{
    const struct question *asked = given;
    struct tally_fragility answer =
        tally_result_fragility(asked->profile, asked->rule, asked->result);
    must(
        !answer.known || answer.rival < tally_profile_options(asked->profile),
        "a known rival is an option");
    return TALLY_OK;
}

static enum tally_status attempt_otherwise(const void *given)
{
    const struct question *asked = given;
    for (size_t i = 0; i < tally_result_ties(asked->result); i++) {
        struct tally_result *other = NULL;
        enum tally_status status =
            tally_count_otherwise(asked->profile, asked->rule, asked->result, i, &other);
        must(
            (status == TALLY_OK) == (other != NULL), "a result comes with success alone");
        tally_result_free(other);
        if (status != TALLY_OK && status != TALLY_BAD_RULE) {
            return status;
        }
    }
    return TALLY_OK;
}

static enum tally_status attempt_compare(const void *given)
{
    const struct question *asked = given;
    const struct tally_rule *rules[] = {asked->rule, asked->rule};
    struct tally_comparison *comparison = NULL;
    enum tally_status status = tally_compare(asked->profile, rules, 2, &comparison);
    must((status == TALLY_OK) == (comparison != NULL), "a comparison is whole or none");
    tally_comparison_free(comparison);
    return status;
}

static void try_questions(const struct question *counted)
{
    struct question asked = *counted;
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    must(new_rule(&asked, &rule) == TALLY_OK, "a rule is made");
    if (tally_count(asked.profile, rule, &result) == TALLY_OK) {
        asked.rule = rule;
        asked.result = result;
        try_all(attempt_follow, &asked, "a ballot is followed, or the heap is to blame");
        try_all(attempt_fragility, &asked, "fragility is known or not");
        try_all(attempt_otherwise, &asked, "another lot, or the heap is to blame");
        try_all(attempt_compare, &asked, "methods compared, or the heap is to blame");
    }
    tally_result_free(result);
    tally_rule_free(rule);
}

static void try_polls(struct question *asked, uint64_t *state, size_t polls)
{
    for (size_t i = 0; i < polls; i++) {
        bool scored = tally_method_form(asked->method) == TALLY_SCORE || i % 4 == 3;
        struct tally_profile *profile = random_poll(state, scored);
        asked->profile = profile;
        asked->seats = 1 + below(state, 3);
        asked->lot = below(state, 2) == 0;
        try_all(attempt_count, asked, tally_method_name(asked->method));
        try_questions(asked);
        tally_profile_free(profile);
    }
}

/* ---- many steps ---- */

/* Each option is ranked before another by its own ballots, of which no other has as many;
 * but the last four are equals, of whom one is not elected. One ballot ranks all. What is
 * kept of each step outgrows its first room. */
static struct tally_profile *crowded_poll(void)
{
    struct tally_profile *profile = NULL;
    struct tally_mark all[CROWD];
    const size_t equals = 4;
    must(tally_profile_new(CROWD, &profile) == TALLY_OK, "a profile is made");
    for (size_t o = 0; o < CROWD; o++) {
        const struct tally_mark marks[] = {
            {.option = (uint16_t)o, .place = 1},
            {.option = (uint16_t)((o + 1) % (CROWD - equals)), .place = 2}};
        int64_t weight = o < CROWD - equals ? 40 + (int64_t)o : 5;
        must(
            tally_profile_add(profile, marks, 2, weight) == TALLY_OK,
            "a ballot is added");
        must(tally_profile_add(profile, marks, 1, 2) == TALLY_OK, "a ballot is added");
        all[o] = (struct tally_mark){.option = (uint16_t)o, .place = (uint16_t)(o + 1)};
    }
    must(tally_profile_add(profile, all, CROWD, 1) == TALLY_OK, "a ballot is added");
    return profile;
}

static void try_crowd(void)
{
    static const struct {
        const char *method;
        const char *setting;
        const char *value;
    } rules[] = {
        {"equal-shares", NULL, NULL},   {"equal-shares", "completion", "none"},
        {"seq-phragmen", NULL, NULL},   {"seq-pav", NULL, NULL},
        {"stv-wigm", NULL, NULL},       {"stv-wigm", "surplus", "all"},
        {"stv-wigm", "surplus", "one"}, {"stv-scottish", NULL, NULL},
        {"stv-meek", NULL, NULL},
    };
    struct tally_profile *profile = crowded_poll();
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct question asked = {
            .profile = profile,
            .method = tally_method_find(rules[i].method),
            .setting = rules[i].setting,
            .value = rules[i].value,
            .seats = CROWD_SEATS - i % 2,
            .lot = i % 2 == 1};
        struct tally_rule *rule = NULL;
        struct tally_result *result = NULL;
        try_all(attempt_count, &asked, rules[i].method);
        must(new_rule(&asked, &rule) == TALLY_OK, "a rule is made");
        /* Exact fractions may leave their bound. */
        if (tally_count(profile, rule, &result) == TALLY_OK) {
            asked.rule = rule;
            asked.result = result;
            try_all(
                attempt_follow, &asked, "a ballot is followed, or the heap is to blame");
        }
        tally_result_free(result);
        tally_rule_free(rule);
    }
    tally_profile_free(profile);
}

/* Ballots that name somebody twice are copied without that, more of them than are held
 * back before they are added. */
static void try_many_repeats(void)
{
    struct tally_profile *profile = NULL;
    struct question asked = {.method = tally_method_find("borda"), .seats = 1};
    must(tally_profile_new(CROWD, &profile) == TALLY_OK, "a profile is made");
    for (uint16_t b = 0; b < CROWD * (CROWD - 1); b++) {
        uint16_t first = b % CROWD;
        uint16_t second = (uint16_t)((first + 1 + b / CROWD) % CROWD);
        const struct tally_mark marks[] = {{first, 1}, {second, 2}, {first, 3}};
        must(tally_profile_add(profile, marks, 3, 1) == TALLY_OK, "a ballot is added");
    }
    asked.profile = profile;
    try_all(attempt_count, &asked, "many ballots are counted, or the heap is to blame");
    tally_profile_free(profile);
}

static bool stub_hmac(
    void *ctx, const struct tally_text *parts, size_t part_count, uint8_t ret_mac[32])
{
    (void)ctx;
    memset(ret_mac, parts[part_count - 1].data[0], 32);
    return true;
}

static enum tally_status attempt_seed(const void *given)
{
    const struct tally_text ids[] = {{"b", 1}, {"a", 1}, {"c", 1}};
    struct tally_rule *rule = NULL;
    enum tally_status status = tally_rule_new(tally_method_find("irv"), 1, &rule);
    (void)given;
    if (status == TALLY_OK) {
        status = tally_rule_tie_seed(rule, stub_hmac, NULL, ids[0], ids, 3);
    }
    tally_rule_free(rule);
    return status;
}

void refuse_counts(void)
{
    uint64_t state = 5;
    try_all(attempt_seed, NULL, "a seed settles ties, or the heap is to blame");
    try_crowd();
    try_many_repeats();
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        struct question asked = {.method = tally_method_at(m)};
        const struct tally_setting *setting = NULL;
        try_polls(&asked, &state, 5);
        for (size_t s = 0; (setting = tally_method_setting(asked.method, s)) != NULL;
             s++) {
            for (size_t v = 1; tally_setting_value(setting, v) != NULL; v++) {
                asked.setting = tally_setting_name(setting);
                asked.value = tally_setting_value(setting, v);
                asked.value = strstr(asked.value, "…") != NULL ? "3" : asked.value;
                try_polls(&asked, &state, 2);
            }
        }
    }
}

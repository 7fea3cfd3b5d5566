/* The demonstration's data and tastes. */
#include "app/demo.h"

#include "base/bounds.h"

#include <criterion/criterion.h>
#include <string.h>

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
}

Test(demo, has_forty_ideas_that_the_server_would_take)
{
    size_t by_lang[3] = {0};
    static const char *const langs[] = {"de", "en", "bg"};
    for (size_t i = 0; i < DEMO_IDEAS; i++) {
        const struct demo_idea *idea = &demo_ideas[i];
        cr_expect_leq(characters(idea->title), TITLE_CHARS_MAX);
        cr_expect_geq(characters(idea->title), 5);
        cr_expect_leq(characters(idea->text), TEXT_CHARS_MAX);
        cr_expect_geq(characters(idea->text), 40);
        for (size_t l = 0; l < 3; l++) {
            by_lang[l] += strcmp(idea->lang, langs[l]) == 0 ? 1 : 0;
        }
        for (size_t j = 0; j < i; j++) {
            cr_expect_str_neq(idea->title, demo_ideas[j].title);
        }
    }
    cr_assert_eq(by_lang[0] + by_lang[1] + by_lang[2], DEMO_IDEAS);
    cr_assert_gt(by_lang[0], 2 * (by_lang[1] + by_lang[2]));
    cr_assert_gt(by_lang[1], 2);
    cr_assert_gt(by_lang[2], 2);
}

static void
write(const char *form, size_t person, int mood, uint64_t seed, struct buf *out)
{
    static struct demo_note notes[DEMO_IDEAS];
    struct demo_kind kind = {.form = form, .ranks = 3};
    struct demo_poll poll = {.kind = &kind, .count = DEMO_POLL_OPTIONS};
    for (size_t i = 0; i < DEMO_IDEAS; i++) {
        notes[i].id = (int64_t)i + 100;
    }
    for (size_t i = 0; i < poll.count; i++) {
        poll.ideas[i] = 3 * i;
    }
    buf_init(out, FRAME_CAST_BYTES_MAX);
    demo_write_ballot(&poll, notes, seed, person, mood, out);
    cr_assert_not(buf_failed(out));
}

Test(demo, gives_one_person_one_opinion)
{
    struct buf one;
    struct buf two;
    write("ranking", 5, 0, 1, &one);
    write("ranking", 5, 0, 1, &two);
    cr_assert(span_equal(buf_span(&one), buf_span(&two)));
    buf_fini(&one);
    buf_fini(&two);
}

Test(demo, gives_people_different_opinions)
{
    size_t same = 0;
    struct buf first;
    write("ranking", 0, 0, 1, &first);
    for (size_t person = 1; person < 40; person++) {
        struct buf other;
        write("ranking", person, 0, 1, &other);
        same += span_equal(buf_span(&first), buf_span(&other)) ? 1 : 0;
        buf_fini(&other);
    }
    cr_assert_lt(same, 20);
    buf_fini(&first);
}

Test(demo, writes_ballots_of_every_form)
{
    static const char *const forms[][2] = {
        {"ranking", "{\"ranking\":[[\""},
        {"approval", "{\"approval\":["},
        {"yesno", "{\"answer\":\""}};
    for (size_t i = 0; i < 3; i++) {
        struct buf out;
        write(forms[i][0], 3, 0, 1, &out);
        cr_assert_eq(memcmp(out.data, forms[i][1], strlen(forms[i][1])), 0);
        cr_assert_eq(out.data[out.bytes - 1], '}');
        buf_fini(&out);
    }
}

Test(demo, draws_numbers_within_their_bounds)
{
    struct demo_random random = {42};
    bool seen[4] = {false};
    for (int i = 0; i < 200; i++) {
        int64_t number = demo_between(&random, 7, 10);
        cr_assert(number >= 7 && number <= 10);
        seen[number - 7] = true;
    }
    cr_assert(seen[0] && seen[1] && seen[2] && seen[3]);
}

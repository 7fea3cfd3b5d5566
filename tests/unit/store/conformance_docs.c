/* Docs: the newest value by key, in one transaction with what they belong to. */
#include "hall.h"

static struct hall hall;

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(docs, .init = enter, .fini = leave);

Test(docs, come_back_by_kind_and_name)
{
    struct answer answers[4];
    hall_put(&hall, "content", "b", "beta", &answers[0]);
    hall_put(&hall, "content", "a", "alpha", &answers[1]);
    hall_put(&hall, "session", "a", "other", &answers[2]);
    hall_put(&hall, "content", "ab", "between", &answers[3]);
    hall_await(&hall, 4);
    cr_assert_str_eq(hall_docs(&hall, "content"), "a=alpha|ab=between|b=beta|");
    cr_assert_str_eq(hall_docs(&hall, "session"), "a=other|");
    cr_assert_str_eq(hall_docs(&hall, "ticket"), "");
    cr_assert_str_eq(hall_doc_names(&hall, "content"), "a=|ab=|b=|");
    cr_assert_str_eq(hall_doc_names(&hall, "ticket"), "");
}

Test(docs, the_newest_value_replaces_the_older)
{
    struct answer answers[2];
    hall_put(&hall, "content", "a", "old", &answers[0]);
    hall_put(&hall, "content", "a", "new", &answers[1]);
    hall_await(&hall, 2);
    cr_assert_str_eq(hall_docs(&hall, "content"), "a=new|");
}

Test(docs, an_empty_body_deletes_the_key)
{
    struct answer answers[3];
    hall_put(&hall, "content", "a", "text", &answers[0]);
    hall_put(&hall, "content", "a", "", &answers[1]);
    hall_put(&hall, "content", "never-there", "", &answers[2]);
    hall_await(&hall, 3);
    cr_assert_eq(answers[2].status, STORE_STORED);
    cr_assert_str_eq(hall_docs(&hall, "content"), "");
    hall_reopen(&hall);
    cr_assert_str_eq(hall_docs(&hall, "content"), "");
}

Test(docs, several_go_in_together_and_need_no_done)
{
    struct store_doc docs[] = {
        {"content", span_of_string("a"), span_of_string("1")},
        {"content", span_of_string("b"), span_of_string("2")},
        {"link", span_of_string("c"), span_of_string("3")},
    };
    struct answer last;
    cr_assert_eq(store_put(hall.store, docs, 3, NULL, NULL), ERR_OK);
    hall_put(&hall, "content", "d", "4", &last);
    hall_await(&hall, 1);
    cr_assert_str_eq(hall_docs(&hall, "content"), "a=1|b=2|d=4|");
    cr_assert_str_eq(hall_docs(&hall, "link"), "c=3|");
}

Test(docs, go_in_with_the_row_they_belong_to)
{
    struct store_doc doc = {"ticket", span_of_string("t"), span_of_string("redeemed")};
    struct uid uid = hall_uid(1);
    struct answer answer = {.hall = &hall};
    cr_assert_eq(
        store_append_row(
            hall.store, &(struct store_row){{1, 0}, uid, span_of_string("[]"), &doc, 1},
            hall_answered, &answer),
        ERR_OK);
    hall_await(&hall, 1);
    cr_assert_eq(answer.seq, 1);
    cr_assert_str_eq(hall_docs(&hall, "ticket"), "t=redeemed|");
}

Test(docs, stay_out_when_their_row_does)
{
    struct store_doc doc = {"ticket", span_of_string("t"), span_of_string("redeemed")};
    struct uid uid = hall_uid(1);
    struct answer answers[2] = {{.hall = &hall}};
    cr_assert_eq(
        store_append_row(
            hall.store, &(struct store_row){{1, 9}, uid, span_of_string("[]"), &doc, 1},
            hall_answered, &answers[0]),
        ERR_OK);
    hall_await(&hall, 1);
    cr_assert_eq(answers[0].status, STORE_CLOSED);
    cr_assert_str_eq(hall_docs(&hall, "ticket"), "");
}

Test(docs, a_repeated_row_does_not_bring_an_older_value_back)
{
    struct store_doc doc = {"ticket", span_of_string("t"), span_of_string("first")};
    struct uid uid = hall_uid(1);
    struct answer answers[3] = {{.hall = &hall}, {.hall = &hall}};
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(
            store_append_row(
                hall.store,
                &(struct store_row){{1, 0}, uid, span_of_string("[]"), &doc, 1},
                hall_answered, &answers[i]),
            ERR_OK);
        if (i == 0) {
            hall_put(&hall, "ticket", "t", "second", &answers[2]);
        }
    }
    hall_await(&hall, 3);
    cr_assert_eq(answers[1].seq, answers[0].seq);
    cr_assert_str_eq(hall_docs(&hall, "ticket"), "t=second|");
}

Test(docs, dropping_a_poll_leaves_its_sealed_ballots_and_no_lane)
{
    struct answer answers[4];
    struct store_doc sealed = {"sealed", span_of_string("1-5"), span_of_string("sorted")};
    hall_fence(&hall, 1, 5, true, 1, &answers[0]);
    hall_append(&hall, (struct store_lane){1, 5}, 2, "ballot", &answers[1]);
    hall_fence(&hall, 1, 5, false, 3, &answers[2]);
    answers[3] = (struct answer){.hall = &hall};
    cr_assert_eq(
        store_drop(
            hall.store, (struct store_lane){1, 5}, &sealed, 1, hall_answered,
            &answers[3]),
        ERR_OK);
    hall_await(&hall, 4);
    cr_assert_eq(answers[3].status, STORE_STORED);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:2+ ");
    cr_assert_str_eq(hall_rows(&hall, (struct store_lane){1, 5}), "");
    cr_assert_str_eq(hall_docs(&hall, "sealed"), "1-5=sorted|");
    hall_drop(&hall, 1, 5, &answers[1]); /* again: nothing is left to drop */
    hall_await(&hall, 5);
    cr_assert_eq(answers[1].status, STORE_STORED);
    hall_append(&hall, (struct store_lane){1, 5}, 4, "late", &answers[0]);
    hall_await(&hall, 6);
    cr_assert_eq(answers[0].status, STORE_CLOSED);
}

Test(docs, forgetting_an_event_leaves_the_others_alone)
{
    struct answer answers[6];
    hall_append(&hall, (struct store_lane){1, 0}, 1, "gone", &answers[0]);
    hall_append(&hall, (struct store_lane){2, 0}, 1, "stays", &answers[1]);
    hall_fence(&hall, 1, 5, true, 2, &answers[2]);
    const struct store_doc docs[] = {
        {"content", span_of_string("a"), span_of_string("gone too")},
        {"content", span_of_string("b"), span_of_string("stays")},
    };
    answers[3] = (struct answer){.hall = &hall};
    cr_assert_eq(store_put(hall.store, docs, 2, hall_answered, &answers[3]), ERR_OK);
    const struct store_doc none = {.kind = "content", .name = span_of_string("a")};
    answers[4] = (struct answer){.hall = &hall};
    cr_assert_eq(
        store_forget(hall.store, 1, &none, 1, hall_answered, &answers[4]), ERR_OK);
    hall_await(&hall, 5);
    cr_assert_eq(answers[4].status, STORE_STORED);
    cr_assert_str_eq(hall_lanes(&hall), "2.0:1+ ");
    cr_assert_str_eq(hall_docs(&hall, "content"), "b=stays|");
    answers[5] = (struct answer){.hall = &hall};
    cr_assert_eq(
        store_forget(hall.store, 1, NULL, 0, hall_answered, &answers[5]), ERR_OK);
    hall_await(&hall, 6);
    cr_assert_eq(answers[5].status, STORE_STORED);
}

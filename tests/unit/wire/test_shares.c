/* Polls by shares on the wire: what everybody and the desk are told, golden. */
#include "golden.h"
#include "scene.h"

#include "domain/count.h"
#include "wire/result_json.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct scene *scene;
static struct buf out;
static int64_t poll_id;

static int64_t desk(struct entry *entry)
{
    entry->actor = 1;
    entry->role = ROLE_MODERATOR;
    return scene_apply(scene, entry).id;
}

/* A jury, label 1, whose idea the first is; the second is participant 2's own. */
static void set_up(void)
{
    struct entry entry = {.kind = ENTRY_LABEL_ADD};
    buf_init(&out, 1 << 20);
    scene = malloc(sizeof *scene);
    scene_init(scene);
    entry.as.label.name = scene_text(scene, "de", "Jury", NULL);
    entry.as.label.ticket_only = true;
    int64_t jury = desk(&entry);
    for (int i = 0; i < 2; i++) {
        entry = (struct entry){.kind = ENTRY_IDEA_SUBMIT};
        entry.as.idea_text.content =
            scene_text(scene, "de", i == 0 ? "Skatepark" : "Garten", "");
        desk(&entry);
    }
    entry = (struct entry){.kind = ENTRY_IDEA_TEAM};
    entry.as.idea_team.idea = 1;
    entry.as.idea_team.group = jury;
    desk(&entry);
    entry = (struct entry){.kind = ENTRY_POLL_CREATE};
    entry.as.poll_text.spec = (struct poll_spec){
        .question = scene_text(scene, "de", "Was zuerst?", NULL),
        .form = BALLOT_RANKING,
        .method = "borda",
        .seats = 1,
        .ranks_max = 2,
        .publication = PUBLISH_STATISTICS,
        .no_own = true,
        .shares = {.count = 2, .of = {{jury, 60}, {0, 40}}},
        .option_count = 2,
        .options = {1, 2},
    };
    poll_id = desk(&entry);
    entry = (struct entry){.kind = ENTRY_POLL_OPEN, .as.poll_act.poll = poll_id};
    desk(&entry);
}

static void tear_down(void)
{
    scene_fini(scene);
    free(scene);
    buf_fini(&out);
}

TestSuite(shares, .init = set_up, .fini = tear_down);

Test(shares, are_told_with_the_poll_and_whose_its_options_are)
{
    wire_encode_change(&out, &scene->event, VIEW_PUBLIC, 0, &scene->texts);
    golden_expect_push("change: a poll by shares", &out);
    wire_encode_change(&out, &scene->event, VIEW_DESK, 7, &scene->texts);
    golden_expect_push("change: a poll by shares, at the desk", &out);
}

Test(shares, have_voted_so_many_each_at_the_desk)
{
    const struct wire_live live = {.online = 5};
    scene->event.polls[poll_id - 1]->voted = 7;
    scene->event.polls[poll_id - 1]->voted_of[0] = 2;
    scene->event.polls[poll_id - 1]->voted_of[1] = 5;
    wire_encode_live(&out, &scene->event, VIEW_DESK, &live);
    golden_expect_push("live for the desk by shares", &out);
}

Test(shares, of_a_sealed_poll_are_told_to_the_desk_and_to_no_wall)
{
    const struct wire_live live = {.online = 5};
    scene->event.polls[poll_id - 1]->state = POLL_SEALED;
    wire_encode_live(&out, &scene->event, VIEW_DESK, &live);
    cr_expect_not_null(strstr((const char *)out.data, "voted_by"));
    buf_clear(&out);
    wire_encode_live(&out, &scene->event, VIEW_STAGE, &live);
    cr_expect_null(strstr((const char *)out.data, "polls"));
}

static const struct kept_mark marks[] = {{0, 1}, {1, 2}, {1, 1}};
static struct kept_ballot ballots[15];

/* Five of the jury are for the second option, ten others for the first; one is blank. */
static struct poll voted(int64_t jurors)
{
    struct poll poll = *scene->event.polls[poll_id - 1];
    poll.state = POLL_CLOSED;
    poll.ballots = ballots;
    poll.marks = (struct kept_mark *)(uintptr_t)marks;
    for (size_t i = 0; i < 15; i++) {
        bool juror = (int64_t)i < jurors;
        ballots[i] = (struct kept_ballot){
            .counts = true,
            .share = juror ? 1 : 2,
            .marks_at = juror ? 2 : 0,
            .mark_count = i == 14 ? 0
                          : juror ? 1
                                  : 2};
        poll.voted_of[juror ? 0 : 1]++;
        poll.voted++;
    }
    poll.ballot_count = 15;
    return poll;
}

static void encode(const struct poll *poll, enum publication level)
{
    static const uint16_t lot[] = {1, 0};
    struct tally_result *result = NULL;
    struct share_results shares;
    cr_assert_eq(poll_count(poll, lot, &result), ERR_OK);
    cr_assert_eq(poll_count_shares(poll, lot, &shares), ERR_OK);
    wire_encode_result(&out, poll, result, &shares, level, false);
    share_results_fini(&shares);
    tally_result_free(result);
}

Test(shares, decide_by_their_per_cents_and_each_alone_is_told_beside)
{
    struct poll poll = voted(5);
    encode(&poll, PUBLISH_STATISTICS);
    golden_expect_push("result: by shares", &out);
}

Test(shares, that_nobody_voted_in_have_no_result_of_their_own)
{
    struct poll poll = voted(0);
    encode(&poll, PUBLISH_ORDER);
    golden_expect_push("result: by shares, one of them without ballots", &out);
}

Test(shares, of_one_ballot_do_not_tell_it)
{
    struct poll poll = voted(1);
    encode(&poll, PUBLISH_ORDER);
    golden_expect_push("result: by shares, one of them with one ballot", &out);
}

/* 200 options that leave one by one, and four shares of such sizes that all weigh as much
 * as they may. */
Test(shares, of_the_largest_runoff_fit_a_phone)
{
    static struct paper_batch batches[SHARES_MAX];
    struct paper_batch *list[SHARES_MAX];
    struct poll poll = {
        .id = 9999,
        .state = POLL_CLOSED,
        .spec =
            {.form = BALLOT_RANKING,
             .method = "irv",
             .seats = 1,
             .option_count = OPTIONS_MAX,
             .shares.count = SHARES_MAX},
        .batches = list,
        .batch_count = SHARES_MAX};
    uint16_t lot[OPTIONS_MAX];
    for (uint16_t i = 0; i < OPTIONS_MAX; i++) {
        struct paper_batch *batch = &batches[i % SHARES_MAX];
        uint16_t at = batch->pile_count++;
        lot[i] = i;
        poll.spec.options[i] = 10000 + i;
        batch->marks[at] = (struct kept_mark){.option = i, .value = 1};
        batch->piles[at] = (struct kept_pile){(uint16_t)(1001 + 7 * i), 1, at};
        poll.paper_of[i % SHARES_MAX] += 1001 + 7 * i;
        poll.paper += 1001 + 7 * i;
    }
    for (uint16_t i = 0; i < SHARES_MAX; i++) {
        list[i] = &batches[i];
        batches[i].share = (uint16_t)(i + 1);
        batches[i].confirmed_by = 1;
        poll.spec.shares.of[i] = (struct share){i, 25};
    }
    struct tally_result *result = NULL;
    struct share_results shares;
    cr_assert_eq(poll_count(&poll, lot, &result), ERR_OK);
    cr_assert_eq(poll_count_shares(&poll, lot, &shares), ERR_OK);
    cr_assert_gt(tally_result_ballots(result), 8000000000);
    cr_assert_gt(tally_result_rounds(result), OPTIONS_MAX - 20);
    wire_encode_result(&out, &poll, result, &shares, PUBLISH_BALLOTS, false);
    cr_expect_leq(out.bytes, OUTBOX_BYTES_MAX, "%zu", out.bytes);
    share_results_fini(&shares);
    tally_result_free(result);
}

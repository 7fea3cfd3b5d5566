/* The views that show the log as tables to people with sqlite3. */
#include "views.h"

TestSuite(views, .init = views_enter, .fini = views_leave);

Test(views, show_every_entry_in_order)
{
    tell(1, DESK("event.call", "a1", "\"open\":false"));
    tell(
        2, DESK("idea.release", "a2", "\"idea\":\"1\"") "," DESK(
               "idea.release", "a3", "\"idea\":\"2\""));
    open_reader();
    expect(
        "SELECT event, poll, pos, seq, kind, id, actor, role, at_utc FROM entry",
        "1,0,1,1,event.call,a1,9,moderator,2025-11-23 12:13:20;"
        "1,0,2,2,idea.release,a2,9,moderator,2025-11-23 12:13:20;"
        "1,0,3,2,idea.release,a3,9,moderator,2025-11-23 12:13:20;");
}

Test(views, show_ideas_with_their_newest_text_and_state)
{
    struct answer put[3];
    hall_put(
        &views.hall, "content", "c1",
        "{\"salt\":\"00\",\"lang\":\"de\",\"title\":\"Bäume\",\"text\":\"mehr\"}",
        &put[0]);
    hall_put(
        &views.hall, "content", "c2",
        "{\"salt\":\"00\",\"lang\":\"de\",\"title\":\"Bänke\",\"text\":\"auch\"}",
        &put[1]);
    hall_put(
        &views.hall, "content", "c3",
        "{\"salt\":\"00\",\"lang\":\"de\",\"title\":\"Linden\",\"text\":\"viele\"}",
        &put[2]);
    tell(1, SUBMIT("s1", "1", "c1") "," SUBMIT("s2", "2", "c2"));
    tell(2, SUBMIT("s1", "1", "c1")); /* the same command again */
    tell(3, SUBMIT("s3", "1", "gone"));
    tell(
        4, ENTRY(
               "idea.edit", "e1", "1", "participant",
               "\"idea\":\"1\"," CONTENT("content", "c3")));
    tell(5, DESK("idea.release", "d1", "\"idea\":\"1\""));
    tell(6, DESK("idea.merge", "d2", "\"idea\":\"2\",\"into\":\"1\""));
    tell(7, DESK("idea.hide", "d3", "\"idea\":\"3\",\"reason\":\"off-topic\""));
    open_reader();
    expect(
        "SELECT idea, author, state, merged_into, reason, title, text FROM idea",
        "1,1,published,-,-,Linden,viele;2,2,merged,1,-,Bänke,auch;"
        "3,1,hidden,-,off-topic,-,-;");
}

Test(views, give_a_split_idea_its_state_back)
{
    tell(1, SUBMIT("s1", "1", "c") "," SUBMIT("s2", "1", "c") "," SUBMIT("s3", "1", "c"));
    tell(2, DESK("idea.release", "d1", "\"idea\":\"2\""));
    tell(3, DESK("idea.merge", "d2", "\"idea\":\"2\",\"into\":\"1\""));
    tell(4, DESK("idea.merge", "d3", "\"idea\":\"3\",\"into\":\"1\""));
    tell(5, DESK("idea.split", "d4", "\"idea\":\"2\""));
    tell(6, DESK("idea.split", "d5", "\"idea\":\"3\""));
    open_reader();
    expect("SELECT idea, state FROM idea", "1,pending;2,published;3,pending;");
}

Test(views, leave_out_what_was_undone)
{
    tell(1, SUBMIT("s1", "1", "c") "," SUBMIT("s2", "1", "c"));
    tell(2, DESK("idea.release", "d1", "\"idea\":\"1\""));
    tell(3, DESK("idea.hide", "d2", "\"idea\":\"1\",\"reason\":\"other\""));
    tell(4, DESK("undo", "d3", "\"pos\":4"));
    tell(5, DESK("event.call", "d4", "\"open\":false"));
    tell(6, SUBMIT("s3", "1", "c"));
    tell(7, DESK("undo", "d5", "\"pos\":6"));
    tell(8, SUBMIT("s4", "1", "c"));
    open_reader();
    expect("SELECT idea, state FROM idea", "1,published;2,pending;3,pending;");
}

Test(views, know_that_phases_open_and_close_the_call)
{
    tell(1, DESK("agenda.set", "a1", "\"phases\":[{\"is\":\"call\",\"minutes\":5}]"));
    tell(
        2, DESK(
               "agenda.set", "a2",
               "\"phases\":[{\"is\":\"collect\",\"minutes\":9},"
               "{\"phase\":\"1\",\"is\":\"call\",\"minutes\":5},"
               "{\"is\":\"rank\",\"minutes\":0}]"));
    tell(3, DESK("phase.start", "d1", "\"phase\":\"1\""));
    tell(4, SUBMIT("s1", "1", "c")); /* closed */
    tell(5, DESK("phase.start", "d2", "\"phase\":\"2\""));
    tell(6, SUBMIT("s2", "2", "c"));
    tell(7, DESK("phase.start", "d3", "\"phase\":\"3\""));
    tell(8, SUBMIT("s3", "3", "c")); /* closed */
    tell(9, DESK("undo", "d4", "\"pos\":7"));
    tell(10, SUBMIT("s4", "4", "c"));
    open_reader();
    expect("SELECT idea, author FROM idea", "1,2;2,4;");
}

Test(views, give_the_call_back_as_it_was_before_what_was_undone)
{
    tell(1, DESK("event.call", "d1", "\"open\":true")); /* it was open before */
    tell(2, DESK("undo", "d2", "\"pos\":1"));
    tell(3, SUBMIT("s1", "1", "c"));
    tell(4, DESK("event.call", "d3", "\"open\":false"));
    tell(5, DESK("event.call", "d3", "\"open\":false")); /* the same command again */
    tell(6, DESK("event.call", "d4", "\"open\":true"));
    tell(7, DESK("undo", "d5", "\"pos\":6"));
    tell(8, SUBMIT("s2", "2", "c")); /* closed */
    tell(9, DESK("undo", "d6", "\"pos\":4"));
    tell(10, SUBMIT("s3", "3", "c"));
    open_reader();
    expect("SELECT idea, author FROM idea", "1,1;2,3;");
}

Test(views, find_what_was_undone_after_a_backup_became_the_log)
{
    tell(1, SUBMIT("s1", "1", "c"));
    tell(2, ENTRY("event.restore", "r1", "0", "office", "\"x\":0"));
    tell(3, DESK("idea.release", "d1", "\"idea\":\"1\""));
    tell(4, DESK("undo", "d2", "\"pos\":1763900000001"));
    open_reader();
    expect("SELECT pos, by_pos FROM undone", "3,4;");
    expect("SELECT idea, state FROM idea", "1,pending;");
}

Test(views, find_what_was_undone_where_a_restoring_was_set_apart)
{
    tell(1, SUBMIT("s1", "1", "c"));
    tell(2, ENTRY("event.restore", "r1", "0", "office", "\"apart\":500"));
    tell(3, DESK("idea.release", "d1", "\"idea\":\"1\""));
    tell(4, DESK("undo", "d2", "\"pos\":1763900000501"));
    open_reader();
    expect("SELECT pos, by_pos FROM undone", "3,4;");
}

Test(views, find_what_was_undone_after_two_restorings)
{
    tell(1, SUBMIT("s1", "1", "c"));
    tell(2, ENTRY("event.restore", "r1", "0", "office", "\"apart\":500"));
    tell(3, DESK("idea.release", "d1", "\"idea\":\"1\""));
    tell(4, DESK("undo", "d2", "\"pos\":1763900000501"));
    tell(5, ENTRY("event.restore", "r2", "0", "office", "\"apart\":70"));
    tell(6, DESK("idea.release", "d3", "\"idea\":\"1\""));
    tell(7, DESK("undo", "d4", "\"pos\":1764900000574")); /* a leap and 70 more */
    open_reader();
    expect("SELECT pos, by_pos FROM undone ORDER BY pos", "3,4;6,7;");
}

#define BAN(id, idea, banned)                                                            \
    DESK("person.ban", id, "\"idea\":\"" idea "\",\"banned\":" banned)
#define IDEA_ACT(kind, id, idea) DESK("idea." kind, id, "\"idea\":\"" idea "\"")

Test(views, show_what_waited_as_hidden_once_its_author_is_put_out)
{
    tell(1, SUBMIT("s1", "1", "c"));
    tell(2, SUBMIT("s2", "1", "c"));
    tell(3, SUBMIT("s3", "2", "c"));
    tell(4, SUBMIT("s4", "1", "c"));
    tell(5, IDEA_ACT("release", "d1", "2"));
    tell(6, BAN("b1", "2", "true"));
    tell(7, BAN("b2", "2", "false"));
    tell(8, SUBMIT("s5", "1", "c"));
    tell(9, IDEA_ACT("release", "d2", "4"));
    open_reader();
    expect(
        "SELECT idea, state, reason FROM idea",
        "1,hidden,other;2,published,-;3,pending,-;4,published,-;5,pending,-;");
}

Test(views, show_what_a_ban_did_not_find_waiting_or_gave_back_as_pending)
{
    tell(1, SUBMIT("s1", "1", "c"));
    tell(2, SUBMIT("s2", "1", "c"));
    tell(3, SUBMIT("s3", "2", "c"));
    tell(4, IDEA_ACT("release", "d1", "1"));
    tell(5, DESK("idea.merge", "d2", "\"idea\":\"2\",\"into\":\"3\""));
    tell(6, BAN("b1", "1", "true"));
    tell(7, DESK("undo", "d3", "\"pos\":4"));
    tell(8, IDEA_ACT("split", "d4", "2"));
    tell(9, BAN("b2", "3", "true"));
    tell(10, DESK("undo", "d5", "\"pos\":9"));
    open_reader();
    expect("SELECT idea, state FROM idea", "1,pending;2,pending;3,pending;");
}

Test(views, show_polls_as_they_are_after_undos)
{
    static const char make[] = "\"question\":{\"id\":\"q\",\"hash\":\"00\"}";
    char entry[512];
    snprintf(entry, sizeof entry, DESK("poll.create", "p1", "%s"), make);
    tell(1, entry);
    snprintf(entry, sizeof entry, DESK("poll.create", "p2", "%s"), make);
    tell(2, entry);
    tell(3, DESK("poll.open", "p3", "\"poll\":\"1\""));
    tell(4, DESK("poll.close", "p4", "\"poll\":\"1\""));
    tell(5, DESK("undo", "p5", "\"pos\":4"));
    tell(6, DESK("undo", "p6", "\"pos\":2"));
    open_reader();
    expect("SELECT poll, state FROM poll", "1,open;2,dropped;");
}

Test(views, leave_out_ideas_that_came_after_the_call)
{
    tell(1, SUBMIT("s1", "1", "c"));
    tell(2, DESK("event.call", "d1", "\"open\":false"));
    tell(3, SUBMIT("s2", "1", "c"));
    tell(4, DESK("idea.submit", "d2", CONTENT("content", "c")));
    tell(5, DESK("event.call", "d3", "\"open\":true"));
    tell(6, SUBMIT("s3", "1", "c"));
    open_reader();
    expect(
        "SELECT idea, author, state FROM idea", "1,1,pending;2,9,published;3,1,pending;");
}

#define SPEC                                                                             \
    CONTENT("question", "q1")                                                            \
    ",\"form\":\"ranking\",\"method\":\"ranked-pairs\",\"seats\":1,\"ranks\":3,"         \
    "\"ties\":false,\"live\":false,\"publication\":\"ballots\",\"options\":[\"1\","      \
    "\"2\"]"

Test(views, show_polls_with_their_rules_and_state)
{
    struct answer put;
    hall_put(&views.hall, "content", "q1", "{\"salt\":\"00\",\"title\":\"Was?\"}", &put);
    for (uint64_t i = 0; i < 5; i++) {
        static const char *const ids[] = {"p1", "p2", "p3", "p4", "p5"};
        char text[TEXT_BYTES];
        snprintf(
            text, sizeof text, "%s%s%s",
            "{\"v\":1,\"k\":\"poll.create\",\"by\":\"9\",\"role\":\"moderator\",\"at\":0,"
            "\"id\":\"",
            ids[i], "\"," SPEC "}");
        tell(1 + i, text);
    }
    tell(10, DESK("poll.open", "a1", "\"poll\":\"1\""));
    tell(11, DESK("poll.close", "a2", "\"poll\":\"1\""));
    tell(12, DESK("poll.publish", "a3", "\"poll\":\"1\""));
    tell(13, DESK("poll.open", "a4", "\"poll\":\"2\""));
    tell(14, DESK("poll.open", "a5", "\"poll\":\"3\""));
    tell(15, DESK("poll.annul", "a6", "\"poll\":\"3\",\"reason\":\"technical\""));
    tell(16, DESK("poll.drop", "a7", "\"poll\":\"4\""));
    open_reader();
    expect(
        "SELECT poll, state, published, annulled, reason FROM poll",
        "1,closed,1,0,-;2,open,0,0,-;3,closed,0,1,technical;4,dropped,0,0,-;"
        "5,draft,0,0,-;");
    expect(
        "SELECT question, form, method, seats, ranks, ties, live, publication, options "
        "FROM poll WHERE poll = 1",
        "Was?,ranking,ranked-pairs,1,3,0,0,ballots,[\"1\",\"2\"];");
}

#define CAST(slot, id, epoch, counter, ranking)                                          \
    "[{\"v\":1,\"k\":\"cast\",\"slot\":\"" slot "\",\"id\":\"" id "\",\"epoch\":" epoch  \
    ",\"counter\":" counter ",\"ballot\":{\"ranking\":" ranking                          \
    "},\"nonce\":\"00\",\"lock\":\"00\"}]"

static const struct store_lane ballots = {1, 2};

static void open_lane(struct answer *answer)
{
    struct store_fence fence = {
        .event = 1,
        .poll = 2,
        .open = true,
        .uid = hall_uid(50),
        .lane_body = span_of_string("[{\"v\":1,\"k\":\"fence\",\"open\":true}]"),
        .history_body = span_of_string("[" DESK("poll.open", "o", "\"poll\":\"2\"") "]"),
    };
    *answer = (struct answer){.hall = &views.hall};
    cr_assert_eq(store_fence(views.hall.store, &fence, hall_answered, answer), ERR_OK);
}

Test(views, show_which_ballot_of_a_slot_counts)
{
    struct answer answers[6];
    open_lane(&answers[0]);
    hall_append(&views.hall, ballots, 1, CAST("aa", "b1", "1", "1", "[]"), &answers[1]);
    hall_append(
        &views.hall, ballots, 2, CAST("aa", "b2", "1", "3", "[[\"1\"]]"), &answers[2]);
    hall_append(
        &views.hall, ballots, 3, CAST("aa", "b3", "1", "2", "[[\"2\"]]"), &answers[3]);
    hall_append(&views.hall, ballots, 4, CAST("aa", "b1", "9", "9", "[]"), &answers[4]);
    hall_append(&views.hall, ballots, 5, CAST("bb", "b4", "2", "1", "[]"), &answers[5]);
    open_reader();
    expect(
        "SELECT poll, pos, slot, id, counter, ballot, counts FROM ballot ORDER BY pos",
        "2,2,aa,b1,1,{\"ranking\":[]},0;2,3,aa,b2,3,{\"ranking\":[[\"1\"]]},1;"
        "2,4,aa,b3,2,{\"ranking\":[[\"2\"]]},0;2,6,bb,b4,1,{\"ranking\":[]},1;");
}

Test(views, show_sealed_ballots_without_slots)
{
    struct answer answers[3];
    open_lane(&answers[0]);
    hall_append(&views.hall, ballots, 1, CAST("aa", "b1", "1", "1", "[]"), &answers[1]);
    hall_put(
        &views.hall, "sealed", "1/2",
        "{\"v\":1,\"ballots\":[{\"proof\":\"0a\",\"nonce\":\"00\",\"lock\":\"00\","
        "\"ballot\":{\"answer\":\"yes\"}}]}",
        &answers[2]);
    open_reader();
    expect(
        "SELECT event, poll, slot, id, ballot, counts, proof FROM ballot",
        "1,2,-,-,{\"answer\":\"yes\"},1,0a;");
}

Test(views, show_the_share_of_a_ballot)
{
    struct answer answers[2];
    open_lane(&answers[0]);
    hall_put(
        &views.hall, "sealed", "1/2",
        "{\"v\":3,\"ballots\":[{\"proof\":\"0a\",\"nonce\":\"00\",\"lock\":\"00\","
        "\"share\":2,\"ballot\":{\"answer\":\"yes\"}}]}",
        &answers[1]);
    open_reader();
    expect("SELECT ballot, share FROM ballot", "{\"answer\":\"yes\"},2;");
}

#define PAPER(id, count)                                                                 \
    DESK(                                                                                \
        "paper.enter", id,                                                               \
        "\"poll\":\"1\",\"piles\":[{\"count\":" count                                    \
        ",\"ballot\":{\"answer\":\"yes\"}}]")

Test(views, show_what_became_of_paper)
{
    struct answer answer;
    hall_append(
        &views.hall, (struct store_lane){1, 0}, 1,
        "[" PAPER("a", "14") "," PAPER("b", "2") "," PAPER("a", "14") "," PAPER("c", "3") "," DESK("paper.confirm", "d", "\"batch\":\"1\",\"ballots\":14") "," DESK(
            "paper.drop", "e",
            "\"batch\":\"2\"") "," DESK("paper.confirm", "f", "\"batch\":\"3\",\"ballots\":3") "," DESK("undo", "g", "\"pos\":7") "]",
        &answer);
    open_reader();
    expect(
        "SELECT poll, batch, state, count, ballot FROM paper ORDER BY batch",
        "1,1,confirmed,14,{\"answer\":\"yes\"};1,2,dropped,2,{\"answer\":\"yes\"};"
        "1,3,waiting,3,{\"answer\":\"yes\"};");
}

static void put_many_texts(void)
{
    static struct answer answers[2500];
    for (int i = 0; i < 2500; i++) {
        char name[16];
        snprintf(name, sizeof name, "c%d", i);
        hall_put(&views.hall, "content", name, "{\"title\":\"t\"}", &answers[i]);
    }
}

/* The plan must not look at the whole log, or all texts, once for every idea. */
Test(views, read_a_long_history_in_one_go)
{
    static const char two_entries[] =
        SUBMIT("s%d", "1", "c%d") "," DESK("idea.release", "r%d", "\"idea\":\"%d\"");
    char *body = malloc(BATCH_BYTES_MAX);
    cr_assert_not_null(body);
    size_t bytes = 0;
    for (int i = 0; i < 2500; i++) {
        body[bytes++] = i > 0 ? ',' : '[';
        bytes += (size_t)snprintf(
            body + bytes, BATCH_BYTES_MAX - bytes, two_entries, i, i, i, i + 1);
    }
    cr_assert_lt(bytes + 1, BATCH_BYTES_MAX);
    memcpy(body + bytes, "]", 2);
    struct answer answer;
    hall_append(&views.hall, (struct store_lane){1, 0}, 1, body, &answer);
    free(body);
    put_many_texts();
    open_reader();
    sqlite3_stmt *statement = NULL;
    cr_assert_eq(
        sqlite3_prepare_v2(
            views.reader,
            "SELECT count(*) FROM idea WHERE state = 'published' AND title = 't'", -1,
            &statement, NULL),
        SQLITE_OK);
    cr_assert_eq(sqlite3_step(statement), SQLITE_ROW);
    cr_assert_eq(sqlite3_column_int(statement, 0), 2500);
    int steps = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0);
    cr_assert_lt(steps, 2500 * 1000, "%d", steps);
    sqlite3_finalize(statement);
}

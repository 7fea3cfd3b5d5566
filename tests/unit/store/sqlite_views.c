/* The views that show the log as tables to people with sqlite3. The entries are spelled
 * as `wire` spells them. */
#include "sqlite_files.h"

#include <sqlite3.h>

static struct hall hall;
static sqlite3 *reader;

static void enter(void)
{
    hall_init(&hall);
    reader = NULL;
}

static void leave(void)
{
    sqlite3_close(reader);
    hall_fini(&hall);
}

TestSuite(views, .init = enter, .fini = leave);

#define TEXT_BYTES 4096

/* One row of the history: entries given by kind, author, role and what is their own. */
static void tell(uint64_t uid, const char *entries)
{
    static struct answer answers[64];
    char body[TEXT_BYTES];
    snprintf(body, sizeof body, "[%s]", entries);
    hall_append(&hall, (struct store_lane){1, 0}, uid, body, &answers[uid]);
}

#define ENTRY(kind, id, by, role, own)                                                   \
    "{\"v\":1,\"k\":\"" kind "\",\"id\":\"" id "\",\"by\":\"" by "\",\"role\":\"" role   \
    "\",\"at\":1763900000000," own "}"
#define CONTENT(key, id) "\"" key "\":{\"id\":\"" id "\",\"hash\":\"00\"}"
#define SUBMIT(id, by, content)                                                          \
    ENTRY("idea.submit", id, by, "participant", CONTENT("content", content))
#define DESK(kind, id, own) ENTRY(kind, id, "9", "moderator", own)

static void open_reader(void)
{
    hall_shut(&hall); /* finishes what was handed in */
    cr_assert_eq(sqlite3_open(files_path(&hall), &reader), SQLITE_OK);
}

static int add_row(void *ctx, int columns, char **values, char **names)
{
    (void)names;
    char *text = ctx;
    for (int i = 0; i < columns; i++) {
        size_t bytes = strlen(text);
        snprintf(
            text + bytes, TEXT_BYTES - bytes, "%s%s", i > 0 ? "," : "",
            values[i] != NULL ? values[i] : "-");
    }
    size_t bytes = strlen(text);
    snprintf(text + bytes, TEXT_BYTES - bytes, ";");
    return 0;
}

static void expect(const char *sql, const char *expected)
{
    char text[TEXT_BYTES] = "";
    char *error = NULL;
    cr_assert_eq(
        sqlite3_exec(reader, sql, add_row, text, &error), SQLITE_OK, "%s", error);
    cr_assert_str_eq(text, expected, "%s\n%s", sql, text);
}

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
        &hall, "content", "c1",
        "{\"salt\":\"00\",\"lang\":\"de\",\"title\":\"Bäume\",\"text\":\"mehr\"}",
        &put[0]);
    hall_put(
        &hall, "content", "c2",
        "{\"salt\":\"00\",\"lang\":\"de\",\"title\":\"Bänke\",\"text\":\"auch\"}",
        &put[1]);
    hall_put(
        &hall, "content", "c3",
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
    hall_put(&hall, "content", "q1", "{\"salt\":\"00\",\"title\":\"Was?\"}", &put);
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
    *answer = (struct answer){.hall = &hall};
    cr_assert_eq(store_fence(hall.store, &fence, hall_answered, answer), ERR_OK);
}

Test(views, show_which_ballot_of_a_slot_counts)
{
    struct answer answers[6];
    open_lane(&answers[0]);
    hall_append(&hall, ballots, 1, CAST("aa", "b1", "1", "1", "[]"), &answers[1]);
    hall_append(&hall, ballots, 2, CAST("aa", "b2", "1", "3", "[[\"1\"]]"), &answers[2]);
    hall_append(&hall, ballots, 3, CAST("aa", "b3", "1", "2", "[[\"2\"]]"), &answers[3]);
    hall_append(&hall, ballots, 4, CAST("aa", "b1", "9", "9", "[]"), &answers[4]);
    hall_append(&hall, ballots, 5, CAST("bb", "b4", "2", "1", "[]"), &answers[5]);
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
    hall_append(&hall, ballots, 1, CAST("aa", "b1", "1", "1", "[]"), &answers[1]);
    hall_put(
        &hall, "sealed", "1/2",
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
        &hall, "sealed", "1/2",
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
        &hall, (struct store_lane){1, 0}, 1,
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

Test(views, show_the_shares_of_a_poll_and_their_ballots)
{
    struct answer answers[4];
    tell(
        1,
        DESK("poll.create", "p1", CONTENT("question", "q") ",\"form\":\"yesno\"") "," DESK(
            "poll.create", "p2",
            CONTENT("question", "q") ",\"shares\":[{\"group\":\"7\",\"percent\":30},"
                                     "{\"percent\":70}]"));
    tell(
        2, DESK(
               "paper.enter", "e",
               "\"poll\":\"2\",\"share\":2,\"piles\":[{\"count\":5,\"ballot\":{}}]"));
    tell(3, DESK("paper.confirm", "f", "\"batch\":\"1\",\"ballots\":5"));
    hall_put(
        &hall, "sealed", "1/2",
        "{\"v\":3,\"ballots\":[{\"proof\":\"0a\",\"share\":1,\"ballot\":{}},"
        "{\"proof\":\"0b\",\"share\":1,\"ballot\":{}}]}",
        &answers[1]);
    open_reader();
    expect(
        "SELECT poll, share, of_group, percent, phones, paper FROM share",
        "2,1,7,30,2,0;2,2,-,70,0,5;");
}

Test(views, show_what_became_of_ideas)
{
    struct answer put;
    hall_put(
        &hall, "content", "c1",
        "{\"salt\":\"00\",\"title\":\"Bauamt\",\"text\":\"bald\"}", &put);
    tell(
        1, DESK(
               "idea.follow", "f1",
               "\"idea\":\"2\",\"state\":\"pilot\"," CONTENT("content", "c1") ",\"next\":"
                                                                              "\"2027-"
                                                                              "03-01\""));
    tell(2, DESK("idea.follow", "f2", "\"idea\":\"2\",\"state\":\"permanent\""));
    tell(3, DESK("idea.follow", "f3", "\"idea\":\"3\",\"state\":\"idea\""));
    tell(4, DESK("undo", "f4", "\"pos\":2"));
    open_reader();
    expect(
        "SELECT idea, pos, state, department, note, next_day FROM followup",
        "2,1,pilot,Bauamt,bald,2027-03-01;3,3,idea,-,-,-;");
}

#define REPORT(id, by, idea)                                                             \
    ENTRY(                                                                               \
        "idea.report", id, by, "participant",                                            \
        "\"idea\":\"" idea "\",\"reason\":\"offensive\"")

Test(views, show_reports_and_which_are_settled)
{
    tell(1, REPORT("r1", "1", "5") "," REPORT("r2", "2", "6"));
    tell(2, DESK("idea.clear", "d1", "\"idea\":\"5\""));
    tell(3, DESK("idea.clear", "d2", "\"idea\":\"6\""));
    tell(4, DESK("undo", "d3", "\"pos\":4"));
    tell(5, REPORT("r3", "3", "5") "," REPORT("r4", "3", "5"));
    open_reader();
    expect(
        "SELECT idea, reason, settled FROM report ORDER BY idea, settled",
        "5,offensive,0;5,offensive,1;6,offensive,0;");
}

Test(views, show_who_was_put_out_and_let_in_again)
{
    tell(1, DESK("person.ban", "b1", "\"idea\":\"5\",\"banned\":true"));
    tell(2, DESK("person.ban", "b1", "\"idea\":\"5\",\"banned\":true"));
    tell(3, DESK("person.ban", "b2", "\"idea\":\"5\",\"banned\":false"));
    tell(4, DESK("person.ban", "b3", "\"idea\":\"6\",\"banned\":true"));
    tell(5, DESK("undo", "b4", "\"pos\":4"));
    open_reader();
    expect("SELECT idea, pos, banned FROM ban ORDER BY pos", "5,1,1;5,3,0;");
}

#define REDEEM(id, ticket)                                                               \
    ENTRY("ticket.redeem", id, "0", "none", "\"ticket\":\"" ticket "\"")

Test(views, show_tickets_and_what_became_of_them)
{
    tell(1, DESK("tickets.issue", "i1", "\"count\":3,\"group\":\"4\""));
    tell(2, DESK("tickets.issue", "i2", "\"count\":2"));
    tell(3, REDEEM("r1", "1") "," REDEEM("r2", "4"));
    tell(4, DESK("ticket.replace", "t1", "\"ticket\":\"1\""));
    tell(5, DESK("ticket.void", "t2", "\"ticket\":\"5\""));
    tell(6, DESK("ticket.void", "t3", "\"ticket\":\"4\""));
    tell(7, DESK("undo", "t4", "\"pos\":7"));
    tell(8, DESK("tickets.void", "t5", "\"batch\":\"1\",\"keep_held\":true"));
    tell(9, DESK("tickets.void", "t5", "\"batch\":\"1\",\"keep_held\":true"));
    open_reader();
    expect(
        "SELECT ticket, batch, of_group, replaces, replaced_by, redeemed_at_utc NOTNULL, "
        "voided_at_utc NOTNULL FROM ticket ORDER BY ticket",
        "1,1,4,-,6,1,1;2,1,4,-,-,0,1;3,1,4,-,-,0,1;4,2,-,-,-,1,0;5,2,-,-,-,0,1;"
        "6,1,4,1,-,0,0;");
}

Test(views, show_who_was_asked_to_the_desk_and_sent_away)
{
    struct answer put;
    hall_put(&hall, "content", "n1", "{\"salt\":\"00\",\"title\":\"Tür\"}", &put);
    tell(1, DESK("desk.invite", "d1", "\"as\":\"helper\"," CONTENT("name", "n1")));
    tell(2, ENTRY("desk.sit", "d2", "0", "office", "\"person\":\"3\""));
    tell(3, DESK("desk.revoke", "d3", "\"person\":\"3\""));
    open_reader();
    expect(
        "SELECT act, actor, person, role, name FROM desk ORDER BY pos",
        "invite,9,-,helper,Tür;sit,0,3,-,-;revoke,9,3,-,-;");
}

static void put_many_texts(void)
{
    static struct answer answers[2500];
    for (int i = 0; i < 2500; i++) {
        char name[16];
        snprintf(name, sizeof name, "c%d", i);
        hall_put(&hall, "content", name, "{\"title\":\"t\"}", &answers[i]);
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
    hall_append(&hall, (struct store_lane){1, 0}, 1, body, &answer);
    free(body);
    put_many_texts();
    open_reader();
    sqlite3_stmt *statement = NULL;
    cr_assert_eq(
        sqlite3_prepare_v2(
            reader, "SELECT count(*) FROM idea WHERE state = 'published' AND title = 't'",
            -1, &statement, NULL),
        SQLITE_OK);
    cr_assert_eq(sqlite3_step(statement), SQLITE_ROW);
    cr_assert_eq(sqlite3_column_int(statement, 0), 2500);
    int steps = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0);
    cr_assert_lt(steps, 2500 * 1000, "%d", steps);
    sqlite3_finalize(statement);
}

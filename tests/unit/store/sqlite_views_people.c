/* The views about people: shares, follow-ups, reports, bans, tickets, the desk. */
#include "views.h"

TestSuite(views_people, .init = views_enter, .fini = views_leave);

Test(views_people, show_the_shares_of_a_poll_and_their_ballots)
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
        &views.hall, "sealed", "1/2",
        "{\"v\":3,\"ballots\":[{\"proof\":\"0a\",\"share\":1,\"ballot\":{}},"
        "{\"proof\":\"0b\",\"share\":1,\"ballot\":{}}]}",
        &answers[1]);
    open_reader();
    expect(
        "SELECT poll, share, of_group, percent, phones, paper FROM share",
        "2,1,7,30,2,0;2,2,-,70,0,5;");
}

Test(views_people, show_what_became_of_ideas)
{
    struct answer put;
    hall_put(
        &views.hall, "content", "c1",
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

Test(views_people, show_reports_and_which_are_settled)
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

Test(views_people, show_who_was_put_out_and_let_in_again)
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

Test(views_people, show_tickets_and_what_became_of_them)
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

Test(views_people, show_who_was_asked_to_the_desk_and_sent_away)
{
    struct answer put;
    hall_put(&views.hall, "content", "n1", "{\"salt\":\"00\",\"title\":\"Tür\"}", &put);
    tell(1, DESK("desk.invite", "d1", "\"as\":\"helper\"," CONTENT("name", "n1")));
    tell(2, ENTRY("desk.sit", "d2", "0", "office", "\"person\":\"3\""));
    tell(3, DESK("desk.revoke", "d3", "\"person\":\"3\""));
    open_reader();
    expect(
        "SELECT act, actor, person, role, name FROM desk ORDER BY pos",
        "invite,9,-,helper,Tür;sit,0,3,-,-;revoke,9,3,-,-;");
}

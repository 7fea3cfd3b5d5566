/* Jury and audience in a hall that people join by code: the jury comes by ticket, each
 * decides its per cents, nobody votes for their own team. What is told, published,
 * sealed, exported and recounted. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *moderator;
static long jury;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
    jury = talk_do(
        moderator, "label", "label.add",
        "\"kind\":\"group\",\"name\":\"Jury\",\"ticket_only\":true");
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(shares, .init = set_up, .fini = tear_down);

/* Somebody with a ticket of the group. */
static struct person *let_in(long group)
{
    char code[16];
    cJSON *answer =
        talk_ask(moderator, "tickets.issue", "\"count\":1,\"group\":\"%ld\"", group);
    const cJSON *codes = cJSON_GetObjectItemCaseSensitive(answer, "codes");
    snprintf(code, sizeof code, "%s", cJSON_GetArrayItem(codes, 0)->valuestring);
    cJSON_Delete(answer);
    return talk_participant(&hall, code);
}

static void make_ideas(int count)
{
    for (int i = 0; i < count; i++) {
        talk_do(
            moderator, NULL, "idea.submit",
            "\"title\":\"Idee %d\",\"text\":\"\",\"lang\":\"de\"", i + 1);
    }
}

#define POLL_MEMBERS                                                                     \
    "\"question\":\"Was?\",\"form\":\"ranking\",\"method\":\"borda\",\"seats\":1,"       \
    "\"ranks\":3,\"ties\":false,\"live\":false,\"publication\":\"ballots\","             \
    "\"options\":[\"1\",\"2\",\"3\"],%s"

static const char *poll_refusal(const char *rule)
{
    return talk_refusal(moderator, "poll.create", POLL_MEMBERS, rule);
}

static long open_poll(const char *rule)
{
    long poll = talk_do(moderator, "poll", "poll.create", POLL_MEMBERS, rule);
    talk_do(moderator, NULL, "poll.open", "\"poll\":\"%ld\"", poll);
    return poll;
}

static const char *halves(void)
{
    static char rule[96];
    snprintf(
        rule, sizeof rule,
        "\"shares\":[{\"group\":\"%ld\",\"percent\":50},{\"percent\":50}]", jury);
    return rule;
}

static void vote(struct person *person, long poll, const char *ballot)
{
    talk_do(person, NULL, "cast", CAST_MEMBERS, poll, 1U, ballot);
}

static const char *vote_refusal(struct person *person, long poll, const char *ballot)
{
    return talk_refusal(person, "cast", CAST_MEMBERS, poll, 1U, ballot);
}

static void end(long poll)
{
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
}

static cJSON *result_of(long poll)
{
    char path[64];
    int status = 0;
    snprintf(path, sizeof path, "/result/%s/%ld", hall.event, poll);
    char *body = talk_get(&hall, path, NULL, &status);
    cr_assert_eq(status, 200);
    cJSON *result = cJSON_Parse(body);
    free(body);
    return result;
}

static const char *first_of(const cJSON *result)
{
    const cJSON *winners = cJSON_GetObjectItemCaseSensitive(result, "winners");
    const cJSON *first = cJSON_GetArrayItem(winners, 0);
    return first != NULL ? first->valuestring : "";
}

Test(shares, jury_by_ticket_and_audience_by_code_decide_half_each)
{
    make_ideas(3);
    struct person *anna = talk_participant(&hall, NULL);
    cr_expect_str_eq(
        talk_refusal(anna, "group", "\"group\":\"%ld\"", jury), "group-by-ticket");
    long poll = open_poll(halves());
    for (int i = 0; i < 2; i++) {
        vote(let_in(jury), poll, "{\"ranking\":[[\"1\"],[\"2\"]]}");
    }
    vote(anna, poll, "{\"ranking\":[[\"3\"],[\"2\"]]}");
    for (int i = 0; i < 5; i++) {
        vote(talk_participant(&hall, NULL), poll, "{\"ranking\":[[\"3\"],[\"2\"]]}");
    }
    end(poll);
    cJSON *result = result_of(poll);
    const cJSON *shares = cJSON_GetObjectItemCaseSensitive(result, "shares");
    const cJSON *own = cJSON_GetArrayItem(shares, 0);
    const cJSON *rest = cJSON_GetArrayItem(shares, 1);
    cr_expect_str_eq(text_of(result, "level"), "order"); /* a jury of two */
    cr_expect_eq(number_of(result, "ballots"), 8);
    cr_expect_eq(number_of(result, "of"), 12); /* 3 for each of the jury, 1 for others */
    cr_expect_eq(cJSON_GetArraySize(shares), 2);
    cr_expect_eq(number_of(own, "ballots"), 2);
    cr_expect_eq(number_of(rest, "ballots"), 6);
    cr_expect_str_eq(first_of(own), "1");
    cr_expect_str_eq(first_of(rest), "3");
    cr_expect_null(cJSON_GetObjectItemCaseSensitive(own, "scores"));
    cJSON_Delete(result);
}

Test(shares, the_desk_is_told_them_of_a_sealed_poll_until_its_result_is_shown)
{
    make_ideas(3);
    struct person *member = let_in(jury);
    long poll = open_poll(halves());
    vote(member, poll, "{\"ranking\":[[\"1\"]]}");
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.seal", "\"poll\":\"%ld\"", poll);
    struct person *colleague = talk_colleague(&hall);
    cJSON *live = talk_hear(colleague, "live");
    char *text = cJSON_PrintUnformatted(live);
    cr_expect_not_null(strstr(text, "\"voted_by\":[1,0]"), "%s", text);
    free(text);
    cJSON_Delete(live);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    struct person *another = talk_colleague(&hall);
    live = talk_hear(another, "live");
    text = cJSON_PrintUnformatted(live);
    cr_expect_null(strstr(text, "voted_by"), "%s", text);
    free(text);
    cJSON_Delete(live);
}

Test(shares, the_desk_is_told_how_many_of_each_have_voted_and_others_are_not)
{
    make_ideas(3);
    struct person *anna = talk_participant(&hall, NULL);
    struct person *member = let_in(jury);
    long poll = open_poll(halves());
    vote(member, poll, "{\"ranking\":[[\"1\"]]}");
    for (;;) {
        cJSON *live = talk_hear(moderator, "live");
        const cJSON *polls = cJSON_GetObjectItemCaseSensitive(live, "polls");
        const cJSON *voted =
            cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(polls, 0), "voted_by");
        int jurors = voted != NULL ? cJSON_GetArrayItem(voted, 0)->valueint : 0;
        cJSON_Delete(live);
        if (jurors == 1) {
            break;
        }
    }
    for (bool voted = false; !voted;) {
        cJSON *live = talk_hear(anna, "live");
        char *text = cJSON_PrintUnformatted(live);
        cr_assert_null(strstr(text, "voted_by"));
        voted = strstr(text, "\"voted\":1") != NULL;
        free(text);
        cJSON_Delete(live);
    }
}

Test(shares, who_is_in_none_does_not_vote)
{
    char rule[64];
    make_ideas(3);
    struct person *anna = talk_participant(&hall, NULL);
    snprintf(rule, sizeof rule, "\"shares\":[{\"group\":\"%ld\",\"percent\":100}]", jury);
    long poll = open_poll(rule);
    cr_expect_str_eq(vote_refusal(anna, poll, "{\"ranking\":[[\"1\"]]}"), "no-share");
    cr_expect_str_eq(talk_refusal(anna, "begin", "\"poll\":\"%ld\"", poll), "no-share");
    vote(let_in(jury), poll, "{\"ranking\":[[\"1\"]]}");
}

Test(shares, are_refused_by_name_where_they_do_not_fit)
{
    char rule[96];
    make_ideas(3);
    long chosen =
        talk_do(moderator, "label", "label.add", "\"kind\":\"group\",\"name\":\"Rot\"");
    snprintf(
        rule, sizeof rule, "\"shares\":[{\"group\":\"%ld\",\"percent\":100}]", chosen);
    cr_expect_str_eq(poll_refusal(rule), "share-needs-tickets");
    cr_expect_str_eq(poll_refusal("\"shares\":[{\"percent\":99}]"), "bad-shares");
    cr_expect_str_eq(
        poll_refusal("\"shares\":[{\"group\":\"77\",\"percent\":100}]"), "unknown-label");
    talk_do(
        moderator, NULL, "label.edit",
        "\"label\":\"%ld\",\"name\":\"Rot\",\"ticket_only\":true", chosen);
    open_poll(rule);
    cr_expect_str_eq(
        talk_refusal(
            moderator, "label.edit", "\"label\":\"%ld\",\"name\":\"Rot\"", chosen),
        "wrong-state");
}

Test(shares, who_comes_after_the_opening_has_no_vote_where_a_poll_says_so)
{
    struct person *anna = talk_participant(&hall, NULL);
    make_ideas(3);
    long poll = open_poll("\"no_late\":true");
    struct person *late = talk_participant(&hall, NULL);
    vote(anna, poll, "{\"ranking\":[[\"1\"]]}");
    cr_expect_str_eq(vote_refusal(late, poll, "{\"ranking\":[[\"2\"]]}"), "came-late");
    talk_return(late, "participant", 0);
    cJSON *change = talk_hear(late, "change");
    const cJSON *told =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(change, "polls"), 0);
    const cJSON *people = cJSON_GetObjectItemCaseSensitive(told, "people");
    cr_expect(cJSON_IsNumber(people) && people->valueint == 1, "of those who may vote");
    cJSON_Delete(change);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(
        moderator, NULL, "poll.reopen", "\"poll\":\"%ld\",\"reason\":\"mistake\"", poll);
    cr_expect_str_eq(vote_refusal(late, poll, "{\"ranking\":[[\"2\"]]}"), "came-late");
}

Test(shares, nobody_marks_an_idea_of_their_team)
{
    long red =
        talk_do(moderator, "label", "label.add", "\"kind\":\"group\",\"name\":\"Rot\"");
    struct person *anna = talk_participant(&hall, NULL);
    struct person *berta = talk_participant(&hall, NULL);
    talk_do(anna, NULL, "group", "\"group\":\"%ld\"", red);
    talk_do(berta, NULL, "group", "\"group\":\"%ld\"", red);
    make_ideas(2);
    long idea = talk_do(
        anna, "idea", "idea.submit", "\"title\":\"Meine\",\"text\":\"\",\"lang\":\"de\"");
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"%ld\"", idea);
    talk_do(moderator, NULL, "idea.team", "\"idea\":\"1\",\"team\":\"%ld\"", jury);
    long poll = open_poll("\"no_own\":true");
    cJSON *refused =
        talk_ask(anna, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"],[\"3\"]]}");
    cr_expect_str_eq(text_of(refused, "err"), "own-team");
    cr_expect_str_eq(text_of(refused, "key"), "3", "which it is");
    cJSON_Delete(refused);
    cr_expect_str_eq(vote_refusal(berta, poll, "{\"ranking\":[[\"3\"]]}"), "own-team");
    vote(anna, poll, "{\"ranking\":[[\"1\"]]}");
    vote(berta, poll, "{\"ranking\":[[\"2\"],[\"1\"]]}");
    struct person *member = let_in(jury);
    cr_expect_str_eq(vote_refusal(member, poll, "{\"ranking\":[[\"1\"]]}"), "own-team");
    vote(member, poll, "{\"ranking\":[[\"3\"]]}");
    talk_return(anna, "participant", 0);
    cJSON *change = talk_hear(anna, "change");
    const cJSON *told =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(change, "polls"), 0);
    char *teams = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(told, "teams"));
    char expected[64];
    snprintf(expected, sizeof expected, "{\"1\":[\"%ld\"]}", jury); /* red is small */
    cr_expect_str_eq(teams, expected);
    free(teams);
    cJSON_Delete(change);
}

/* From the export, as it is, by another program: the result that was told. */
static void expect_recount(long poll, const char *winner)
{
    char folder[300];
    char ballots[400];
    char results[400];
    char number[24];
    char text[8192];
    snprintf(folder, sizeof folder, "%s/export", server.folder);
    snprintf(ballots, sizeof ballots, "%s/ballots.csv", folder);
    snprintf(results, sizeof results, "%s/results.csv", folder);
    snprintf(number, sizeof number, "%ld", poll);
    const char *export[] = {"export", "--event", hall.event, "--out", folder, NULL};
    cr_assert_eq(server_run(&server, export, true, text, sizeof text), 0);
    const char *tally[] = {"tally",  "--method", "borda",  "--results", results,
                           "--poll", number,     "--json", ballots,     NULL};
    cr_assert_eq(server_run(&server, tally, false, text, sizeof text), 0, "%s", text);
    cJSON *recount = cJSON_Parse(text);
    cr_assert_not_null(recount, "%s", text);
    cr_expect_str_eq(first_of(recount), winner, "%s", text);
    cJSON_Delete(recount);
}

#define PILES(first, count)                                                              \
    "\"piles\":[{\"count\":" count ",\"ballot\":{\"ranking\":[[\"" first "\"],[\"2\"]]}" \
    "}]"

static void enter_paper(struct person *second, long poll, int share, const char *piles)
{
    long batch = talk_do(
        moderator, "batch", "paper.enter", "\"poll\":\"%ld\",\"share\":%d,%s", poll,
        share, piles);
    talk_do(second, NULL, "paper.confirm", "\"batch\":\"%ld\",\"ballots\":30", batch);
}

Test(shares, are_sealed_published_and_recounted_from_the_export)
{
    make_ideas(3);
    struct person *second = talk_colleague(&hall);
    long poll = open_poll(halves());
    cr_expect_str_eq(
        talk_refusal(
            moderator, "paper.enter", "\"poll\":\"%ld\"," PILES("1", "30"), poll),
        "bad-value");
    enter_paper(second, poll, 1, PILES("1", "30"));
    enter_paper(second, poll, 2, PILES("3", "30"));
    enter_paper(second, poll, 2, PILES("3", "30"));
    for (int i = 0; i < 5; i++) {
        vote(let_in(jury), poll, "{\"ranking\":[[\"1\"]]}");
    }
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.seal", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = result_of(poll);
    cr_expect_str_eq(first_of(result), "3"); /* the jury's phones say less of it */
    cr_expect_eq(number_of(result, "ballots"), 95);
    cr_expect_eq(number_of(result, "paper"), 90);
    cr_expect_str_eq(text_of(result, "level"), "ballots");
    cJSON_Delete(result);
    char path[64];
    int status = 0;
    snprintf(path, sizeof path, "/ballots/%s/%ld", hall.event, poll);
    char *list = talk_get(&hall, path, NULL, &status);
    cr_assert_eq(status, 200);
    cr_expect_eq(strncmp(list, "{\"v\":3,\"ballots\":[{\"proof\":", 27), 0, "%s", list);
    cr_expect_not_null(strstr(list, "\"share\":1,\"ballot\":{\"ranking\":[[\"1\"]]}"));
    cr_expect_not_null(strstr(
        list, "{\"count\":60,\"share\":2,\"ballot\":{\"ranking\":[[\"3\"],[\"2\"]]}}"));
    free(list);
    expect_recount(poll, "Idee 3");
    cr_assert_eq(server_stop(&server, SIGKILL), -SIGKILL);
    server_start(&server, NULL);
    talk_follow(&hall);
    result = result_of(poll);
    cr_expect_str_eq(first_of(result), "3", "what was sealed is there again");
    const cJSON *shares = cJSON_GetObjectItemCaseSensitive(result, "shares");
    cr_expect_eq(number_of(cJSON_GetArrayItem(shares, 0), "ballots"), 35);
    cJSON_Delete(result);
}

/* Every request × every role × every state, over real sockets: allowed or refused as
 * messages.def says (which a unit test compares with the domain's table). */
#include "talk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *op;
    const char *roles;
} rows[] = {

#define X(name, code, roles, bytes_max) {code, roles},
#include "../../server/wire/messages.def"
#undef X
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

/* P participant, O owner, M moderator, H helper, U auditor, S stage. Those who may not
 * change a thing come first, so that it is still there for those who may. */
static const char letters[] = "SUPHMO";

enum { ROLES = sizeof letters - 1, PACE = 15 };

struct role {
    struct person *person;
    int asked; /* phones and stages send 20 at once */
};

static struct hall_server server;
static struct talk hall;
static struct role people[ROLES];
static struct person *owner;
static struct person *anna;
static unsigned long made;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    owner = talk_moderator(&hall);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(roles, .init = set_up, .fini = tear_down);

static struct person *somebody(char letter)
{
    switch (letter) {
    case 'O':
        return talk_desk(&hall, "owner");
    case 'M':
        return talk_desk(&hall, "moderator");
    case 'H':
        return talk_desk(&hall, "helper");
    case 'U':
        return talk_desk(&hall, "auditor");
    case 'P':
        return talk_participant(&hall, NULL);
    default:
        return talk_stage(&hall);
    }
}

/* Somebody in that role who may speak without being too fast. */
static struct person *in_role(size_t i)
{
    bool slow = letters[i] == 'P' || letters[i] == 'S';
    if (people[i].person == NULL || (slow && people[i].asked == PACE)) {
        people[i] = (struct role){.person = somebody(letters[i])};
    }
    people[i].asked++;
    return people[i].person;
}

/* ---- things in each state ---- */

static const char *const idea_states[] = {"pending", "published", "hidden", "merged"};
static const char *const poll_states[] = {"draft", "open", "closed", "sealed"};
static long target; /* an idea that others are merged into */

static long new_idea(const char *state)
{
    static int sent;
    anna = anna == NULL || ++sent % 6 == 0 ? talk_participant(&hall, NULL) : anna;
    long idea = talk_do(
        anna, "idea", "idea.submit", "\"title\":\"Idee\",\"text\":\"\",\"lang\":\"de\"");
    if (strcmp(state, "published") == 0) {
        talk_do(owner, NULL, "idea.release", "\"idea\":\"%ld\"", idea);
    } else if (strcmp(state, "hidden") == 0) {
        talk_do(owner, NULL, "idea.hide", "\"idea\":\"%ld\",\"reason\":\"other\"", idea);
    } else if (strcmp(state, "merged") == 0) {
        talk_do(
            owner, NULL, "idea.merge", "\"idea\":\"%ld\",\"into\":\"%ld\"", idea, target);
    }
    return idea;
}

#define SPEC                                                                             \
    "\"question\":\"Was?\",\"lang\":\"de\",\"form\":\"approval\",\"method\":"            \
    "\"approval\",\"seats\":1,\"ranks\":1,\"ties\":false,\"live\":false,"                \
    "\"publication\":\"order\",\"options\":[\"1\",\"2\"]"

static long new_poll(const char *state)
{
    static const char *const steps[] = {"poll.open", "poll.close", "poll.seal"};
    long poll = talk_do(owner, "poll", "poll.create", SPEC);
    for (size_t i = 0; strcmp(poll_states[i], state) != 0; i++) {
        talk_do(owner, NULL, steps[i], "\"poll\":\"%ld\"", poll);
    }
    return poll;
}

/* ---- asking ---- */

static bool begins(const char *op, const char *with)
{
    return strncmp(op, with, strlen(with)) == 0;
}

/* Each # becomes 40 digits that no other request has. */
static void write_fresh(const char *members, char *out, size_t bytes)
{
    const char *hash = strchr(members, '#');
    if (hash == NULL) {
        snprintf(out, bytes, "%s", members);
        return;
    }
    snprintf(
        out, bytes, "%.*s%040lx%s", (int)(hash - members), members, ++made, hash + 1);
}

/* The members of a request about a thing, well-formed in any case. */
static void write_members(const char *op, long thing, char *out, size_t bytes)
{
    static const struct {
        const char *op;
        const char *members;
    } others[] = {
        {"nick", "\"first\":1,\"second\":2"},
        {"group", "\"group\":\"1\""},
        {"report", "\"idea\":\"999\",\"reason\":\"other\""},
        {"support", "\"idea\":\"999\",\"on\":true"},
        {"label.add", "\"kind\":\"tag\",\"name\":\"#\",\"lang\":\"de\""},
        {"label.edit", "\"label\":\"1\",\"name\":\"#\",\"lang\":\"de\""},
        {"label.drop", "\"label\":\"999\""},
        {"label.move", "\"label\":\"999\""},
        {"settings", "\"youth\":false,\"nicknames\":true"},
        {"words", "\"words\":\"blöd*\""},
        {"wifi", "\"name\":\"Gast\",\"password\":\"\",\"shown\":true"},
        {"call", "\"open\":true"},
        {"agenda.set", "\"phases\":[{\"is\":\"collect\",\"minutes\":0}]"},
        {"phase.start", "\"phase\":\"999\""},
        {"timer.set", "\"running\":true"},
        {"idea.submit", "\"title\":\"Neu\",\"text\":\"\",\"lang\":\"de\""},
        {"poll.create", SPEC},
        {"ticket", "\"ticket\":\"999\""},
        {"ticket.void", "\"ticket\":\"999\""},
        {"ticket.replace", "\"ticket\":\"999\""},
        {"tickets.issue", "\"count\":1"},
        {"tickets.void", "\"batch\":\"999\""},
        {"paper.confirm", "\"batch\":\"999\",\"ballots\":1"},
        {"paper.drop", "\"batch\":\"999\""},
        {"undo", "\"pos\":1"},
        {"rehearse", "\"phones\":1"},
        {"rehearse.stop", ""},
        {"desk.invite", "\"role\":\"helper\",\"link\":\"000000000000000000000000#\""},
        {"desk.revoke", "\"person\":\"999\""},
        {"person.ban", "\"idea\":\"999\",\"banned\":true"},
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(others[i].op, op) == 0) {
            write_fresh(others[i].members, out, bytes);
            return;
        }
    }
    int n = snprintf(
        out, bytes, "\"%s\":\"%ld\"", begins(op, "idea") ? "idea" : "poll", thing);
    const char *more = "";
    if (strcmp(op, "idea.edit") == 0) {
        more = ",\"title\":\"Neu\",\"text\":\"\",\"lang\":\"de\"";
    } else if (
        strcmp(op, "idea.hide") == 0 || strcmp(op, "poll.reopen") == 0 ||
        strcmp(op, "poll.annul") == 0) {
        more = ",\"reason\":\"other\"";
    } else if (strcmp(op, "idea.tag") == 0) {
        more = ",\"tags\":[]";
    } else if (strcmp(op, "idea.follow") == 0) {
        more = ",\"state\":\"pilot\",\"next\":\"2027-03-01\"";
    } else if (strcmp(op, "poll.edit") == 0) {
        more = "," SPEC;
    } else if (strcmp(op, "poll.countdown") == 0) {
        more = ",\"in_ms\":10000";
    } else if (strcmp(op, "paper.enter") == 0) {
        more = ",\"piles\":[{\"count\":1,\"ballot\":{\"approval\":[\"1\"]}}]";
    } else if (strcmp(op, "cast") == 0) {
        more = ",\"counter\":1,\"ballot\":{\"approval\":[\"1\"]},"
               "\"nonce\":\"00112233445566778899aabbccddeeff\",\"lock\":"
               "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"";
    }
    snprintf(out + n, bytes - (size_t)n, "%s", more);
    if (strcmp(op, "idea.merge") == 0) {
        snprintf(out + n, bytes - (size_t)n, ",\"into\":\"%ld\"", target);
    }
}

/* Is it refused for the role, and only then? True if the thing was changed. */
static bool check(size_t row, size_t role, long thing, const char *state)
{
    char members[1024];
    const char *op = rows[row].op;
    bool may = strchr(rows[row].roles, letters[role]) != NULL;
    bool own = letters[role] == 'P' &&
               (strcmp(op, "idea.edit") == 0 || strcmp(op, "idea.withdraw") == 0);
    write_members(op, thing, members, sizeof members);
    const char *err = talk_refusal(own ? anna : in_role(role), op, "%s", members);
    bool refused = strcmp(err, "not-allowed") == 0;
    cr_expect_neq(refused, may, "%s as %c, %s: \"%s\"", op, letters[role], state, err);
    cr_expect_str_neq(err, "too-fast", "%s as %c", op, letters[role]);
    cr_expect_str_neq(err, "no-session", "%s as %c", op, letters[role]);
    return err[0] == '\0';
}

/* All roles, each on a thing that is in that state. */
static void try_all(size_t row, const char *state, long (*new_thing)(const char *state))
{
    long thing = new_thing(state);
    for (size_t role = 0; role < ROLES; role++) {
        if (check(row, role, thing, state) && role + 1 < ROLES) {
            thing = new_thing(state);
        }
    }
}

static void prepare(void)
{
    for (int i = 0; i < 3; i++) {
        target = talk_do(
            owner, "idea", "idea.submit",
            "\"title\":\"Idee\",\"text\":\"\",\"lang\":\"de\"");
    }
}

static bool is_about(size_t row, const char *what)
{
    const char *op = rows[row].op;
    bool makes = strcmp(op, "idea.submit") == 0 || strcmp(op, "poll.create") == 0;
    bool votes = strcmp(op, "cast") == 0 || strcmp(op, "begin") == 0 ||
                 strcmp(op, "paper.enter") == 0;
    return (votes && strcmp(what, "poll.") == 0) || (!makes && begins(op, what));
}

Test(roles, each_act_on_an_idea_in_each_state_as_the_table_says)
{
    prepare();
    for (size_t row = 0; row < ROW_COUNT; row++) {
        for (size_t i = 0; i < 4 && is_about(row, "idea."); i++) {
            try_all(row, idea_states[i], new_idea);
        }
    }
}

Test(roles, each_act_on_a_poll_in_each_state_as_the_table_says)
{
    prepare();
    for (size_t row = 0; row < ROW_COUNT; row++) {
        for (size_t i = 0; i < 4 && is_about(row, "poll."); i++) {
            try_all(row, poll_states[i], new_poll);
        }
    }
}

static long set_call(const char *state)
{
    bool open = strcmp(state, "open") == 0;
    talk_do(owner, NULL, "call", "\"open\":%s", open ? "true" : "false");
    return 0;
}

Test(roles, each_act_on_the_event_with_the_call_open_and_closed_as_the_table_says)
{
    prepare();
    for (size_t row = 0; row < ROW_COUNT; row++) {
        const char *op = rows[row].op;
        bool greets = strcmp(op, "hello") == 0 || strcmp(op, "ping") == 0;
        if (!greets && !is_about(row, "idea.") && !is_about(row, "poll.")) {
            try_all(row, "open", set_call);
            try_all(row, "closed", set_call);
        }
    }
}

/* ---- what each is shown ---- */

static int status_of(struct person *person, const char *before, const char *after)
{
    char path[64];
    int status = 0;
    snprintf(path, sizeof path, "%s%s%s", before, hall.event, after);
    free(talk_get(&hall, path, person->cookie, &status));
    return status;
}

Test(roles, each_is_shown_what_is_theirs)
{
    static const struct {
        const char *role;
        int desk, result, export;
    } cases[] = {
        {"owner", 200, 200, 200},
        {"moderator", 200, 200, 200},
        {"auditor", 200, 200, 200},
        {"helper", 200, 403, 403},
    };

    prepare();
    new_poll("closed");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct person *person = talk_desk(&hall, cases[i].role);
        cr_expect_eq(status_of(person, "/snapshot/", "?desk"), cases[i].desk);
        cr_expect_eq(status_of(person, "/result/", "/1"), cases[i].result);
        cr_expect_eq(status_of(person, "/export/", ".zip"), cases[i].export);
        cr_expect_eq(status_of(person, "/export/", ".zip?auditor=1"), cases[i].export);
    }
    cr_expect_eq(status_of(talk_participant(&hall, NULL), "/export/", ".zip"), 401);
}

/* ---- links ---- */

/* 43 characters and their SHA-256. */
#define TOKEN      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define TOKEN_HASH "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a"

static int login(const char *token, char *cookie)
{
    char body[96];
    snprintf(body, sizeof body, "{\"link\":\"%s\"}", token);
    return talk_post(&hall, "/login", body, cookie, NULL);
}

static long invite(const char *role)
{
    return talk_do(
        owner, "person", "desk.invite",
        "\"role\":\"%s\",\"link\":\"" TOKEN_HASH "\",\"name\":\"Tür\",\"lang\":\"de\"",
        role);
}

Test(roles, a_link_that_an_owner_made_lets_one_browser_in)
{
    char cookie[256] = "";
    char other[256] = "";
    invite("helper");
    cr_assert_eq(login(TOKEN, cookie), 200);
    cr_assert_eq(login(TOKEN, other), 403);
    struct person *helper = talk_stranger(&hall, cookie);
    talk_return(helper, "moderator", 0);
    cJSON *welcome = talk_hear(helper, "welcome");
    cr_assert_str_eq(text_of(welcome, "role"), "helper");
    cJSON_Delete(welcome);
}

Test(roles, who_is_revoked_is_told_and_cut_off_at_once_and_comes_in_no_more)
{
    char cookie[256] = "";
    long person = invite("moderator");
    cr_assert_eq(login(TOKEN, cookie), 200);
    struct person *moderator = talk_stranger(&hall, cookie);
    talk_return(moderator, "moderator", 0);
    cJSON_Delete(talk_hear(moderator, "welcome"));
    int64_t from_ms = client_now_ms();
    talk_do(owner, NULL, "desk.revoke", "\"person\":\"%ld\"", person);
    cJSON *bye = talk_hear(moderator, "bye");
    cr_assert_str_eq(text_of(bye, "err"), "revoked");
    cJSON_Delete(bye);
    cr_assert_eq(talk_hear_close(moderator), 1008);
    cr_assert_lt(client_now_ms() - from_ms, 10000);
    talk_return(moderator, "moderator", 0);
    cJSON *refused = talk_hear(moderator, "refused");
    cr_assert_str_eq(text_of(refused, "err"), "revoked");
    cJSON_Delete(refused);
    cr_assert_eq(status_of(moderator, "/snapshot/", "?desk"), 401);
    cr_assert_eq(login(TOKEN, cookie), 403);
}

Test(roles, a_link_that_was_revoked_lets_nobody_in)
{
    char cookie[256] = "";
    long person = invite("owner");
    talk_do(owner, NULL, "desk.revoke", "\"person\":\"%ld\"", person);
    cr_assert_eq(login(TOKEN, cookie), 403);
}

/* Who makes a link and tries it in the same window stays who they are. */
Test(roles, an_owner_who_opens_a_helpers_link_stays_the_owner)
{
    char other[256] = "";
    invite("helper");
    cr_assert_eq(login(TOKEN, owner->cookie), 200);
    talk_return(owner, "moderator", 0);
    cJSON *welcome = talk_hear(owner, "welcome");
    cr_assert_str_eq(text_of(welcome, "role"), "owner");
    cJSON_Delete(welcome);
    cr_assert_eq(login(TOKEN, other), 200, "and the link is still good");
}

Test(roles, a_helper_undoes_what_was_done_with_ideas_and_nothing_else)
{
    struct person *helper = talk_desk(&hall, "helper");
    prepare();
    cJSON *hidden = talk_ask(owner, "idea.hide", "\"idea\":\"1\",\"reason\":\"mistake\"");
    talk_do(helper, NULL, "undo", "\"pos\":%ld", number_of(hidden, "pos"));
    cJSON_Delete(hidden);
    cJSON *closed = talk_ask(owner, "call", "\"open\":false");
    cr_assert_str_eq(
        talk_refusal(helper, "undo", "\"pos\":%ld", number_of(closed, "pos")),
        "not-allowed");
    cJSON_Delete(closed);
}

Test(roles, places_are_there_after_a_restart)
{
    char cookie[256] = "";
    long person = invite("auditor");
    server_stop(&server, 15);
    server_start(&server, NULL);
    talk_follow(&hall);
    cr_assert_eq(login(TOKEN, cookie), 200);
    struct person *auditor = talk_stranger(&hall, cookie);
    talk_return(auditor, "moderator", 0);
    cJSON *welcome = talk_hear(auditor, "welcome");
    cr_assert_str_eq(text_of(welcome, "role"), "auditor");
    const cJSON *me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    cr_assert_eq(strtol(text_of(me, "person"), NULL, 10), person);
    cJSON_Delete(welcome);
}

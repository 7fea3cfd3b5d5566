#include "talk.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAR_MS    60000
#define TEXT_BYTES 16384

/* ---- lines ---- */

static void on_opened(void *ctx, struct client *client)
{
    (void)client;
    ((struct person *)ctx)->open = true;
}

static void on_message(void *ctx, struct client *client, struct span text)
{
    struct person *person = ctx;
    (void)client;
    if (person->heard_count == person->heard_capacity) {
        person->heard_capacity = person->heard_capacity * 2 + 16;
        person->heard =
            realloc(person->heard, person->heard_capacity * sizeof *person->heard);
        cr_assert_not_null(person->heard);
    }
    cJSON *message = cJSON_ParseWithLength((const char *)text.data, text.bytes);
    cr_assert_not_null(message, "not JSON: %.*s", (int)text.bytes, text.data);
    person->heard[person->heard_count++] = message;
}

static void on_closed(void *ctx, struct client *client, uint16_t code)
{
    struct person *person = ctx;
    (void)client;
    person->open = false;
    person->closed = code;
}

static void new_pool(struct talk *talk)
{
    const struct client_handlers handlers = {
        .opened = on_opened, .message = on_message, .closed = on_closed};
    cr_assert_eq(
        client_pool_new(talk->server->url, NULL, &handlers, &talk->pool), ERR_OK);
}

/* ---- events ---- */

void talk_init(struct talk *talk, struct hall_server *server, const char *mode)
{
    char out[4096];
    const char *const args[] = {"event",  "create", "--title", "Ideen für Halle",
                                "--mode", mode,     "--json",  NULL};
    *talk = (struct talk){.server = server};
    cr_assert_eq(server_run(server, args, true, out, sizeof out), 0, "%s", out);
    cJSON *made = cJSON_Parse(out);
    snprintf(talk->event, sizeof talk->event, "%s", text_of(made, "event"));
    snprintf(talk->link, sizeof talk->link, "%s", text_of(made, "token"));
    const char *key = strrchr(text_of(made, "stage"), '.');
    cr_assert_not_null(key);
    snprintf(talk->stage_key, sizeof talk->stage_key, "%s", key + 1);
    cJSON_Delete(made);
    new_pool(talk);
}

static void forget_heard(struct person *person)
{
    for (size_t i = 0; i < person->heard_count; i++) {
        cJSON_Delete(person->heard[i]);
    }
    person->heard_count = 0;
}

void talk_fini(struct talk *talk)
{
    for (size_t i = 0; i < talk->people_count; i++) {
        forget_heard(talk->people[i]);
        free(talk->people[i]->heard);
        client_free(talk->people[i]->client);
        free(talk->people[i]);
    }
    client_pool_free(talk->pool);
}

void talk_follow(struct talk *talk)
{
    for (size_t i = 0; i < talk->people_count; i++) {
        client_free(talk->people[i]->client);
        talk->people[i]->client = NULL;
        talk->people[i]->open = false;
        forget_heard(talk->people[i]);
    }
    client_pool_free(talk->pool);
    new_pool(talk);
}

/* ---- HTTP ---- */

int talk_post(
    struct talk *talk, const char *path, const char *body, char *cookie, cJSON **ret_body)
{
    struct client_reply reply = {0};
    const char *sent = cookie != NULL && cookie[0] != '\0' ? cookie : NULL;
    cr_assert_eq(client_http(talk->pool, "POST", path, body, sent, &reply), ERR_OK);
    if (cookie != NULL && reply.cookie[0] != '\0') {
        snprintf(cookie, sizeof reply.cookie, "%s", reply.cookie);
    }
    if (ret_body != NULL) {
        *ret_body = cJSON_Parse(reply.body);
    }
    free(reply.body);
    return reply.status;
}

char *talk_get(struct talk *talk, const char *path, const char *cookie, int *ret_status)
{
    struct client_reply reply = {0};
    cr_assert_eq(client_http(talk->pool, "GET", path, NULL, cookie, &reply), ERR_OK);
    *ret_status = reply.status;
    return reply.body;
}

/* ---- arriving ---- */

static void wait_open(struct person *person)
{
    int64_t until_ms = client_now_ms() + HEAR_MS;
    while (!person->open) {
        cr_assert_eq(person->closed, 0, "the line was refused: %u", person->closed);
        cr_assert_lt(client_now_ms(), until_ms, "the line does not open");
        cr_assert_eq(client_pool_run(person->talk->pool, 100), ERR_OK);
    }
}

struct person *talk_stranger(struct talk *talk, const char *cookie)
{
    struct person *person = calloc(1, sizeof *person);
    cr_assert_not_null(person);
    person->talk = talk;
    person->next_counter = 1;
    snprintf(person->cookie, sizeof person->cookie, "%s", cookie);
    talk->people[talk->people_count++] = person;
    cr_assert_eq(
        client_open(
            talk->pool, cookie[0] != '\0' ? cookie : NULL, person, &person->client),
        ERR_OK);
    wait_open(person);
    return person;
}

static void greet(struct person *person, const char *role, int64_t pos)
{
    struct talk *talk = person->talk;
    char more[96] = "";
    size_t at = 0;
    if (pos > 0) {
        at = (size_t)snprintf(more, sizeof more, ",\"pos\":%lld", (long long)pos);
    }
    if (person->key[0] != '\0') {
        snprintf(more + at, sizeof more - at, ",\"key\":\"%s\"", person->key);
    }
    talk_say(
        person,
        "{\"op\":\"hello\",\"id\":\"%032llx\",\"event\":\"%s\",\"role\":\"%s\"%s}",
        (unsigned long long)++talk->next_id, talk->event, role, more);
}

static struct person *seat(struct talk *talk, const char *cookie, const char *role)
{
    struct person *person = talk_stranger(talk, cookie);
    greet(person, role, 0);
    cJSON_Delete(talk_hear(person, "welcome"));
    return person;
}

struct person *talk_participant(struct talk *talk, const char *code)
{
    char body[64];
    char cookie[256] = "";
    cJSON *answer = NULL;
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", code != NULL ? code : talk->event);
    int status = talk_post(talk, "/join", body, cookie, &answer);
    cr_assert_eq(
        status, 200, "join: %d %s", status, status != 200 ? text_of(answer, "err") : "");
    cJSON_Delete(answer);
    return seat(talk, cookie, "participant");
}

struct person *talk_moderator(struct talk *talk)
{
    char body[96];
    char cookie[256] = "";
    cJSON *answer = NULL;
    snprintf(body, sizeof body, "{\"link\":\"%s\"}", talk->link);
    int status = talk_post(talk, "/login", body, cookie, &answer);
    cr_assert_eq(status, 200, "login: %d", status);
    cJSON_Delete(answer);
    return seat(talk, cookie, "moderator");
}

struct person *talk_colleague(struct talk *talk)
{
    return talk_desk(talk, "moderator");
}

struct person *talk_desk(struct talk *talk, const char *role)
{
    char out[4096];
    const char *const args[] = {"event",  "link", "--event", talk->event,
                                "--role", role,   "--json",  NULL};
    cr_assert_eq(server_run(talk->server, args, true, out, sizeof out), 0, "%s", out);
    cJSON *made = cJSON_Parse(out);
    snprintf(talk->link, sizeof talk->link, "%s", text_of(made, "token"));
    cJSON_Delete(made);
    return talk_moderator(talk);
}

struct person *talk_stage(struct talk *talk)
{
    return seat(talk, "", "stage");
}

struct person *talk_wall(struct talk *talk, const char *key)
{
    struct person *wall = talk_stranger(talk, "");
    snprintf(wall->key, sizeof wall->key, "%s", key);
    greet(wall, "stage", 0);
    cJSON_Delete(talk_hear(wall, "welcome"));
    return wall;
}

void talk_return(struct person *person, const char *role, int64_t pos)
{
    struct talk *talk = person->talk;
    client_free(person->client);
    person->open = false;
    person->closed = 0;
    forget_heard(person);
    cr_assert_eq(
        client_open(
            talk->pool, person->cookie[0] != '\0' ? person->cookie : NULL, person,
            &person->client),
        ERR_OK);
    wait_open(person);
    greet(person, role, pos);
}

/* ---- speaking and listening ---- */

static void send_text(struct person *person, const char *text)
{
    cr_assert_eq(client_send(person->client, span_of_string(text)), ERR_OK);
}

void talk_say(struct person *person, const char *format, ...)
{
    char text[TEXT_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    send_text(person, text);
}

static cJSON *take_first(struct person *person)
{
    cJSON *first = person->heard[0];
    person->heard_count--;
    memmove(
        person->heard, person->heard + 1, person->heard_count * sizeof *person->heard);
    return first;
}

static bool has_text(const cJSON *message, const char *key, const char *value)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(message, key);
    return cJSON_IsString(member) && strcmp(member->valuestring, value) == 0;
}

/* The next message in which `key` is `value`, or any if that is NULL; others before it
 * are dropped. */
static cJSON *hear(struct person *person, const char *key, const char *value)
{
    int64_t until_ms = client_now_ms() + HEAR_MS;
    for (;;) {
        while (person->heard_count != 0) {
            cJSON *message = take_first(person);
            if (value == NULL || has_text(message, key, value)) {
                return message;
            }
            cJSON_Delete(message);
        }
        cr_assert_eq(
            person->closed, 0, "closed with %u while waiting for %s %s", person->closed,
            key, value != NULL ? value : "");
        cr_assert_lt(
            client_now_ms(), until_ms, "never heard %s %s", key,
            value != NULL ? value : "");
        cr_assert_eq(client_pool_run(person->talk->pool, 100), ERR_OK);
    }
}

cJSON *talk_hear(struct person *person, const char *op)
{
    return hear(person, "op", op);
}

cJSON *talk_hear_next(struct person *person)
{
    return hear(person, "op", NULL);
}

uint16_t talk_hear_close(struct person *person)
{
    int64_t until_ms = client_now_ms() + HEAR_MS;
    while (person->closed == 0) {
        cr_assert_lt(client_now_ms(), until_ms, "the line stays open");
        cr_assert_eq(client_pool_run(person->talk->pool, 100), ERR_OK);
    }
    return person->closed;
}

__attribute__((format(printf, 3, 0))) static cJSON *
ask(struct person *person, const char *op, const char *members, va_list args)
{
    char body[TEXT_BYTES];
    char id[33];
    vsnprintf(body, sizeof body, members, args);
    snprintf(id, sizeof id, "%032llx", (unsigned long long)++person->talk->next_id);
    talk_say(
        person, "{\"op\":\"%s\",\"id\":\"%s\"%s%s}", op, id, body[0] != '\0' ? "," : "",
        body);
    return hear(person, "id", id);
}

cJSON *talk_ask(struct person *person, const char *op, const char *members, ...)
{
    va_list args;
    va_start(args, members);
    cJSON *answer = ask(person, op, members, args);
    va_end(args);
    return answer;
}

long talk_do(
    struct person *person, const char *made, const char *op, const char *members, ...)
{
    va_list args;
    va_start(args, members);
    cJSON *answer = ask(person, op, members, args);
    va_end(args);
    cr_assert(
        has_text(answer, "op", "done") || has_text(answer, "op", "stored"),
        "%s was refused: %s", op, text_of(answer, "err"));
    long id = made != NULL ? strtol(text_of(answer, made), NULL, 10) : 0;
    cJSON_Delete(answer);
    return id;
}

const char *talk_refusal(struct person *person, const char *op, const char *members, ...)
{
    static char code[64];
    va_list args;
    va_start(args, members);
    cJSON *answer = ask(person, op, members, args);
    va_end(args);
    bool refused = has_text(answer, "op", "refused");
    snprintf(code, sizeof code, "%s", refused ? text_of(answer, "err") : "");
    cJSON_Delete(answer);
    return code;
}

/* ---- reading ---- */

const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    cr_assert(cJSON_IsString(member), "no text \"%s\"", key);
    return member->valuestring;
}

long number_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    cr_assert(cJSON_IsNumber(member), "no number \"%s\"", key);
    return (long)member->valuedouble;
}

/* ---- polls ---- */

long talk_open_poll(struct person *moderator, int count)
{
    char options[1024] = "";
    size_t bytes = 0;
    for (int i = 0; i < count; i++) {
        long idea = talk_do(
            moderator, "idea", "idea.submit",
            "\"title\":\"Idee %d\",\"text\":\"\",\"lang\":\"de\"", i + 1);
        bytes += (size_t)snprintf(
            options + bytes, sizeof options - bytes, "%s\"%ld\"", i != 0 ? "," : "",
            idea);
    }
    long poll = talk_do(
        moderator, "poll", "poll.create",
        "\"question\":\"Was zuerst?\",\"lang\":\"de\",\"form\":\"ranking\","
        "\"method\":\"irv\",\"seats\":1,\"ranks\":3,\"ties\":false,\"live\":false,"
        "\"publication\":\"ballots\",\"options\":[%s]",
        options);
    talk_do(moderator, NULL, "poll.open", "\"poll\":\"%ld\"", poll);
    return poll;
}

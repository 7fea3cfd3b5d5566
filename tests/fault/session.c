/* A session's folder, its server's life, and asking the server. */
#include "session_internal.h"

#include "app/app.h"
#include "app/control_socket.h"
#include "app/crowd.h"
#include "base/bounds.h"
#include "base/hex.h"
#include "trust/trust.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define ANSWER_MS   20000
#define END_MS      30000
#define TRIES       6
#define ROOM_BYTES  (256LL << 20)
#define ANSWER_ROOM (1 << 20)

/* ---- folders ---- */

/* These tests are about failures that are made, not about the disk's own time. */
static bool is_roomy(const char *folder)
{
    struct statvfs disk;
    return statvfs(folder, &disk) == 0 &&
           (int64_t)(disk.f_bavail * disk.f_frsize) > ROOM_BYTES;
}

static void take_folder(struct session *session)
{
    char folder[64];
    const char *root = is_roomy("/dev/shm") ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/stimmwerk-session-XXXXXX", root);
    if (mkdtemp(folder) == NULL) {
        die("no folder in %s", root);
    }
    serve_init(&session->serve, "stimmwerk", folder);
    session->serve.create = true;
    session->serve.run = app_main;
    snprintf(session->backup, sizeof session->backup, "%s/backup.db", folder);
}

void session_init(struct session *session)
{
    *session = (struct session){.next_id = 1};
    take_folder(session);
}

void session_fini(struct session *session)
{
    serve_fini(&session->serve);
}

void session_copy(const struct session *session, struct session *ret_copy)
{
    char out[16];
    *ret_copy = *session;
    take_folder(ret_copy);
    char from[160];
    snprintf(from, sizeof from, "%s/.", session->serve.folder);
    const char *argv[] = {"/bin/cp", "-a", from, ret_copy->serve.folder, NULL};
    if (child_run(argv, out, sizeof out) != 0) {
        die("%s can't be copied", from);
    }
}

/* ---- the server's life ---- */

bool session_is_gone(struct session *session)
{
    if (session->serve.child.pid != 0 &&
        child_ended(&session->serve.child, &session->code)) {
        session->over = true;
    }
    return session->serve.child.pid == 0;
}

static void give_up(struct session *session)
{
    session->over = true;
}

static void await_end(struct session *session)
{
    int64_t until_ms = client_now_ms() + END_MS;
    while (!session_is_gone(session)) {
        if (client_now_ms() > until_ms) {
            serve_show_log(&session->serve);
            child_end(&session->serve.child, SIGABRT);
            die("the server does not end");
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

static bool log_has(const struct session *session, const char *word)
{
    char line[1024];
    bool found = false;
    FILE *file = fopen(session->serve.log, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        found = found || strstr(line, word) != NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

/* An end that nobody has to be ashamed of. */
static void judge_end(const struct session *session)
{
    bool failed =
        session->code == EXIT_STORE_FAILED || (session->code == 1 && !session->listened);
    bool well = session->code == 0 || (failed && log_has(session, "error:"));
    if (!well || log_has(session, "Sanitizer") || log_has(session, "runtime error")) {
        serve_show_log(&session->serve);
        die("the server ended with %d", session->code);
    }
}

static void on_opened(void *ctx, struct client *client)
{
    (void)client;
    ((struct session_guest *)ctx)->open = true;
}

/* A request that could not be read for want of memory is refused without its id. */
static bool is_for(const cJSON *message, const char *id)
{
    const char *named = phone_text(message, "id");
    return strcmp(named, id) == 0 ||
           (named[0] == '\0' && strcmp(phone_text(message, "op"), "refused") == 0);
}

static void on_message(void *ctx, struct client *client, struct span text)
{
    struct session_guest *guest = ctx;
    (void)client;
    cJSON *message = cJSON_ParseWithLength((const char *)text.data, text.bytes);
    if (message == NULL) {
        die("not JSON: %.*s", (int)text.bytes, (const char *)text.data);
    }
    if (guest->waiting[0] != '\0' && guest->answer == NULL &&
        is_for(message, guest->waiting)) {
        guest->answer = message;
    } else {
        cJSON_Delete(message);
    }
}

static void on_closed(void *ctx, struct client *client, uint16_t code)
{
    (void)client;
    (void)code;
    ((struct session_guest *)ctx)->open = false;
}

bool session_begin(struct session *session)
{
    const struct client_handlers handlers = {
        .opened = on_opened, .message = on_message, .closed = on_closed};
    session->over = false;
    session->code = -1;
    snprintf(session->serve.listen, sizeof session->serve.listen, "127.0.0.1:0");
    session->listened = serve_try_start(&session->serve);
    if (!session->listened) {
        await_end(session);
        return false;
    }
    if (client_pool_new(session->serve.url, NULL, &handlers, &session->pool) != ERR_OK) {
        die("no pool");
    }
    return true;
}

static void hang_up(struct session_guest *guest)
{
    client_free(guest->client);
    cJSON_Delete(guest->answer);
    guest->client = NULL;
    guest->answer = NULL;
    guest->open = false;
}

void session_end(struct session *session)
{
    for (size_t i = 0; i < SESSION_GUESTS; i++) {
        hang_up(&session->guests[i]);
    }
    client_pool_free(session->pool);
    session->pool = NULL;
    if (session->serve.child.pid != 0) {
        kill(session->serve.child.pid, SIGTERM);
        await_end(session);
    }
    judge_end(session);
}

/* ---- asking ---- */

/* A refusal that says: not now. */
static bool is_want(const char *code)
{
    static const char *const wants[] = {"busy", "too-fast", "no-memory", "internal"};
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
        if (strcmp(code, wants[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void take_breath(struct session *session)
{
    session->refused++;
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
}

/* Until `*done`, the line or the server is gone. */
static bool wait_for(struct session *session, const bool *open, cJSON *const *answer)
{
    int64_t until_ms = client_now_ms() + ANSWER_MS;
    while (answer != NULL ? *answer == NULL : !*open) {
        if (client_now_ms() > until_ms) {
            serve_show_log(&session->serve);
            die("the server keeps silent");
        }
        if (client_pool_run(session->pool, 20) != ERR_OK) {
            die("the loop");
        }
        if ((answer != NULL && *answer == NULL && !*open) || session_is_gone(session)) {
            return answer != NULL && *answer != NULL;
        }
    }
    return true;
}

void session_new_id(struct session *session, char ret_id[UID_HEX + 1])
{
    snprintf(ret_id, UID_HEX + 1, "%032llx", (unsigned long long)session->next_id++);
}

/* One request on an open line; false: no answer came. */
static bool
exchange(struct session *session, struct session_guest *guest, const char *text)
{
    cJSON_Delete(guest->answer);
    guest->answer = NULL;
    return guest->open && client_send(guest->client, span_of_string(text)) == ERR_OK &&
           wait_for(session, &guest->open, &guest->answer);
}

static bool open_line(struct session *session, struct session_guest *guest)
{
    hang_up(guest);
    if (client_open(session->pool, guest->cookie, guest, &guest->client) != ERR_OK) {
        die("no client");
    }
    int64_t until_ms = client_now_ms() + ANSWER_MS / 10;
    while (!guest->open && !session_is_gone(session) && client_now_ms() < until_ms) {
        if (client_pool_run(session->pool, 20) != ERR_OK) {
            die("the loop");
        }
    }
    return guest->open;
}

static bool say_hello(struct session *session, struct session_guest *guest)
{
    char text[256];
    session_new_id(session, guest->waiting);
    snprintf(
        text, sizeof text,
        "{\"op\":\"hello\",\"id\":\"%s\",\"event\":\"%s\",\"role\":\"%s\"}",
        guest->waiting, session->event,
        guest == session->guests ? "moderator" : "participant");
    return exchange(session, guest, text);
}

/* Is this refused for want of something, or answered? Anything else is wrong. */
static bool is_answered(struct session *session, const cJSON *answer, const char *op)
{
    const char *code = phone_text(answer, "err");
    if (code[0] == '\0') {
        return true;
    }
    if (!is_want(code)) {
        serve_show_log(&session->serve);
        die("%s was refused: %s", op, code);
    }
    take_breath(session);
    return false;
}

bool session_return(struct session *session, size_t index)
{
    struct session_guest *guest = &session->guests[index];
    for (int i = 0; i < TRIES && !session_is_gone(session); i++) {
        if (open_line(session, guest) && say_hello(session, guest) &&
            is_answered(session, guest->answer, "hello")) {
            return true;
        }
    }
    give_up(session);
    return false;
}

bool session_ask(
    struct session *session, size_t index, const char *op, const char *id,
    const char *members, cJSON **ret_answer)
{
    struct session_guest *guest = &session->guests[index];
    char fresh[UID_HEX + 1];
    char text[2048];
    session_new_id(session, fresh);
    id = id != NULL ? id : fresh;
    snprintf(text, sizeof text, "{\"op\":\"%s\",\"id\":\"%s\"%s}", op, id, members);
    for (int i = 0; i < TRIES && !session->over && !session_is_gone(session); i++) {
        if (!guest->open && !session_return(session, index)) {
            return false;
        }
        snprintf(guest->waiting, sizeof guest->waiting, "%s", id);
        if (exchange(session, guest, text) && is_answered(session, guest->answer, op)) {
            if (ret_answer != NULL) {
                *ret_answer = guest->answer;
                guest->answer = NULL;
            }
            return true;
        }
    }
    give_up(session);
    return false;
}

bool session_make(
    struct session *session, size_t guest, const char *op, const char *members,
    const char *key, int64_t *ret_id)
{
    cJSON *answer = NULL;
    if (!session_ask(session, guest, op, NULL, members, &answer)) {
        return false;
    }
    *ret_id = strtoll(phone_text(answer, key), NULL, 10);
    cJSON_Delete(answer);
    if (*ret_id <= 0) {
        die("%s was done without a %s", op, key);
    }
    return true;
}

/* ---- HTTP, and the office ---- */

bool session_post(
    struct session *session, const char *path, const char *body, bool once,
    char cookie[256])
{
    for (int i = 0; i < TRIES && !session->over && !session_is_gone(session); i++) {
        struct client_reply reply = {0};
        if (client_http(session->pool, "POST", path, body, NULL, &reply) != ERR_OK) {
            if (once) {
                break;
            }
            continue;
        }
        cJSON *json = cJSON_Parse(reply.body);
        bool well = reply.status == 200 && reply.cookie[0] != '\0';
        if (json == NULL && reply.status != 503) {
            die("%s: status %d, and not JSON: \"%s\"", path, reply.status, reply.body);
        }
        bool used_up = once && i > 0 && json != NULL &&
                       strcmp(phone_text(json, "err"), "link-unknown") == 0;
        if (used_up) { /* by a request whose answer was lost */
            cJSON_Delete(json);
            free(reply.body);
            break;
        }
        bool answered = json != NULL && is_answered(session, json, path);
        if (answered && !well) {
            die("%s: status %d, and no cookie", path, reply.status);
        }
        snprintf(cookie, 256, "%s", answered ? reply.cookie : "");
        cJSON_Delete(json);
        free(reply.body);
        if (answered) {
            return true;
        }
    }
    give_up(session);
    return false;
}

static bool receive_line(int fd, char *out)
{
    size_t bytes = 0;
    while (bytes == 0 || out[bytes - 1] != '\n') {
        ssize_t got = bytes < ANSWER_ROOM - 1
                          ? recv(fd, out + bytes, ANSWER_ROOM - 1 - bytes, 0)
                          : 0;
        if (got <= 0) {
            return false;
        }
        bytes += (size_t)got;
    }
    out[bytes] = '\0';
    return true;
}

cJSON *session_ask_once(struct session *session, const char *request)
{
    static char out[ANSWER_ROOM];
    struct control_path path;
    int fd = -1;
    cJSON *answer = NULL;
    if (control_path_init(session->serve.store, &path) != ERR_OK ||
        control_connect(&path, &fd) != ERR_OK) {
        return NULL;
    }
    if (send(fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request) &&
        receive_line(fd, out)) {
        answer = cJSON_Parse(out);
        if (answer == NULL) {
            die("the office's answer is not JSON: %.200s", out);
        }
    }
    close(fd);
    control_path_fini(&path);
    return answer;
}

cJSON *session_office(struct session *session, const char *request)
{
    for (int i = 0; i < TRIES && !session->over && !session_is_gone(session); i++) {
        cJSON *answer = session_ask_once(session, request);
        if (answer != NULL && is_answered(session, answer, request)) {
            return answer;
        }
        cJSON_Delete(answer);
    }
    give_up(session);
    return NULL;
}

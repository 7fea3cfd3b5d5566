/* One phone: its line, its requests, and when to say what again. */
#include "app/crowd_internal.h"

#include "base/bounds.h"
#include "base/hex.h"
#include "base/vec.h"
#include "trust/trust.h"

#include <stdlib.h>

#define REQUEST_BYTES_MAX FRAME_BYTES_MAX

static void give_up(struct phone *phone, const char *why)
{
    bool told = phone->over;
    phone->over = true;
    if (!told && phone->setup.handlers->lost != NULL) {
        phone->setup.handlers->lost(phone->setup.ctx, phone, why);
    }
}

enum err
phone_new(struct crowd *crowd, const struct phone_setup *setup, struct phone **ret_phone)
{
    struct phone *phone = calloc(1, sizeof *phone);
    if (phone == NULL) {
        return ERR_NOMEM;
    }
    *phone = (struct phone){
        .crowd = crowd,
        .setup = *setup,
        .state = PHONE_COMING,
        .wait_ms = PHONE_REOPEN_MS_MIN,
        .gone_ms = client_now_ms(),
    };
    enum err err =
        client_open(crowd->pool, phone->setup.seat.cookie, phone, &phone->client);
    if (err != ERR_OK) {
        free(phone);
        return err;
    }
    phone->next = crowd->phones;
    if (phone->next != NULL) {
        phone->next->prev = phone;
    }
    crowd->phones = phone;
    *ret_phone = phone;
    return ERR_OK;
}

void phone_free(struct phone *phone)
{
    if (phone == NULL) {
        return;
    }
    if (phone->prev != NULL) {
        phone->prev->next = phone->next;
    } else {
        phone->crowd->phones = phone->next;
    }
    if (phone->next != NULL) {
        phone->next->prev = phone->prev;
    }
    client_free(phone->client);
    for (size_t i = 0; i < phone->request_count; i++) {
        buf_fini(&phone->requests[i].text);
    }
    free(phone->requests);
    free(phone);
}

bool phone_is_ready(const struct phone *phone)
{
    return phone->state == PHONE_READY;
}

size_t phone_waiting(const struct phone *phone)
{
    return phone->request_count;
}

/* The line is gone, or will not come: when to try again. */
static void go_away(struct phone *phone, int64_t wait_ms)
{
    int64_t now_ms = client_now_ms();
    phone->state = PHONE_AWAY;
    phone->gone_ms = phone->gone_ms != 0 ? phone->gone_ms : now_ms;
    phone->due_ms = now_ms + wait_ms;
    phone->wait_ms = phone->wait_ms * 2 < PHONE_REOPEN_MS_MAX ? phone->wait_ms * 2
                                                              : PHONE_REOPEN_MS_MAX;
}

void phone_cut(struct phone *phone)
{
    client_free(phone->client);
    phone->client = NULL;
    go_away(phone, 0);
}

static void send_request(struct phone *phone, struct phone_request *request)
{
    enum err err = client_send(phone->client, buf_span(&request->text));
    request->due_ms = err == ERR_OK ? 0 : client_now_ms() + PHONE_REOPEN_MS_MIN;
}

static void
write_request(struct buf *out, const struct uid *id, const char *op, struct span members)
{
    buf_init(out, REQUEST_BYTES_MAX);
    buf_printf(out, "{\"op\":\"%s\",\"id\":\"", op);
    buf_hex(out, id->bytes, UID_BYTES);
    buf_char(out, '"');
    buf_bytes(out, members.data, members.bytes);
    buf_char(out, '}');
}

enum err phone_ask_as(
    struct phone *phone, const struct uid *id, const char *op, struct span members)
{
    if (phone->request_count >= PHONE_REQUESTS_MAX) {
        return ERR_BUSY;
    }
    void *items = phone->requests;
    enum err err = vec_reserve(
        &items, &phone->request_capacity, phone->request_count + 1,
        sizeof *phone->requests, PHONE_REQUESTS_MAX);
    phone->requests = items;
    if (err != ERR_OK) {
        return err;
    }
    struct phone_request *request = &phone->requests[phone->request_count];
    *request = (struct phone_request){.id = *id};
    write_request(&request->text, id, op, members);
    if (buf_failed(&request->text)) {
        buf_fini(&request->text);
        return ERR_NOMEM;
    }
    phone->request_count++;
    if (phone->state == PHONE_READY) {
        send_request(phone, request);
    }
    return ERR_OK;
}

enum err
phone_ask(struct phone *phone, const char *op, struct span members, struct uid *ret_id)
{
    struct uid id;
    trust_random_uid(&id);
    enum err err = phone_ask_as(phone, &id, op, members);
    if (err == ERR_OK) {
        *ret_id = id;
    }
    return err;
}

enum err phone_cast(
    struct phone *phone, int64_t poll, int64_t counter, struct span ballot,
    struct uid *ret_id, struct hash *ret_proof)
{
    struct uid nonce;
    struct hash lock;
    struct buf members;
    buf_init(&members, FRAME_CAST_BYTES_MAX);
    trust_random_uid(&nonce);
    trust_random(lock.bytes, HASH_BYTES);
    buf_printf(&members, ",\"poll\":\"%lld\"", (long long)poll);
    buf_printf(&members, ",\"counter\":%lld,\"ballot\":", (long long)counter);
    buf_bytes(&members, ballot.data, ballot.bytes);
    buf_text(&members, ",\"nonce\":\"");
    buf_hex(&members, nonce.bytes, UID_BYTES);
    buf_text(&members, "\",\"lock\":\"");
    buf_hex(&members, lock.bytes, HASH_BYTES);
    buf_char(&members, '"');
    enum err err = buf_failed(&members)
                       ? ERR_TOO_LARGE
                       : phone_ask(phone, "cast", buf_span(&members), ret_id);
    buf_fini(&members);
    if (err == ERR_OK) {
        trust_proof(poll, &lock, &nonce, ballot, ret_proof);
    }

    return err;
}

bool phone_proof_matches(const cJSON *stored, const struct hash *proof)
{
    char hex[HASH_HEX + 1];
    hex_encode(proof->bytes, HASH_BYTES, hex);
    return strcmp(phone_text(stored, "proof"), hex) == 0;
}

const char *phone_text(const cJSON *object, const char *key)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text != NULL ? text : "";
}

static void send_hello(struct phone *phone)
{
    char id[UID_HEX + 1];
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    trust_random_uid(&phone->hello);
    hex_encode(phone->hello.bytes, UID_BYTES, id);
    buf_printf(&text, "{\"op\":\"hello\",\"id\":\"%s\",\"event\":", id);
    buf_json_string(&text, span_of_string(phone->setup.seat.event));
    buf_printf(&text, ",\"role\":\"%s\"}", phone->setup.role);
    enum err err =
        buf_failed(&text) ? ERR_NOMEM : client_send(phone->client, buf_span(&text));
    phone->due_ms = err == ERR_OK ? 0 : client_now_ms() + PHONE_REOPEN_MS_MIN;
    buf_fini(&text);
}

void phone_on_opened(void *ctx, struct client *client)
{
    struct phone *phone = ctx;
    (void)client;
    phone->state = PHONE_GREETING;
    phone->heard_ms = client_now_ms();
    phone->pinged_ms = phone->heard_ms;
    send_hello(phone);
}

void phone_on_closed(void *ctx, struct client *client, uint16_t code)
{
    struct phone *phone = ctx;
    (void)client;
    bool refused = code >= 400 && code < 500;
    if (refused || phone->unwanted) {
        char why[32];
        snprintf(why, sizeof why, refused ? "http-%u" : "closed-%u", (unsigned)code);
        give_up(phone, why);
        return;
    }
    go_away(phone, phone->wait_ms);
}

static void on_welcome(struct phone *phone, const cJSON *message)
{
    phone->state = PHONE_READY;
    phone->wait_ms = PHONE_REOPEN_MS_MIN;
    phone->gone_ms = 0;
    for (size_t i = 0; i < phone->request_count; i++) {
        send_request(phone, &phone->requests[i]);
    }
    if (phone->setup.handlers->ready != NULL) {
        phone->setup.handlers->ready(phone->setup.ctx, phone, message);
    }
}

static struct phone_request *find_request(struct phone *phone, const struct uid *id)
{
    for (size_t i = 0; i < phone->request_count; i++) {
        if (uid_equal(&phone->requests[i].id, id)) {
            return &phone->requests[i];
        }
    }
    return NULL;
}

static void drop_request(struct phone *phone, struct phone_request *request)
{
    buf_fini(&request->text);
    size_t after = phone->request_count - 1 - (size_t)(request - phone->requests);
    memmove(request, request + 1, after * sizeof *request);
    phone->request_count--;
}

static void on_answer(struct phone *phone, const cJSON *message, bool refused)
{
    struct uid id;
    const char *hex = phone_text(message, "id");
    const cJSON *retry = cJSON_GetObjectItemCaseSensitive(message, "retry_ms");
    int64_t due_ms = client_now_ms() + (cJSON_IsNumber(retry) ? retry->valueint : 0);
    if (hex_decode(hex, strlen(hex), id.bytes, UID_BYTES) != ERR_OK) {
        return;
    }
    bool later = refused && cJSON_IsNumber(retry);
    struct phone_request *request = find_request(phone, &id);
    if (uid_equal(&id, &phone->hello) && later) {
        phone->due_ms = due_ms;
    } else if (uid_equal(&id, &phone->hello)) {
        give_up(phone, phone_text(message, "err"));
    } else if (request != NULL && later) {
        request->due_ms = due_ms;
    } else if (request != NULL) {
        drop_request(phone, request);
        const char *refusal = refused ? phone_text(message, "err") : NULL;
        struct phone_answer answer = {id, refusal, message};
        if (phone->setup.handlers->answered != NULL) {
            phone->setup.handlers->answered(phone->setup.ctx, phone, &answer);
        }
    }
}

static void on_bye(struct phone *phone, const cJSON *message)
{
    const cJSON *retry = cJSON_GetObjectItemCaseSensitive(message, "retry_ms");
    phone->unwanted = !cJSON_IsNumber(retry);
    if (!phone->unwanted && retry->valueint > phone->wait_ms) {
        phone->wait_ms = retry->valueint;
    }
}

enum kind { KIND_WELCOME, KIND_DONE, KIND_STORED, KIND_REFUSED, KIND_BYE, KIND_OTHER };

static enum kind kind_of(struct span text)
{
    static const char *const starts[] = {
        [KIND_WELCOME] = "{\"op\":\"welcome\"", [KIND_DONE] = "{\"op\":\"done\"",
        [KIND_STORED] = "{\"op\":\"stored\"",   [KIND_REFUSED] = "{\"op\":\"refused\"",
        [KIND_BYE] = "{\"op\":\"bye\"",
    };
    for (size_t i = 0; i < KIND_OTHER; i++) {
        size_t bytes = strlen(starts[i]);
        if (text.bytes >= bytes && memcmp(text.data, starts[i], bytes) == 0) {
            return (enum kind)i;
        }
    }
    return KIND_OTHER;
}

static void take(struct phone *phone, enum kind kind, const cJSON *message)
{
    switch (kind) {
    case KIND_WELCOME:
        on_welcome(phone, message);
        break;
    case KIND_DONE:
    case KIND_STORED:
        on_answer(phone, message, false);
        break;
    case KIND_REFUSED:
        on_answer(phone, message, true);
        break;
    case KIND_BYE:
        on_bye(phone, message);
        break;
    case KIND_OTHER:
        phone->setup.handlers->pushed(phone->setup.ctx, phone, message);
        break;
    }
}

void phone_on_message(void *ctx, struct client *client, struct span text)
{
    struct phone *phone = ctx;
    (void)client;
    enum kind kind = kind_of(text);
    phone->heard_ms = client_now_ms();
    if (kind == KIND_OTHER && phone->setup.handlers->pushed == NULL) {
        return;
    }
    cJSON *message = cJSON_ParseWithLength((const char *)text.data, text.bytes);
    if (message != NULL) {
        take(phone, kind, message);
    }
    cJSON_Delete(message);
}

static void come_back(struct phone *phone)
{
    phone->state = PHONE_COMING;
    if (phone->client != NULL) {
        client_reopen(phone->client);
        return;
    }
    enum err err =
        client_open(phone->crowd->pool, phone->setup.seat.cookie, phone, &phone->client);
    if (err != ERR_OK) {
        phone->client = NULL;
        go_away(phone, phone->wait_ms);
    }
}

static void send_due(struct phone *phone, int64_t now_ms)
{
    static const char ping[] = "{\"op\":\"ping\"}";
    for (size_t i = 0; i < phone->request_count; i++) {
        struct phone_request *request = &phone->requests[i];
        if (request->due_ms != 0 && request->due_ms <= now_ms) {
            send_request(phone, request);
        }
    }
    if (now_ms - phone->pinged_ms >= HEARTBEAT_MS) {
        phone->pinged_ms = now_ms;
        (void)!client_send(phone->client, span_of(ping, sizeof ping - 1));
    }
}

void phone_tick(struct phone *phone, int64_t now_ms)
{
    if (phone->over) {
        return;
    }
    bool away = phone->state == PHONE_AWAY;
    if (phone->gone_ms != 0 && now_ms - phone->gone_ms > phone->crowd->patience_ms) {
        give_up(phone, "no-line");
    } else if (away && phone->due_ms <= now_ms) {
        come_back(phone);
    } else if (
        !away && phone->state != PHONE_COMING &&
        now_ms - phone->heard_ms > HEARTBEAT_DEAD_MS) {
        phone_cut(phone);
    } else if (
        phone->state == PHONE_GREETING && phone->due_ms != 0 && phone->due_ms <= now_ms) {
        send_hello(phone);
    } else if (phone->state == PHONE_READY) {
        send_due(phone, now_ms);
    }
}

#include "base/bounds.h"
#include "domain/access.h"
#include "golden.h"
#include "random.h"
#include "wire/ops.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct buf encode(const struct request *request)
{
    struct buf frame;
    buf_init(&frame, FRAME_BYTES_MAX);
    wire_encode_request(&frame, request);
    cr_assert(!buf_failed(&frame));
    return frame;
}

/* ---- golden ---- */

static void expect_taken(
    const char *name, struct span frame, const cJSON *expect,
    const struct request *request)
{
    const cJSON *op = cJSON_GetObjectItemCaseSensitive(expect, "op");
    cr_assert_str_eq(wire_op_code(request->op), op->valuestring, "%s", name);
    const cJSON *canonical = cJSON_GetObjectItemCaseSensitive(expect, "canonical");
    struct buf again = encode(request);
    struct span wanted =
        canonical != NULL ? span_of_string(canonical->valuestring) : frame;
    cr_assert(
        span_equal(buf_span(&again), wanted), "%s:\n%s\n%s", name, (char *)again.data,
        (const char *)wanted.data);
    buf_fini(&again);
}

static void expect_refused(
    const char *name, enum err err, const cJSON *expect, const struct wire_fault *fault)
{
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(expect, "err");
    cr_assert_not_null(code, "%s: refused with %s", name, err_code(err));
    cr_assert_str_eq(err_code(err), code->valuestring, "%s", name);
    const cJSON *key = cJSON_GetObjectItemCaseSensitive(expect, "key");
    cr_assert_str_eq(fault->key, key != NULL ? key->valuestring : "", "%s", name);
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(expect, "id");
    cr_assert_eq(fault->has_id, cJSON_IsTrue(id) != 0, "%s", name);
}

static void run_case(void *ctx, const char *name, struct span frame, const cJSON *expect)
{
    size_t *counts = ctx;
    struct request request;
    struct wire_fault fault;
    enum err err = wire_decode_request(frame, &request, &fault);
    if (err != ERR_OK) {
        expect_refused(name, err, expect, &fault);
        counts[1]++;
        return;
    }
    cr_assert_not_null(
        cJSON_GetObjectItemCaseSensitive(expect, "op"), "%s: was not refused", name);
    expect_taken(name, frame, expect, &request);
    counts[0]++;
}

Test(request, golden_frames_are_taken_or_refused_as_written)
{
    size_t counts[2] = {0, 0};
    size_t all = golden_requests(run_case, counts);
    cr_assert_eq(counts[0] + counts[1], all);
    cr_assert_geq(counts[0], 50);
    cr_assert_geq(counts[1], 100);
}

static void mark_op(void *ctx, const char *name, struct span frame, const cJSON *expect)
{
    (void)name;
    bool(*seen)[OP_COUNT] = ctx;
    struct request request;
    struct wire_fault fault;
    (void)expect;
    if (wire_decode_request(frame, &request, &fault) == ERR_OK) {
        (*seen)[request.op] = true;
    }
}

Test(request, golden_frames_show_every_op)
{
    bool seen[OP_COUNT] = {false};
    (void)golden_requests(mark_op, &seen);
    for (int op = 0; op < OP_COUNT; op++) {
        cr_assert(seen[op], "%s", wire_op_code((enum op)op));
    }
}

/* ---- properties ---- */

Test(request, what_is_encoded_decodes_to_itself)
{
    struct random random = {20261123};
    static struct request request;
    static struct request again;
    for (int round = 0; round < 100; round++) {
        for (int op = 0; op < OP_COUNT; op++) {
            random_request(&random, (enum op)op, &request);
            struct buf frame = encode(&request);
            struct wire_fault fault;
            memset(&again, 0xff, sizeof again);
            enum err err = wire_decode_request(buf_span(&frame), &again, &fault);
            cr_assert_eq(err, ERR_OK, "%s: %s", err_code(err), (char *)frame.data);
            struct buf twice = encode(&again);
            cr_assert(span_equal(buf_span(&frame), buf_span(&twice)));
            buf_fini(&twice);
            buf_fini(&frame);
        }
    }
}

/* Compared by value: a union's other members are zero on both sides. */
Test(request, decoding_fills_every_field_and_zeroes_the_rest)
{
    struct random random = {77};
    static struct request request;
    static struct request again;
    struct wire_fault fault;
    random_request(&random, OP_CAST, &request);
    struct buf frame = encode(&request);
    cr_assert_eq(wire_decode_request(buf_span(&frame), &again, &fault), ERR_OK);
    cr_assert(uid_equal(&again.id, &request.id));
    cr_assert(uid_equal(&again.as.cast.cast.id, &request.id));
    cr_assert(uid_is_zero(&again.as.cast.cast.slot));
    cr_assert_eq(again.as.cast.cast.epoch, 0);
    cr_assert_eq(again.as.cast.cast.counter, request.as.cast.cast.counter);
    cr_assert(same_bytes(
        &again.as.cast.cast.ballot, &request.as.cast.cast.ballot, sizeof(struct ballot)));
    buf_fini(&frame);
}

/* In exact memory, so that the sanitizer sees a byte too far. */
static enum err decode_exact(struct span frame, struct request *ret_request)
{
    struct wire_fault fault;
    uint8_t *exact = malloc(frame.bytes > 0 ? frame.bytes : 1);
    memcpy(exact, frame.data, frame.bytes);
    enum err err = wire_decode_request(span_of(exact, frame.bytes), ret_request, &fault);
    free(exact);
    return err;
}

static void
try_every_prefix(void *ctx, const char *name, struct span frame, const cJSON *expect)
{
    (void)ctx;
    static struct request request;
    if (cJSON_GetObjectItemCaseSensitive(expect, "op") == NULL) {
        return;
    }
    size_t end = frame.bytes;
    while (strchr(" \r\n", frame.data[end - 1]) != NULL) {
        end--;
    }
    for (size_t n = 0; n < end && n < 1500; n++) {
        cr_assert_neq(decode_exact(span_of(frame.data, n), &request), ERR_OK, "%s", name);
    }
}

Test(request, no_frame_cut_short_is_taken)
{
    cr_assert_gt(golden_requests(try_every_prefix, NULL), 0);
}

/* A changed byte may make another honest message; it then reads back as what it says. */
static void mutate(struct random *random, struct buf *frame)
{
    static struct request request;
    for (size_t i = 0; i < frame->bytes && i < 600; i++) {
        uint8_t old = frame->data[i];
        random_bytes(random, &frame->data[i], 1);
        if (decode_exact(buf_span(frame), &request) == ERR_OK) {
            struct buf canonical = encode(&request);
            static struct request again;
            cr_assert_eq(decode_exact(buf_span(&canonical), &again), ERR_OK);
            struct buf twice = encode(&again);
            cr_assert(span_equal(buf_span(&canonical), buf_span(&twice)));
            buf_fini(&twice);
            buf_fini(&canonical);
        }
        frame->data[i] = old;
    }
}

Test(request, a_changed_byte_is_refused_or_means_what_it_says)
{
    struct random random = {4711};
    static struct request request;
    for (int op = 0; op < OP_COUNT; op++) {
        random_request(&random, (enum op)op, &request);
        struct buf frame = encode(&request);
        mutate(&random, &frame);
        buf_fini(&frame);
    }
}

Test(request, noise_is_refused)
{
    struct random random = {99};
    static struct request request;
    uint8_t noise[300];
    for (int round = 0; round < 5000; round++) {
        size_t n = (size_t)random_below(&random, sizeof noise);
        random_bytes(&random, noise, n);
        cr_assert_neq(decode_exact(span_of(noise, n), &request), ERR_OK);
    }
}

Test(request, a_refusal_leaves_the_request_alone)
{
    static struct request request;
    memset(&request, 0x5a, sizeof request);
    struct wire_fault fault;
    struct span frame = span_of_string("{\"op\":\"call\",\"open\":true}");
    cr_assert_eq(wire_decode_request(frame, &request, &fault), ERR_MISSING_KEY);
    cr_assert_eq(((unsigned char *)&request)[0], 0x5a);
    cr_assert_eq(((unsigned char *)&request)[sizeof request - 1], 0x5a);
}

Test(request, a_success_leaves_the_fault_alone)
{
    static struct request request;
    struct wire_fault fault = {.key = "untouched"};
    struct span frame = span_of_string("{\"op\":\"ping\"}");
    cr_assert_eq(wire_decode_request(frame, &request, &fault), ERR_OK);
    cr_assert_str_eq(fault.key, "untouched");
}

Test(request, each_op_has_its_own_size)
{
    static struct request request;
    struct wire_fault fault;
    struct buf frame;
    buf_init(&frame, FRAME_BYTES_MAX + 1);
    for (int op = 0; op < OP_COUNT; op++) {
        size_t bytes_max = op_row((enum op)op)->bytes_max;
        buf_clear(&frame);
        buf_printf(&frame, "{\"op\":\"%s\"}", wire_op_code((enum op)op));
        while (frame.bytes < bytes_max) {
            buf_char(&frame, ' ');
        }
        cr_assert_neq(
            wire_decode_request(buf_span(&frame), &request, &fault), ERR_TOO_LARGE);
        buf_char(&frame, ' ');
        cr_assert_eq(
            wire_decode_request(buf_span(&frame), &request, &fault), ERR_TOO_LARGE);
    }
    buf_fini(&frame);
}

/* ---- roles ---- */

Test(request, anybody_may_say_hello_and_ping_and_nothing_else)
{
    for (int op = 0; op < OP_COUNT; op++) {
        bool greets = op == OP_HELLO || op == OP_PING;
        cr_assert_eq(wire_op_allowed((enum op)op, ROLE_NONE), greets);
        cr_assert_eq(wire_op_allowed((enum op)op, ROLE_STAGE), greets);
        cr_assert_eq(wire_op_allowed((enum op)op, ROLE_OFFICE), greets);
    }
}

Test(request, only_participants_cast_and_only_moderators_run_polls)
{
    cr_assert(wire_op_allowed(OP_CAST, ROLE_PARTICIPANT));
    cr_assert(!wire_op_allowed(OP_CAST, ROLE_MODERATOR));
    cr_assert(wire_op_allowed(OP_IDEA_SUBMIT, ROLE_PARTICIPANT));
    cr_assert(wire_op_allowed(OP_IDEA_SUBMIT, ROLE_MODERATOR));
    cr_assert(wire_op_allowed(OP_IDEA_WITHDRAW, ROLE_PARTICIPANT));
    cr_assert(!wire_op_allowed(OP_IDEA_WITHDRAW, ROLE_MODERATOR));
    for (int op = OP_IDEA_RELEASE; op < OP_COUNT; op++) {
        bool links = op == OP_DESK_INVITE || op == OP_DESK_REVOKE;
        cr_assert_neq(wire_op_allowed((enum op)op, ROLE_MODERATOR), links);
        cr_assert(wire_op_allowed((enum op)op, ROLE_OWNER));
        cr_assert(!wire_op_allowed((enum op)op, ROLE_PARTICIPANT));
    }
}

/* The kind of entry that a request becomes. */
static enum entry_kind kind_of(enum op op)
{
    static const struct {
        enum op op;
        enum entry_kind kind;
    } others[] = {
        {OP_BEGIN, ENTRY_CAST},
        {OP_POLL_COUNTDOWN, ENTRY_POLL_CLOSE},
        {OP_NICK, ENTRY_PERSON_NICK},
        {OP_GROUP, ENTRY_PERSON_GROUP},
        {OP_SETTINGS, ENTRY_EVENT_SET},
        {OP_CALL, ENTRY_EVENT_CALL},
        {OP_WORDS, ENTRY_EVENT_WORDS},
        {OP_WIFI, ENTRY_EVENT_WIFI},
        {OP_REPORT, ENTRY_IDEA_REPORT},
        {OP_SUPPORT, ENTRY_IDEA_SUPPORT},
        {OP_TICKET, ENTRY_TICKET_VOID}, /* who may void it looks at it before */
        {OP_REHEARSE, ENTRY_POLL_OPEN}, /* who will open the real one */
        {OP_REHEARSE_STOP, ENTRY_POLL_OPEN},
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i].op == op) {
            return others[i].kind;
        }
    }
    for (unsigned kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        if (strcmp(entry_kind_code(kind), wire_op_code(op)) == 0) {
            return kind;
        }
    }
    return ENTRY_KIND_COUNT;
}

Test(request, messages_def_gives_each_role_what_the_access_table_does)
{
    static const enum role roles[] = {ROLE_PARTICIPANT, ROLE_OWNER,   ROLE_MODERATOR,
                                      ROLE_HELPER,      ROLE_AUDITOR, ROLE_STAGE};

    for (int op = OP_PING + 1; op < OP_COUNT; op++) {
        enum entry_kind kind = kind_of((enum op)op);
        cr_assert_lt(kind, ENTRY_KIND_COUNT, "%s", wire_op_code((enum op)op));
        for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
            cr_expect_eq(
                wire_op_allowed((enum op)op, roles[i]),
                access_check(roles[i], kind) == ERR_OK, "%s as %s",
                wire_op_code((enum op)op), role_name(roles[i]));
        }
    }
}

/* ---- POST bodies ---- */

static enum err single(const char *body, char *ret_value)
{
    return wire_decode_single(span_of_string(body), "code", ret_value, 8);
}

Test(single, takes_one_string_under_its_key)
{
    char value[8];
    cr_assert_eq(single("{\"code\":\"abc 123\"}", value), ERR_OK);
    cr_assert_str_eq(value, "abc 123");
    cr_assert_eq(single(" { \"code\" : \"\" } ", value), ERR_OK);
    cr_assert_str_eq(value, "");
}

Test(single, refuses_everything_else_and_leaves_the_output_alone)
{
    char value[8] = "before";
    cr_assert_eq(single("{}", value), ERR_MISSING_KEY);
    cr_assert_eq(single("{\"link\":\"a\"}", value), ERR_UNKNOWN_KEY);
    cr_assert_eq(single("{\"code\":\"a\",\"link\":\"a\"}", value), ERR_UNKNOWN_KEY);
    cr_assert_eq(single("{\"code\":\"a\",\"code\":\"a\"}", value), ERR_DUPLICATE_KEY);
    cr_assert_eq(single("{\"code\":7}", value), ERR_BAD_VALUE);
    cr_assert_eq(single("{\"code\":\"12345678\"}", value), ERR_TEXT_TOO_LONG);
    cr_assert_eq(single("[\"code\"]", value), ERR_NOT_JSON);
    cr_assert_eq(single("", value), ERR_NOT_JSON);
    cr_assert_eq(single("{\"code\":\"\xff\"}", value), ERR_BAD_UTF8);
    cr_assert_eq(single("{\"code\":[[[[[[[[]]]]]]]]}", value), ERR_TOO_DEEP);
    cr_assert_str_eq(value, "before");
}

Test(single, refuses_a_body_that_is_too_large)
{
    char value[8];
    struct buf body;
    buf_init(&body, 1 << 16);
    buf_text(&body, "{\"code\":\"a\"}");
    while (body.bytes < POST_BYTES_MAX) {
        buf_char(&body, ' ');
    }
    cr_assert_eq(wire_decode_single(buf_span(&body), "code", value, 8), ERR_OK);
    buf_char(&body, ' ');
    cr_assert_eq(wire_decode_single(buf_span(&body), "code", value, 8), ERR_TOO_LARGE);
    buf_fini(&body);
}

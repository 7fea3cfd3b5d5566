/* Casts have a reader of their own, and must come out as the general one has them. That
 * one reads whatever stands behind a fence in a row, and a frame that begins with a
 * space.
 */
#include "base/bounds.h"
#include "random.h"
#include "wire/cast_read.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW_BYTES 65536
#define CASTS_MAX 4

/* In exact memory, so that the sanitizer sees a byte too far. */
static uint8_t *exact_copy(struct span text)
{
    uint8_t *copy = malloc(text.bytes > 0 ? text.bytes : 1);
    memcpy(copy, text.data, text.bytes);
    return copy;
}

/* ---- rows of the log ---- */

static const char fence[] = "{\"v\":1,\"k\":\"fence\",\"open\":true}";

struct row {
    enum err err;
    size_t count;
    struct entry entries[CASTS_MAX];
};

static enum err keep(void *ctx, const struct entry *entry)
{
    struct row *row = ctx;
    if (entry->kind == ENTRY_CAST) {
        cr_assert_lt(row->count, CASTS_MAX);
        struct entry *kept = &row->entries[row->count++];
        memset(kept, 0, sizeof *kept);
        memcpy(kept, entry, offsetof(struct entry, as.cast));
        cast_copy(&kept->as.cast, &entry->as.cast);
    }
    return ERR_OK;
}

static void decode_row(struct span body, struct row *row)
{
    uint8_t *exact = exact_copy(body);
    row->count = 0;
    row->err = wire_decode_batch(span_of(exact, body.bytes), keep, row);
    free(exact);
}

/* Both readers say the same of what stands between the row's brackets. */
static void expect_same_row(struct span inside, struct row *ret_row)
{
    static struct row general;
    struct buf body;
    buf_init(&body, ROW_BYTES);
    buf_char(&body, '[');
    buf_bytes(&body, inside.data, inside.bytes);
    decode_row(buf_span(&body), ret_row);
    buf_clear(&body);
    buf_printf(&body, "[%s,", fence);
    buf_bytes(&body, inside.data, inside.bytes);
    decode_row(buf_span(&body), &general);
    cr_assert_eq(ret_row->err, general.err, "%s", (char *)body.data);
    cr_assert_eq(ret_row->count, general.count, "%s", (char *)body.data);
    cr_assert(
        same_bytes(
            ret_row->entries, general.entries, general.count * sizeof *general.entries),
        "%s", (char *)body.data);
    buf_fini(&body);
}

/* A cast and the bracket behind it. */
static void write_cast(struct random *random, struct buf *out, struct entry *entry)
{
    random_entry(random, ENTRY_CAST, entry);
    buf_clear(out);
    wire_encode_entry(out, entry);
    buf_char(out, ']');
}

Test(cast_read, takes_every_cast_of_the_log_as_it_was)
{
    struct random random = {11};
    static struct entry entry;
    static struct entry read;
    static struct row row;
    struct buf text;
    buf_init(&text, ROW_BYTES);
    for (int round = 0; round < 1000; round++) {
        write_cast(&random, &text, &entry);
        uint8_t *exact = exact_copy(span_of(text.data, text.bytes - 1));
        memset(&read, 0, sizeof read);
        size_t bytes = cast_read_entry(span_of(exact, text.bytes - 1), &read);
        free(exact);
        cr_assert_eq(bytes, text.bytes - 1, "%s", (char *)text.data);
        cr_assert(same_bytes(&read, &entry, sizeof read), "%s", (char *)text.data);
        expect_same_row(buf_span(&text), &row);
        cr_assert_eq(row.count, 1);
    }
    buf_fini(&text);
}

/* Bytes that mean something where they stand, and any other. */
static uint8_t other_byte(struct random *random)
{
    static const char near[] = "\"\"[]{},,:0129aAfFgG-+.eE \\un";
    uint8_t any;
    random_bytes(random, &any, 1);
    return any % 4 == 0 ? any : (uint8_t)near[any % (sizeof near - 1)];
}

/* One byte changed, left out or put in. */
static void damage(struct random *random, struct buf *text, struct span from, size_t at)
{
    int64_t how = random_below(random, 4);
    buf_clear(text);
    buf_bytes(text, from.data, at);
    if (how != 0) {
        buf_char(text, (char)other_byte(random));
    }
    size_t rest = how == 1 ? at : at + 1;
    buf_bytes(text, from.data + rest, from.bytes - rest);
}

Test(cast_read, says_of_a_damaged_row_what_the_general_reader_says)
{
    struct random random = {12};
    static struct entry entry;
    static struct row row;
    struct buf text;
    struct buf damaged;
    buf_init(&text, ROW_BYTES);
    buf_init(&damaged, ROW_BYTES);
    for (int round = 0; round < 40; round++) {
        write_cast(&random, &text, &entry);
        for (size_t at = 0; at < text.bytes && at < 600; at++) {
            damage(&random, &damaged, buf_span(&text), at);
            expect_same_row(buf_span(&damaged), &row);
        }
    }
    buf_fini(&damaged);
    buf_fini(&text);
}

Test(cast_read, says_of_a_row_cut_short_what_the_general_reader_says)
{
    struct random random = {13};
    static struct entry entry;
    static struct row row;
    struct buf text;
    buf_init(&text, ROW_BYTES);
    for (int round = 0; round < 30; round++) {
        write_cast(&random, &text, &entry);
        for (size_t bytes = 1; bytes < text.bytes; bytes++) {
            expect_same_row(span_of(text.data, bytes), &row);
            cr_assert_eq(row.err, ERR_DAMAGED);
        }
    }
    buf_fini(&text);
}

Test(cast_read, a_row_goes_on_behind_what_it_leaves_to_the_general_reader)
{
    struct random random = {14};
    static struct entry first;
    static struct entry last;
    static struct row row;
    struct buf text;
    buf_init(&text, ROW_BYTES);
    random_entry(&random, ENTRY_CAST, &first);
    random_entry(&random, ENTRY_CAST, &last);
    wire_encode_entry(&text, &first);
    buf_printf(&text, ",%s,", fence);
    wire_encode_entry(&text, &last);
    buf_char(&text, ']');
    expect_same_row(buf_span(&text), &row);
    cr_assert_eq(row.err, ERR_OK);
    cr_assert_eq(row.count, 2);
    cr_assert(same_bytes(&row.entries[0], &first, sizeof first));
    cr_assert(same_bytes(&row.entries[1], &last, sizeof last));
    buf_fini(&text);
}

#define CAST_UNTIL_BALLOT                                                                \
    "{\"v\":1,\"k\":\"cast\",\"slot\":\"00000000000000000000000000000001\",\"id\":"      \
    "\"00000000000000000000000000000002\",\"epoch\":1,\"counter\":1,\"ballot\":"
#define SECRETS                                                                          \
    ",\"nonce\":\"00000000000000000000000000000003\",\"lock\":"                          \
    "\"0000000000000000000000000000000000000000000000000000000000000004\"}"

Test(cast_read, leaves_what_is_not_in_order_to_the_general_reader)
{
    static const char *const ballots[] = {
        "{\"ranking\":[[\"2\",\"1\"]]}",
        "{\"ranking\":[[\"1\",\"1\"]]}",
        "{\"ranking\":[[\"1\"],[\"1\"]]}",
        "{\"ranking\":[[]]}",
        "{\"approval\":[\"2\",\"1\"]}",
        "{\"approval\":[\"1\",\"1\"]}",
        "{\"approval\":[]}",
        "{\"answer\":\"abstain\"}",
        "{\"answer\":\"maybe\"}",
        "{\"answer\":\"yes\",\"answer\":\"yes\"}",
        "{\"score\":[[\"2\",1],[\"1\",1]]}",
        "{\"score\":[[\"1\",1],[\"1\",0]]}",
        "{\"score\":[[\"1\",65536]]}",
        "{\"dots\":[[\"1\",0]]}",
        "{\"dots\":[[\"0\",1]]}",
        "{\"dots\":[[\"01\",1]]}",
        "{\"dots\":[[\"1\",01]]}",
        "{\"dots\":[[\"9007199254740992\",1]]}",
        "{\"dots\":[[\"9007199254740993\",1]]}",
    };
    static struct row row;
    char text[1024];
    for (size_t i = 0; i < sizeof ballots / sizeof *ballots; i++) {
        snprintf(text, sizeof text, "%s%s%s]", CAST_UNTIL_BALLOT, ballots[i], SECRETS);
        expect_same_row(span_of_string(text), &row);
    }
}

/* ---- frames ---- */

struct answer {
    enum err err;
    struct wire_fault fault;
    struct request request;
};

static void decode_frame(struct span frame, struct answer *answer)
{
    uint8_t *exact = exact_copy(frame);
    memset(answer, 0, sizeof *answer);
    answer->err = wire_decode_request(
        span_of(exact, frame.bytes), &answer->request, &answer->fault);
    free(exact);
}

static bool same_cast(const struct request *a, const struct request *b)
{
    static struct cast casts[2];
    memset(casts, 0, sizeof casts);
    cast_copy(&casts[0], &a->as.cast.cast);
    cast_copy(&casts[1], &b->as.cast.cast);
    return a->op == b->op && uid_equal(&a->id, &b->id) &&
           a->as.cast.poll == b->as.cast.poll &&
           uid_equal(&a->as.cast.uid, &b->as.cast.uid) &&
           same_bytes(&casts[0], &casts[1], sizeof casts[0]) && !b->drawing.given &&
           b->drawing.path[0] == '\0';
}

/* Both readers say the same of the frame. */
static void expect_same_frame(struct span frame, struct answer *ret_answer)
{
    static struct answer general;
    struct buf spaced;
    buf_init(&spaced, ROW_BYTES);
    buf_char(&spaced, ' ');
    buf_bytes(&spaced, frame.data, frame.bytes);
    decode_frame(frame, ret_answer);
    decode_frame(buf_span(&spaced), &general);
    cr_assert_eq(ret_answer->err, general.err, "%s", (char *)spaced.data);
    cr_assert(
        same_bytes(&ret_answer->fault, &general.fault, sizeof general.fault), "%s",
        (char *)spaced.data);
    cr_assert(
        general.err != ERR_OK || general.request.op != OP_CAST ||
            same_cast(&general.request, &ret_answer->request),
        "%s", (char *)spaced.data);
    buf_fini(&spaced);
}

static void write_frame(struct random *random, struct buf *out)
{
    static struct request request;
    random_request(random, OP_CAST, &request);
    buf_clear(out);
    wire_encode_request(out, &request);
}

Test(cast_read, takes_every_frame_of_our_own_programs)
{
    struct random random = {15};
    static struct request read;
    static struct answer answer;
    struct buf frame;
    buf_init(&frame, ROW_BYTES);
    for (int round = 0; round < 1000; round++) {
        write_frame(&random, &frame);
        if (frame.bytes < FRAME_CAST_BYTES_MAX) {
            cr_assert(
                cast_read_request(buf_span(&frame), &read), "%s", (char *)frame.data);
            expect_same_frame(buf_span(&frame), &answer);
            cr_assert_eq(answer.err, ERR_OK);
        }
    }
    buf_fini(&frame);
}

#define PHONE_UNTIL_BALLOT                                                               \
    "{\"id\":\"00000000000000000000000000000001\",\"op\":\"cast\",\"poll\":\"3\","       \
    "\"uid\":\"00000000000000000000000000000002\",\"counter\":7,\"ballot\":"

Test(cast_read, takes_a_frame_as_phones_spell_it)
{
    static struct request read;
    static struct answer answer;
    struct span frame = span_of_string(PHONE_UNTIL_BALLOT
                                       "{\"ranking\":[[\"12\"],[\"7\",\"9\"]]}" SECRETS);
    cr_assert(cast_read_request(frame, &read));
    cr_assert_eq(read.as.cast.poll, 3);
    cr_assert_eq(read.as.cast.cast.counter, 7);
    cr_assert_eq(read.as.cast.cast.ballot.mark_count, 3);
    expect_same_frame(frame, &answer);
}

Test(cast_read, leaves_a_frame_that_is_too_large_to_the_general_reader)
{
    static struct request read;
    static struct answer answer;
    struct buf frame;
    buf_init(&frame, ROW_BYTES);
    buf_text(&frame, PHONE_UNTIL_BALLOT "{\"ranking\":[");
    for (int i = 0; i < OPTIONS_MAX; i++) {
        buf_printf(&frame, "%s[\"%lld\"]", i > 0 ? "," : "", 1000000000000000LL + i);
    }
    buf_text(&frame, "]}" SECRETS);
    cr_assert_not(cast_read_request(buf_span(&frame), &read));
    decode_frame(buf_span(&frame), &answer);
    cr_assert_eq(answer.err, ERR_TOO_LARGE);
    buf_fini(&frame);
}

Test(cast_read, says_of_a_damaged_frame_what_the_general_reader_says)
{
    struct random random = {16};
    static struct answer answer;
    struct buf frame;
    struct buf damaged;
    buf_init(&frame, ROW_BYTES);
    buf_init(&damaged, ROW_BYTES);
    for (int round = 0; round < 40; round++) {
        write_frame(&random, &frame);
        for (size_t at = 0; at < frame.bytes && at < 600; at++) {
            damage(&random, &damaged, buf_span(&frame), at);
            if (damaged.bytes < FRAME_CAST_BYTES_MAX) { /* with a space more, too */
                expect_same_frame(buf_span(&damaged), &answer);
            }
        }
    }
    buf_fini(&damaged);
    buf_fini(&frame);
}

#define ONE    "00000000000000000000000000000001"
#define NIL    "00000000000000000000000000000000"
#define BALLOT ",\"ballot\":{\"answer\":\"yes\"}" SECRETS

Test(cast_read, says_at_the_bounds_what_the_general_reader_says)
{
    static const struct {
        const char *frame;
        bool taken;
    } cases[] = {
        {"{\"op\":\"cast\",\"id\":\"" ONE "\",\"poll\":\"1\",\"counter\":1" BALLOT, true},
        {"{\"op\":\"cast\",\"id\":\"" NIL "\",\"poll\":\"1\",\"counter\":1" BALLOT,
         false},
        {"{\"op\":\"cast\",\"id\":\"" ONE "\",\"poll\":\"0\",\"counter\":1" BALLOT,
         false},
        {"{\"op\":\"cast\",\"id\":\"" ONE "\",\"poll\":\"1\",\"counter\":0" BALLOT,
         false},
        {"{\"op\":\"cast\",\"id\":\"" ONE "\",\"poll\":\"1\",\"counter\":01" BALLOT,
         false},
        {"{\"op\":\"cast\",\"id\":\"" ONE
         "\",\"poll\":\"1\",\"counter\":4294967295" BALLOT,
         true},
        {"{\"op\":\"cast\",\"id\":\"" ONE
         "\",\"poll\":\"1\",\"counter\":4294967296" BALLOT,
         false},
        {"{\"op\":\"cast\",\"id\":\"" ONE "\",\"poll\":\"1\",\"uid\":\"" NIL
         "\",\"counter\":1" BALLOT,
         true},
        {"{\"op\":\"cast\",\"id\":\"" ONE "\",\"poll\":\"1\",\"counter\":1" BALLOT "x",
         false},
    };
    static struct answer answer;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_same_frame(span_of_string(cases[i].frame), &answer);
        cr_assert_eq(answer.err == ERR_OK, cases[i].taken, "%s", cases[i].frame);
    }
}

Test(cast_read, leaves_the_request_alone_if_it_is_refused)
{
    static struct request request;
    static struct request before;
    struct wire_fault fault;
    memset(&request, 0xa5, sizeof request);
    memset(&before, 0xa5, sizeof before);
    struct span frame =
        span_of_string(PHONE_UNTIL_BALLOT "{\"ranking\":[[\"12\"],[\"0\"]]}" SECRETS);
    cr_assert_eq(wire_decode_request(frame, &request, &fault), ERR_BAD_VALUE);
    cr_assert(same_bytes(&request, &before, sizeof request));
}

#include "base/bounds.h"
#include "golden.h"
#include "wire/wire.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct uid id = {
    {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
     0xee, 0xff}};

static struct buf new_buf(void)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    return out;
}

Test(reply, pong_carries_the_id_if_there_was_one)
{
    struct buf out = new_buf();
    wire_encode_pong(&out, NULL);
    golden_expect_push("pong", &out);
    wire_encode_pong(&out, &id);
    golden_expect_push("pong with an id", &out);
    buf_fini(&out);
}

Test(reply, done_names_what_was_made)
{
    struct buf out = new_buf();
    wire_encode_done(&out, &id, 17, NULL, 0);
    golden_expect_push("done", &out);
    wire_encode_done(&out, &id, 17, "idea", 12);
    golden_expect_push("done with an idea", &out);
    wire_encode_done(&out, &id, 18, "poll", 3);
    golden_expect_push("done with a poll", &out);
    wire_encode_done(&out, &id, 19, "person", 9);
    golden_expect_push("done with a person", &out);
    buf_fini(&out);
}

Test(reply, stored_carries_the_proof_and_not_the_choice)
{
    struct buf out = new_buf();
    struct hash proof;
    memset(&proof, 0xab, sizeof proof);
    wire_encode_stored(&out, &id, 3, 41, &proof, true);
    golden_expect_push("stored", &out);
    wire_encode_stored(&out, &id, 3, 42, &proof, false);
    golden_expect_push("stored, but another ballot counts", &out);
    buf_fini(&out);
}

Test(reply, refused_says_why_when_and_where)
{
    struct buf out = new_buf();
    struct wire_fault fault = {.id = id, .has_id = true, .key = "title"};
    wire_encode_refused(&out, &id, ERR_CALL_CLOSED, 0, NULL);
    golden_expect_push("refused", &out);
    wire_encode_refused(&out, &id, ERR_BUSY, 800, NULL);
    golden_expect_push("refused for now", &out);
    wire_encode_refused(&out, NULL, ERR_TEXT_TOO_LONG, 0, &fault);
    golden_expect_push("refused for a key", &out);
    fault = (struct wire_fault){.has_id = false};
    wire_encode_refused(&out, NULL, ERR_NOT_JSON, 0, &fault);
    golden_expect_push("refused without an id", &out);
    buf_fini(&out);
}

Test(reply, bye_says_why)
{
    struct buf out = new_buf();
    wire_encode_bye(&out, ERR_SESSION_MOVED, 0);
    golden_expect_push("bye to a phone that was replaced", &out);
    wire_encode_bye(&out, ERR_REVOKED, 0);
    golden_expect_push("bye to a place that was revoked", &out);
    wire_encode_bye(&out, ERR_BUSY, 4000);
    golden_expect_push("bye for now", &out);
    buf_fini(&out);
}

/* What a stranger's frame says at the key comes back as JSON, whatever it was. */
Test(reply, a_foreign_key_cannot_break_out_of_the_answer)
{
    struct request request;
    struct wire_fault fault = {.has_id = false};
    struct buf out = new_buf();
    struct span frame = span_of_string("{\"op\":\"call\",\"a\\\"},{\\\\\":1}");
    cr_assert_eq(wire_decode_request(frame, &request, &fault), ERR_UNKNOWN_KEY);
    wire_encode_refused(&out, NULL, ERR_UNKNOWN_KEY, 0, &fault);
    cr_assert_str_eq(
        (char *)out.data,
        "{\"op\":\"refused\",\"err\":\"unknown-key\",\"key\":\"a\\\"},{\\\\\"}");
    buf_fini(&out);
}

/* ---- texts ---- */

Test(content, is_canonical_and_leaves_out_what_is_absent)
{
    struct buf out = new_buf();
    wire_encode_content(&out, &id, "de", "Skatepark", "am \"Bahnhof\"\n");
    cr_assert_str_eq(
        (char *)out.data,
        "{\"salt\":\"00112233445566778899aabbccddeeff\",\"lang\":\"de\","
        "\"title\":\"Skatepark\",\"text\":\"am \\\"Bahnhof\\\"\\n\"}");
    buf_clear(&out);
    wire_encode_content(&out, &id, NULL, "Skatepark", NULL);
    cr_assert_str_eq(
        (char *)out.data,
        "{\"salt\":\"00112233445566778899aabbccddeeff\",\"title\":\"Skatepark\"}");
    buf_fini(&out);
}

#include "random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define COUNT 50

struct casts {
    struct cast casts[COUNT];
    struct hash proofs[COUNT];
};

static struct casts *random_casts(uint64_t seed)
{
    struct random random = {seed};
    struct casts *made = calloc(1, sizeof *made);
    for (size_t i = 0; i < COUNT; i++) {
        struct cast *cast = &made->casts[i];
        random_bytes(&random, &cast->nonce, sizeof cast->nonce);
        random_bytes(&random, &cast->lock, sizeof cast->lock);
        random_bytes(&random, &cast->slot, sizeof cast->slot);
        random_bytes(&random, &cast->id, sizeof cast->id);
        cast->counter = (uint32_t)i + 1;
        random_ballot(&random, &cast->ballot);
        random_bytes(&random, &made->proofs[i], sizeof made->proofs[i]);
    }
    return made;
}

static struct buf seal(const struct casts *from, size_t count)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_sealed(&out, from->casts, from->proofs, count, NULL);
    cr_assert(!buf_failed(&out));
    return out;
}

static size_t index_of(const struct casts *from, const struct cast *cast)
{
    size_t i = 0;
    while (i < COUNT && !uid_equal(&from->casts[i].nonce, &cast->nonce)) {
        i++;
    }
    cr_assert_lt(i, COUNT);
    return i;
}

Test(sealed, comes_back_sorted_by_proof_and_without_anything_personal)
{
    struct casts *from = random_casts(1);
    struct buf body = seal(from, COUNT);
    struct cast *casts = NULL;
    size_t count = 0;
    cr_assert_eq(wire_decode_sealed(buf_span(&body), &casts, &count), ERR_OK);
    cr_assert_eq(count, COUNT);
    for (size_t i = 0; i < count; i++) {
        size_t at = index_of(from, &casts[i]);
        cr_assert(uid_is_zero(&casts[i].slot));
        cr_assert(uid_is_zero(&casts[i].id));
        cr_assert_eq(casts[i].counter, 0);
        cr_assert(
            same_bytes(&casts[i].ballot, &from->casts[at].ballot, sizeof(struct ballot)));
        cr_assert_eq(memcmp(&casts[i].lock, &from->casts[at].lock, HASH_BYTES), 0);
        if (i > 0) {
            size_t before = index_of(from, &casts[i - 1]);
            cr_assert_leq(
                memcmp(&from->proofs[before], &from->proofs[at], HASH_BYTES), 0);
        }
    }
    free(casts);
    free(from);
    buf_fini(&body);
}

Test(sealed, does_not_depend_on_the_order_of_arrival)
{
    struct casts *from = random_casts(2);
    struct buf body = seal(from, COUNT);
    for (size_t i = 0; i < COUNT / 2; i++) {
        struct cast cast = from->casts[i];
        struct hash proof = from->proofs[i];
        from->casts[i] = from->casts[COUNT - 1 - i];
        from->proofs[i] = from->proofs[COUNT - 1 - i];
        from->casts[COUNT - 1 - i] = cast;
        from->proofs[COUNT - 1 - i] = proof;
    }
    struct buf again = seal(from, COUNT);
    cr_assert(span_equal(buf_span(&body), buf_span(&again)));
    buf_fini(&body);
    buf_fini(&again);
    free(from);
}

Test(sealed, holds_no_slot_and_no_id)
{
    struct casts *from = random_casts(3);
    memset(&from->casts[0].slot, 0x5c, sizeof from->casts[0].slot);
    memset(&from->casts[0].id, 0x1d, sizeof from->casts[0].id);
    struct buf body = seal(from, COUNT);
    cr_assert_null(strstr((char *)body.data, "5c5c5c5c5c5c5c5c"));
    cr_assert_null(strstr((char *)body.data, "1d1d1d1d1d1d1d1d"));
    buf_fini(&body);
    free(from);
}

Test(sealed, an_empty_list_is_one)
{
    struct cast *casts = NULL;
    size_t count = 7;
    struct buf out;
    buf_init(&out, 1000);
    wire_encode_sealed(&out, NULL, NULL, 0, NULL);
    cr_assert_str_eq((char *)out.data, "{\"v\":1,\"ballots\":[]}");
    cr_assert_eq(wire_decode_sealed(buf_span(&out), &casts, &count), ERR_OK);
    cr_assert_eq(count, 0);
    free(casts);
    buf_fini(&out);
}

static enum err decode(const char *text)
{
    struct cast *casts = NULL;
    size_t count = 77;
    enum err err = wire_decode_sealed(span_of_string(text), &casts, &count);
    if (err != ERR_OK) {
        cr_assert_null(casts);
        cr_assert_eq(count, 77);
    }
    free(casts);
    return err;
}

#define ID            "00112233445566778899aabbccddeeff"
#define ROW_OF(first) ROW_PROOF(first "112233445566778899aabbccddeeff" ID)
#define ROW_PROOF(proof)                                                                 \
    "{\"proof\":\"" proof "\",\"nonce\":\"" ID "\",\"lock\":\"" ID ID                    \
    "\",\"ballot\":{\"ranking\":[[\"12\"],[\"7\",\"9\"]]}}"

Test(sealed, is_spelt_as_it_always_was)
{
    cr_assert_eq(
        decode("{\"v\":1,\"ballots\":[" ROW_OF("00") "," ROW_OF("01") "]}"), ERR_OK);
    cr_assert_eq(
        decode("{\"v\":1,\"ballots\":[" ROW_OF("00") "," ROW_OF("00") "]}"), ERR_OK);
}

Test(sealed, of_another_order_or_spelling_is_damaged)
{
    cr_assert_eq(
        decode("{\"v\":1,\"ballots\":[" ROW_OF("01") "," ROW_OF("00") "]}"), ERR_DAMAGED);
    cr_assert_eq(
        decode("{\"v\":1,\"ballots\":[" ROW_OF("00") ", " ROW_OF("01") "]}"),
        ERR_DAMAGED);
    cr_assert_eq(decode("{\"v\":1,\"ballots\":[{}]}"), ERR_DAMAGED);
    cr_assert_eq(decode("{\"v\":1,\"ballots\":[]} "), ERR_DAMAGED);
    cr_assert_eq(decode("{\"v\":1,\"ballots\":[]"), ERR_DAMAGED);
    cr_assert_eq(decode("{\"ballots\":[],\"v\":1}"), ERR_DAMAGED);
    cr_assert_eq(decode(""), ERR_DAMAGED);
    cr_assert_eq(decode("{\"v\":0,\"ballots\":[]}"), ERR_DAMAGED);
}

Test(sealed, with_paper_has_it_behind_the_ballots)
{
    static struct paper_batch batch = {
        .confirmed_by = 2,
        .pile_count = 3,
        .piles = {{.count = 2}, {3, 1, 0}, {1, 1, 1}},
        .marks = {{1, 1}, {1, 1}},
    };
    struct paper_batch *batches[] = {&batch};
    static struct poll poll = {.spec = {.form = BALLOT_YESNO}, .batch_count = 1};
    poll.batches = batches;
    struct casts *from = random_casts(4);
    struct cast *casts = NULL;
    size_t count = 0;
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_sealed(&out, from->casts, from->proofs, COUNT, &poll);
    cr_assert_eq(memcmp(out.data, "{\"v\":2,\"ballots\":[{", 19), 0);
    const char *paper = ",\"paper\":[{\"count\":2,\"ballot\":{\"answer\":\"abstain\"}},"
                        "{\"count\":4,\"ballot\":{\"answer\":\"no\"}}]}";
    cr_assert_str_eq((char *)out.data + out.bytes - strlen(paper), paper);
    cr_assert_eq(wire_decode_sealed(buf_span(&out), &casts, &count), ERR_OK);
    cr_assert_eq(count, COUNT);
    free(casts);
    batch.confirmed_by = 0;
    buf_clear(&out);
    wire_encode_sealed(&out, from->casts, from->proofs, COUNT, &poll);
    struct buf without = seal(from, COUNT);
    cr_assert(span_equal(buf_span(&out), buf_span(&without)));
    buf_fini(&without);
    buf_fini(&out);
    free(from);
}

#define EMPTY "{\"v\":2,\"ballots\":[],\"paper\":"

Test(sealed, paper_has_one_spelling)
{
    cr_assert_eq(decode(EMPTY "[{\"count\":2,\"ballot\":{\"answer\":\"no\"}}]}"), ERR_OK);
    cr_assert_eq(decode(EMPTY "[]}"), ERR_DAMAGED);
    cr_assert_eq(
        decode(EMPTY "[{\"count\":0,\"ballot\":{\"answer\":\"no\"}}]}"), ERR_DAMAGED);
    cr_assert_eq(decode(EMPTY "[{\"count\":2}]}"), ERR_DAMAGED);
    cr_assert_eq(
        decode(EMPTY "[{\"count\": 2,\"ballot\":{\"answer\":\"no\"}}]}"), ERR_DAMAGED);
    cr_assert_eq(decode("{\"v\":2,\"ballots\":[]}"), ERR_DAMAGED);
    cr_assert_eq(
        decode("{\"v\":1,\"ballots\":[],\"paper\":[{\"count\":2,\"ballot\":{\"answer\":"
               "\"no\"}}]}"),
        ERR_DAMAGED);
}

#define SHARED_ROW                                                                       \
    "{\"proof\":\"" ID ID "\",\"nonce\":\"" ID "\",\"lock\":\"" ID ID                    \
    "\",\"share\":2,\"ballot\":{\"ranking\":[]}}"
#define SHARED_PILE "{\"count\":2,\"share\":1,\"ballot\":{\"answer\":\"no\"}}"

Test(sealed, of_a_poll_by_shares_each_row_has_its_own)
{
    struct casts *from = random_casts(5);
    for (size_t i = 0; i < COUNT; i++) {
        from->casts[i].share = (uint16_t)(1 + i % 3);
    }
    struct buf body = seal(from, COUNT);
    struct cast *casts = NULL;
    size_t count = 0;
    cr_assert_eq(memcmp(body.data, "{\"v\":3,", 7), 0);
    cr_assert_eq(wire_decode_sealed(buf_span(&body), &casts, &count), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(casts[i].share, from->casts[index_of(from, &casts[i])].share);
    }
    free(casts);
    free(from);
    buf_fini(&body);
}

Test(sealed, shares_have_one_spelling)
{
    cr_assert_eq(decode("{\"v\":3,\"ballots\":[]}"), ERR_OK);
    cr_assert_eq(decode("{\"v\":3,\"ballots\":[" SHARED_ROW "]}"), ERR_OK);
    cr_assert_eq(
        decode("{\"v\":3,\"ballots\":[" SHARED_ROW "],\"paper\":[" SHARED_PILE "]}"),
        ERR_OK);
    cr_assert_eq(decode("{\"v\":1,\"ballots\":[" SHARED_ROW "]}"), ERR_DAMAGED);
    cr_assert_eq(decode("{\"v\":3,\"ballots\":[" ROW_OF("00") "]}"), ERR_DAMAGED);
    cr_assert_eq(
        decode("{\"v\":2,\"ballots\":[],\"paper\":[" SHARED_PILE "]}"), ERR_DAMAGED);
    cr_assert_eq(
        decode("{\"v\":3,\"ballots\":[],\"paper\":[{\"count\":2,\"ballot\":{\"answer\":"
               "\"no\"}}]}"),
        ERR_DAMAGED);
    cr_assert_eq(decode("{\"v\":3,\"ballots\":[],\"paper\":[]}"), ERR_DAMAGED);
}

Test(sealed, of_a_later_version_is_newer)
{
    cr_assert_eq(decode("{\"v\":4,\"ballots\":[]}"), ERR_NEWER);
    cr_assert_eq(decode("{\"v\":20,\"ballots\":[]}"), ERR_NEWER);
    cr_assert_eq(decode("{\"v\":12,\"something\":[]}"), ERR_NEWER);
}

Test(sealed, no_list_cut_short_is_taken)
{
    struct casts *from = random_casts(4);
    struct buf body = seal(from, 3);
    for (size_t n = 0; n < body.bytes; n++) {
        uint8_t *exact = malloc(n > 0 ? n : 1);
        memcpy(exact, body.data, n);
        struct cast *casts = NULL;
        size_t count;
        cr_assert_eq(wire_decode_sealed(span_of(exact, n), &casts, &count), ERR_DAMAGED);
        free(exact);
    }
    buf_fini(&body);
    free(from);
}

Test(sealed, a_changed_byte_is_damage_or_another_list)
{
    struct random random = {9};
    struct casts *from = random_casts(5);
    struct buf body = seal(from, 3);
    for (size_t i = 0; i < body.bytes; i++) {
        uint8_t old = body.data[i];
        do {
            random_bytes(&random, &body.data[i], 1);
        } while (body.data[i] == old);
        struct cast *casts = NULL;
        size_t count;
        enum err err = wire_decode_sealed(buf_span(&body), &casts, &count);
        cr_assert(err == ERR_OK || err == ERR_DAMAGED || err == ERR_NEWER);
        free(casts);
        body.data[i] = old;
    }
    buf_fini(&body);
    free(from);
}

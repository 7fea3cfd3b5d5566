/* The vectors that the browser's tests read too: tests/golden/trust.json. They were made
 * by a third implementation of PROTOCOL.md's formulas. */
#include "base/bounds.h"
#include "base/hex.h"
#include "trust/trust.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *read_golden(void)
{
    FILE *file = fopen(TEST_SOURCE_DIR "/golden/trust.json", "rb");
    cr_assert_not_null(file);
    static char text[65536];
    size_t bytes = fread(text, 1, sizeof text, file);
    fclose(file);
    cJSON *golden = cJSON_ParseWithLength(text, bytes);
    cr_assert_not_null(golden);
    return golden;
}

static const char *text_of(const cJSON *item, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, key));
    cr_assert_not_null(text, "%s", key);
    return text;
}

static int64_t number_of(const char *text)
{
    return strtoll(text, NULL, 10);
}

static void hex_of(const cJSON *item, const char *key, void *ret_data, size_t bytes)
{
    const char *text = text_of(item, key);
    cr_assert_eq(hex_decode(text, strlen(text), ret_data, bytes), ERR_OK);
}

Test(golden, proofs_are_those_of_the_vectors)
{
    cJSON *golden = read_golden();
    const cJSON *item = NULL;
    int count = 0;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(golden, "proofs"))
    {
        struct hash lock;
        struct uid nonce;
        struct hash expected;
        struct hash proof;
        hex_of(item, "lock", lock.bytes, sizeof lock.bytes);
        hex_of(item, "nonce", nonce.bytes, sizeof nonce.bytes);
        hex_of(item, "proof", expected.bytes, sizeof expected.bytes);
        trust_proof(
            number_of(text_of(item, "poll")), &lock, &nonce,
            span_of_string(text_of(item, "ballot")), &proof);
        cr_assert(trust_equal(&proof, &expected, sizeof proof));
        count++;
    }
    cr_assert_geq(count, 6);
    cJSON_Delete(golden);
}

Test(golden, codes_read_as_the_vectors_say)
{
    cJSON *golden = read_golden();
    const cJSON *item = NULL;
    int count = 0;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(golden, "codes"))
    {
        char code[TRUST_TICKET_SYMBOLS + 1];
        const char *typed = text_of(item, "typed");
        const cJSON *expected = cJSON_GetObjectItem(item, "code");
        size_t symbols = (size_t)cJSON_GetObjectItem(item, "symbols")->valueint;
        enum err err = trust_code_read(span_of_string(typed), symbols, code);
        if (cJSON_IsNull(expected)) {
            cr_assert_eq(err, ERR_CODE_MALFORMED, "%s", typed);
        } else {
            cr_assert_eq(err, ERR_OK, "%s", typed);
            cr_assert_str_eq(code, expected->valuestring);
        }
        count++;
    }
    cr_assert_geq(count, 20);
    cJSON_Delete(golden);
}

Test(golden, commitments_are_those_of_the_vectors)
{
    cJSON *golden = read_golden();
    const cJSON *item = NULL;
    int count = 0;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(golden, "commitments"))
    {
        struct hash seed;
        struct hash expected;
        struct hash commitment;
        hex_of(item, "seed", seed.bytes, sizeof seed.bytes);
        hex_of(item, "commitment", expected.bytes, sizeof expected.bytes);
        trust_commitment(&seed, number_of(text_of(item, "poll")), &commitment);
        cr_assert(trust_equal(&commitment, &expected, sizeof commitment));
        count++;
    }
    cr_assert_geq(count, 3);
    cJSON_Delete(golden);
}

Test(golden, lots_fall_as_the_vectors_say)
{
    cJSON *golden = read_golden();
    const cJSON *item = NULL;
    int count = 0;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(golden, "lots"))
    {
        struct hash seed;
        int64_t options[OPTIONS_MAX];
        uint16_t order[OPTIONS_MAX];
        hex_of(item, "seed", seed.bytes, sizeof seed.bytes);
        const cJSON *given = cJSON_GetObjectItem(item, "options");
        const cJSON *expected = cJSON_GetObjectItem(item, "order");
        int options_count = cJSON_GetArraySize(given);
        cr_assert_eq(cJSON_GetArraySize(expected), options_count);
        for (int i = 0; i < options_count; i++) {
            options[i] = number_of(cJSON_GetArrayItem(given, i)->valuestring);
        }
        int64_t poll = number_of(text_of(item, "poll"));
        trust_lot(&seed, poll, options, (size_t)options_count, order);
        for (int i = 0; i < options_count; i++) {
            int64_t favoured = number_of(cJSON_GetArrayItem(expected, i)->valuestring);
            cr_assert_eq(options[order[i]], favoured);
        }
        count++;
    }
    cr_assert_geq(count, 4);
    cJSON_Delete(golden);
}

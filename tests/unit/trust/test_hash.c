/* Hashes against published vectors: FIPS 180-4 examples, RFC 4231. */
#include "base/hex.h"
#include "trust/hash.h"
#include "trust/trust.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_hex(const struct hash *hash, const char *hex)
{
    char text[HASH_HEX + 1];
    hex_encode(hash->bytes, sizeof hash->bytes, text);
    cr_assert_str_eq(text, hex);
}

Test(hash, sha256_of_nothing_and_of_abc_are_the_published_ones)
{
    struct hash hash;
    trust_sha256(span_of("", 0), &hash);
    expect_hex(&hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    trust_sha256(span_of_string("abc"), &hash);
    expect_hex(&hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

Test(hash, sha256_of_parts_is_that_of_the_whole)
{
    struct span parts[] = {
        span_of_string("abcdbcdecdefdefgefghfghig"), span_of(NULL, 0),
        span_of_string("hijhijkijkljklmklmnlmnomnopnopq")};
    struct hash hash;
    trust_sha256_parts(parts, 3, &hash);
    expect_hex(&hash, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* RFC 4231's keys are shorter than ours; HMAC pads a key with zeros (RFC 2104 §2). */
static void expect_mac(const char *key_hex, const char *data_hex, const char *mac_hex)
{
    struct hash key = {{0}};
    uint8_t data[256];
    size_t key_bytes = strlen(key_hex) / 2;
    size_t data_bytes = strlen(data_hex) / 2;
    cr_assert_eq(hex_decode(key_hex, 2 * key_bytes, key.bytes, key_bytes), ERR_OK);
    cr_assert_eq(hex_decode(data_hex, 2 * data_bytes, data, data_bytes), ERR_OK);
    struct hash mac;
    trust_hmac(&key, span_of(data, data_bytes), &mac);
    expect_hex(&mac, mac_hex);
}

Test(hash, hmac_is_that_of_rfc_4231)
{
    expect_mac(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    expect_mac(
        "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    expect_mac(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
        "dddddddddddddddddddd",
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    expect_mac(
        "0102030405060708090a0b0c0d0e0f10111213141516171819",
        "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
        "cdcdcdcdcdcdcdcdcdcd",
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
}

Test(hash, a_kept_context_gives_each_value_afresh)
{
    struct hash key = {{1, 2, 3}};
    struct span first = span_of_string("first");
    struct span second = span_of_string("second");
    struct hash_mac mac;
    struct hash kept;
    struct hash fresh;
    hash_mac_init(&mac, &key);
    hash_mac_parts(&mac, &first, 1, &kept);
    hash_mac_parts(&mac, &second, 1, &kept);
    hash_mac_fini(&mac);
    trust_hmac(&key, second, &fresh);
    cr_assert(trust_equal(&kept, &fresh, sizeof kept));
}

Test(hash, whole_numbers_are_big_endian)
{
    uint8_t bytes[HASH_INT64_BYTES];
    hash_int64(0x0102030405060708, bytes);
    cr_assert_arr_eq(bytes, ((uint8_t[]){1, 2, 3, 4, 5, 6, 7, 8}), 8);
}

Test(hash, equality_sees_a_difference_in_any_byte)
{
    uint8_t a[32];
    trust_random(a, sizeof a);
    for (size_t i = 0; i < sizeof a; i++) {
        uint8_t b[32];
        memcpy(b, a, sizeof b);
        cr_assert(trust_equal(a, b, sizeof a));
        b[i] ^= 0x80;
        cr_assert_not(trust_equal(a, b, sizeof a));
    }
}

Test(hash, random_names_differ_and_wiped_memory_is_zero)
{
    struct uid a;
    struct uid b;
    trust_random_uid(&a);
    trust_random_uid(&b);
    cr_assert_not(uid_equal(&a, &b));
    cr_assert_not(uid_is_zero(&a));
    trust_wipe(&a, sizeof a);
    cr_assert(uid_is_zero(&a));
}

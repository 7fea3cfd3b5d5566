/* Tokens: their shape, and that only the right one has the stored hash. */
#include "trust/trust.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Test(token, hashes_to_what_is_stored_of_it)
{
    char token[TRUST_TOKEN_CHARS + 1];
    struct hash stored;
    struct hash came_in;
    for (int i = 0; i < 200; i++) {
        trust_token_new(token, &stored);
        cr_assert_eq(strlen(token), TRUST_TOKEN_CHARS);
        cr_assert_eq(trust_token_hash(span_of_string(token), &came_in), ERR_OK);
        cr_assert(trust_equal(&stored, &came_in, sizeof stored));
    }
}

Test(token, differs_from_the_next_one)
{
    char a[TRUST_TOKEN_CHARS + 1];
    char b[TRUST_TOKEN_CHARS + 1];
    struct hash hash_a;
    struct hash hash_b;
    trust_token_new(a, &hash_a);
    trust_token_new(b, &hash_b);
    cr_assert_str_neq(a, b);
    cr_assert_not(trust_equal(&hash_a, &hash_b, sizeof hash_a));
}

Test(token, of_another_shape_is_refused)
{
    static const char *const wrong[] = {
        "",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", /* 258 bits */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct hash hash;
        cr_assert_eq(
            trust_token_hash(span_of_string(wrong[i]), &hash), ERR_BAD_VALUE, "%s",
            wrong[i]);
    }
}

Test(token, with_a_nul_byte_inside_is_refused)
{
    char token[TRUST_TOKEN_CHARS + 1];
    struct hash hash;
    trust_token_new(token, &hash);
    token[10] = '\0';
    cr_assert_eq(
        trust_token_hash(span_of(token, TRUST_TOKEN_CHARS), &hash), ERR_BAD_VALUE);
}

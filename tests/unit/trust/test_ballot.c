/* Slots and lots: recomputed here from the formulas in trust.h, byte by byte. */
#include "base/bounds.h"
#include "trust/trust.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Test(slot, is_the_start_of_the_hmac_under_the_polls_key)
{
    struct hash key;
    trust_random(&key, sizeof key);
    uint8_t text[] = {'s', 'l', 'o', 't', 0, 0, 0, 0, 0, 1, 0, 2};
    struct hash mac;
    trust_hmac(&key, span_of(text, sizeof text), &mac);
    struct uid slot;
    trust_slot(&key, 65538, &slot);
    cr_assert_arr_eq(slot.bytes, mac.bytes, sizeof slot.bytes);
}

Test(slot, differs_by_person_and_by_poll)
{
    struct hash key = {{1}};
    struct hash other_key = {{2}};
    struct uid slot;
    struct uid neighbour;
    struct uid other_poll;
    trust_slot(&key, 1, &slot);
    trust_slot(&key, 2, &neighbour);
    trust_slot(&other_key, 1, &other_poll);
    cr_assert_not(uid_equal(&slot, &neighbour));
    cr_assert_not(uid_equal(&slot, &other_poll));
}

Test(lot, puts_every_option_in_exactly_one_place)
{
    struct hash seed = {{7}};
    int64_t options[OPTIONS_MAX];
    uint16_t order[OPTIONS_MAX];
    bool seen[OPTIONS_MAX] = {false};
    for (size_t i = 0; i < OPTIONS_MAX; i++) {
        options[i] = (int64_t)(3 * i + 1);
    }
    trust_lot(&seed, 5, options, OPTIONS_MAX, order);
    for (size_t i = 0; i < OPTIONS_MAX; i++) {
        cr_assert_lt(order[i], OPTIONS_MAX);
        cr_assert_not(seen[order[i]]);
        seen[order[i]] = true;
    }
}

Test(lot, does_not_depend_on_the_order_in_which_options_are_given)
{
    struct hash seed = {{9}};
    int64_t options[] = {4, 8, 15, 16, 23, 42};
    int64_t shuffled[] = {42, 4, 23, 8, 16, 15};
    uint16_t order[6];
    uint16_t order_shuffled[6];
    trust_lot(&seed, 1, options, 6, order);
    trust_lot(&seed, 1, shuffled, 6, order_shuffled);
    for (size_t i = 0; i < 6; i++) {
        cr_assert_eq(options[order[i]], shuffled[order_shuffled[i]]);
    }
}

Test(lot, favours_each_of_three_options_about_as_often)
{
    int64_t options[] = {1, 2, 3};
    int first[3] = {0};
    for (uint32_t i = 0; i < 3000; i++) {
        struct hash seed = {{0}};
        memcpy(seed.bytes, &i, sizeof i);
        uint16_t order[3];
        trust_lot(&seed, 1, options, 3, order);
        first[order[0]]++;
    }
    for (size_t i = 0; i < 3; i++) {
        cr_assert_gt(first[i], 850);
        cr_assert_lt(first[i], 1150);
    }
}

Test(proof, changes_with_each_of_its_parts)
{
    struct hash lock = {{1}};
    struct hash other_lock = {{2}};
    struct uid nonce = {{3}};
    struct uid other_nonce = {{4}};
    struct span ballot = span_of_string("{\"ranking\":[]}");
    struct hash proofs[5];
    trust_proof(1, &lock, &nonce, ballot, &proofs[0]);
    trust_proof(2, &lock, &nonce, ballot, &proofs[1]);
    trust_proof(1, &other_lock, &nonce, ballot, &proofs[2]);
    trust_proof(1, &lock, &other_nonce, ballot, &proofs[3]);
    trust_proof(1, &lock, &nonce, span_of_string("{\"approval\":[]}"), &proofs[4]);
    for (size_t a = 0; a < 5; a++) {
        for (size_t b = a + 1; b < 5; b++) {
            cr_assert_not(trust_equal(&proofs[a], &proofs[b], sizeof *proofs));
        }
    }
}

/* Codes that people type: every single slip is caught, and what is harmless is forgiven.
 */
#include "trust/trust.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const size_t lengths[] = {TRUST_CODE_SYMBOLS, TRUST_TICKET_SYMBOLS};

static enum err read_code(const char *typed, size_t symbols)
{
    char code[TRUST_TICKET_SYMBOLS + 1];
    return trust_code_read(span_of_string(typed), symbols, code);
}

Test(code, a_new_code_reads_back_as_itself)
{
    for (int i = 0; i < 1000; i++) {
        size_t symbols = lengths[i % 2];
        char made[TRUST_TICKET_SYMBOLS + 1];
        char code[TRUST_TICKET_SYMBOLS + 1];
        trust_code_new(symbols, made);
        cr_assert_eq(strlen(made), symbols);
        cr_assert_eq(strspn(made, alphabet), symbols);
        cr_assert_eq(trust_code_read(span_of_string(made), symbols, code), ERR_OK);
        cr_assert_str_eq(code, made);
    }
}

Test(code, every_wrong_symbol_at_every_place_is_caught)
{
    for (int i = 0; i < 60; i++) {
        size_t symbols = lengths[i % 2];
        char code[TRUST_TICKET_SYMBOLS + 1];
        trust_code_new(symbols, code);
        for (size_t at = 0; at < symbols; at++) {
            char right = code[at];
            for (const char *wrong = alphabet; *wrong != '\0'; wrong++) {
                code[at] = *wrong;
                enum err expected = *wrong == right ? ERR_OK : ERR_CODE_MALFORMED;
                cr_assert_eq(read_code(code, symbols), expected);
            }
            code[at] = right;
        }
    }
}

static void swap(char *a, char *b)
{
    char kept = *a;
    *a = *b;
    *b = kept;
}

Test(code, every_swap_of_two_different_symbols_is_caught)
{
    for (int i = 0; i < 200; i++) {
        size_t symbols = lengths[i % 2];
        char code[TRUST_TICKET_SYMBOLS + 1];
        trust_code_new(symbols, code);
        for (size_t a = 0; a < symbols; a++) {
            for (size_t b = a + 1; b < symbols; b++) {
                enum err expected = code[a] == code[b] ? ERR_OK : ERR_CODE_MALFORMED;
                swap(&code[a], &code[b]);
                cr_assert_eq(read_code(code, symbols), expected);
                swap(&code[a], &code[b]);
            }
        }
    }
}

/* One error changes the sum by weight × difference, so it is enough to see that codes of
 * one symbol that is not zero never pass. */
Test(code, no_place_and_no_value_escapes_the_check_symbol)
{
    for (size_t at = 0; at < TRUST_TICKET_SYMBOLS; at++) {
        for (const char *symbol = alphabet + 1; *symbol != '\0'; symbol++) {
            char code[TRUST_TICKET_SYMBOLS + 1] = "0000000000";
            code[at] = *symbol;
            cr_assert_eq(read_code(code, TRUST_TICKET_SYMBOLS), ERR_CODE_MALFORMED);
        }
    }
}

Test(code, a_refused_code_leaves_the_output_alone)
{
    char code[TRUST_TICKET_SYMBOLS + 1] = "untouched";
    struct span typed = span_of_string("K7QF2-M9X4P");
    cr_assert_eq(trust_code_read(typed, TRUST_TICKET_SYMBOLS, code), ERR_CODE_MALFORMED);
    cr_assert_str_eq(code, "untouched");
}

Test(code, foreign_bytes_are_malformed)
{
    const char *foreign = "U!*~$=\t\n\x01\x7f\x80\xff@[`{/:";
    for (const char *c = foreign; *c != '\0'; c++) {
        char code[] = "000000";
        code[3] = *c;
        cr_assert_eq(read_code(code, TRUST_CODE_SYMBOLS), ERR_CODE_MALFORMED);
    }
    cr_assert_eq(
        trust_code_read(span_of("00\0000", 6), 6, (char[7]){0}), ERR_CODE_MALFORMED);
}

/* Codes that people type. The symbols are elements of GF(32) = GF(2)[x] / (x⁵ + x² + 1);
 * a code is valid if the sum of its symbols, each times α^(its distance from the end), is
 * zero, with α = x. All weights of a code of up to 31 symbols differ and none is zero, so
 * one wrong symbol always shows, and so does swapping any two that differ. */
#include "trust/trust.h"

#include <assert.h>

#define FIELD_POLYNOMIAL 0x25U
#define FIELD_ELEMENTS   32U

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static unsigned times_alpha(unsigned element)
{
    unsigned product = element << 1;
    return product >= FIELD_ELEMENTS ? product ^ FIELD_POLYNOMIAL : product;
}

/* A symbol's value; FIELD_ELEMENTS for what is none. */
static unsigned symbol_value(uint8_t c)
{
    uint8_t upper = c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 'A') : c;
    switch (upper) {
    case 'O':
        return 0;
    case 'I':
    case 'L':
        return 1;
    case '\0': /* strchr would find the alphabet's end */
        return FIELD_ELEMENTS;
    default:
        break;
    }
    const char *found = strchr(alphabet, upper);
    return found != NULL ? (unsigned)(found - alphabet) : FIELD_ELEMENTS;
}

void trust_code_new(size_t symbols, char *ret_code)
{
    assert(symbols >= 2 && symbols <= TRUST_TICKET_SYMBOLS);
    uint8_t noise[TRUST_TICKET_SYMBOLS];
    trust_random(noise, symbols - 1);
    unsigned sum = 0;
    for (size_t i = 0; i + 1 < symbols; i++) {
        unsigned value = noise[i] % FIELD_ELEMENTS;
        ret_code[i] = alphabet[value];
        sum = times_alpha(sum) ^ value;
    }
    ret_code[symbols - 1] = alphabet[times_alpha(sum)];
    ret_code[symbols] = '\0';
    trust_wipe(noise, sizeof noise);
}

enum err trust_code_read(struct span typed, size_t symbols, char *ret_code)
{
    assert(symbols >= 2 && symbols <= TRUST_TICKET_SYMBOLS);
    char code[TRUST_TICKET_SYMBOLS + 1] = "";
    size_t count = 0;
    unsigned sum = 0;
    for (size_t i = 0; i < typed.bytes; i++) {
        if (typed.data[i] == ' ' || typed.data[i] == '-') {
            continue;
        }
        unsigned value = symbol_value(typed.data[i]);
        if (value >= FIELD_ELEMENTS || count == symbols) {
            return ERR_CODE_MALFORMED;
        }
        code[count++] = alphabet[value];
        sum = times_alpha(sum) ^ value;
    }
    if (count != symbols || sum != 0) {
        return ERR_CODE_MALFORMED;
    }
    memcpy(ret_code, code, symbols + 1);
    return ERR_OK;
}

#include "print_result.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct printer {
    char *text;
    size_t bytes;
    const uint16_t *names;
};

static void put(struct printer *printer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void put(struct printer *printer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(
        printer->text + printer->bytes, PRINTED_BYTES_MAX - printer->bytes, format, args);
    va_end(args);
    cr_assert(n >= 0 && printer->bytes + (size_t)n < PRINTED_BYTES_MAX);
    printer->bytes += (size_t)n;
}

static unsigned name(const struct printer *printer, size_t option)
{
    return printer->names != NULL ? printer->names[option] : (unsigned)option;
}

static int by_number(const void *a, const void *b)
{
    return (int)*(const unsigned *)a - (int)*(const unsigned *)b;
}

static void put_set(struct printer *printer, const uint16_t *options, size_t count)
{
    unsigned sorted[TALLY_OPTIONS_MAX];
    for (size_t i = 0; i < count; i++) {
        sorted[i] = name(printer, options[i]);
    }
    qsort(sorted, count, sizeof *sorted, by_number);
    put(printer, "{");
    for (size_t i = 0; i < count; i++) {
        put(printer, " %u", sorted[i]);
    }
    put(printer, " }");
}

/* Option numbers in the order of their printed names. */
static size_t option_named(const struct printer *printer, size_t options, unsigned wanted)
{
    for (size_t o = 0; o < options; o++) {
        if (name(printer, o) == wanted) {
            return o;
        }
    }
    return 0;
}

static void put_head(struct printer *printer, const struct tally_result *result)
{
    const uint16_t *options = NULL;
    put(printer, "%s %s %" PRId64 " %" PRId64 " %" PRId64 "\n",
        tally_method_name(tally_result_method(result)),
        tally_state_code(tally_result_state(result)), tally_result_ballots(result),
        tally_result_blank(result), tally_result_exhausted(result).value);
    size_t count = tally_result_winners(result, &options);
    put_set(printer, options, count);
    count = tally_result_possible(result, &options);
    put_set(printer, options, count);
    put(printer, "\n");
    for (size_t place = 0; place < tally_result_places(result); place++) {
        count = tally_result_place(result, place, &options);
        put_set(printer, options, count);
    }
    put(printer, "\n");
}

static void put_numbers(struct printer *printer, const struct tally_result *result)
{
    size_t n = tally_result_options(result);
    for (unsigned wanted = 0; wanted < n; wanted++) {
        size_t o = option_named(printer, n, wanted);
        char text[TALLY_NUMBER_BYTES] = "-";
        if (tally_result_scored(result)) {
            tally_number_write(tally_result_score(result, o), text);
        }
        put(printer, "%u: %s", wanted, text);
        for (unsigned other = 0; tally_result_paired(result) && other < n; other++) {
            put(printer, " %" PRId64,
                tally_result_pair(result, o, option_named(printer, n, other)));
        }
        for (size_t r = 0; r < tally_result_rounds(result); r++) {
            if (tally_round_has(result, r, o)) {
                tally_number_write(tally_round_votes(result, r, o), text);
                put(printer, " %s", text);
            }
        }
        put(printer, "\n");
    }
}

static void put_story(struct printer *printer, const struct tally_result *result)
{
    const uint16_t *options = NULL;
    for (size_t r = 0; r < tally_result_rounds(result); r++) {
        size_t count = tally_round_eliminated(result, r, &options);
        put_set(printer, options, count);
        count = tally_round_elected(result, r, &options);
        put_set(printer, options, count);
        put(printer, "%" PRId64 "\n", tally_round_exhausted(result, r).value);
    }
    for (size_t i = 0; i < tally_result_ties(result); i++) {
        size_t count = tally_tie_options(result, i, &options);
        put(printer, "tie %zu %s ", tally_tie_round(result, i),
            tally_settled_code(tally_tie_settled(result, i)));
        put_set(printer, options, count);
        put(printer, "\n");
    }
}

/* Among equals the order of duels is by number: only the multiset of fates is the same
 * when options have other numbers. */
static void put_duels(struct printer *printer, const struct tally_result *result)
{
    size_t n = tally_result_options(result);
    size_t count = tally_result_duels(result);
    for (unsigned a = 0; a < n; a++) {
        for (unsigned b = 0; b < n; b++) {
            for (size_t i = 0; i < count; i++) {
                struct tally_duel duel = tally_result_duel(result, i);
                if (name(printer, duel.winner) == a && name(printer, duel.loser) == b) {
                    put(printer, "%u>%u %" PRId64 ":%" PRId64 " %d\n", a, b,
                        duel.votes_for, duel.votes_against, (int)duel.fate);
                }
            }
        }
    }
}

void print_result(
    const struct tally_result *result, const uint16_t *names,
    char ret_text[PRINTED_BYTES_MAX])
{
    struct printer printer = {.text = ret_text, .names = names};
    put_head(&printer, result);
    put_numbers(&printer, result);
    put_story(&printer, result);
    put_duels(&printer, result);
}

/* English words for what the library has codes for. */
#ifndef APP_TALLY_WORDS_H
#define APP_TALLY_WORDS_H

#include "app/tally_report.h"

/* "Ranked Pairs (winning votes)"; the name itself of a method that has no other. */
const char *words_method(const struct tally_method *method);
/* What a method's scores are: "points". */
const char *words_score(const struct tally_method *method);
/* Is a lower score the better one? */
bool words_lower_is_better(const struct tally_method *method);
/* "ranking", "approval", "score". */
const char *words_form(enum tally_form form);
/* "decided", "decided by lot", "open tie" …: a badge of two or three words. */
const char *words_state(const struct tally_result *result);
/* A sentence that follows on the answer. */
const char *words_state_long(const struct tally_result *result);
/* What stands behind the names of those who left, or were elected, in a round: " has the
 * fewest votes and leaves." */
const char *words_left(enum tally_reason reason, bool several);
const char *words_elected(enum tally_reason reason, bool several);
/* "by lot", "by the latest round in which they differed" … */
const char *words_settled(enum tally_settled settled);
/* What the price of a purchase is: "each pays at most". */
const char *words_price(const struct tally_result *result);
/* "Round 2: ", where a tie was met; nothing for one in the final order. */
void words_tie_round(struct buf *out, const struct tally_result *result, size_t tie);
/* Why there are no more rounds; NULL if nothing was left open in them. */
const char *words_cut_short(const struct tally_result *result);
/* " - locked", what became of a duel. */
const char *words_fate(enum tally_fate fate);

/* "1 ballot", "2 ballots", thousands parted by commas. */
void words_count(struct buf *out, int64_t count, const char *one, const char *many);
/* The number as it is, thousands of its whole part parted by commas. */
void words_number(struct buf *out, struct tally_number number);

#endif

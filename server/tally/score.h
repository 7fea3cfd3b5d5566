/* Methods that give each option one number and elect the best. */
#ifndef TALLY_SCORE_H
#define TALLY_SCORE_H

#include "tally/method.h"

/* Room for the result's scores, all 0; NULL: no memory. Owned by the result. */
int64_t *score_start(struct count *count, int64_t unit);
/* Orders by the scores and elects. */
enum tally_status score_finish(struct count *count, bool lowest_first);

/* Who stands alone in the first place of a ballot, as it was marked: an option marked
 * there twice is alone. TALLY_UNNAMED: nobody. */
uint16_t plurality_first(const struct tally_mark *marks, size_t count);
/* Orders the options as Smith sets: the Smith set, that of the others, and so on. */
enum tally_status smith_place(struct tally_result *result);
/* Of a profile of scores: each option's sum, added to `totals`. */
void score_totals(const struct tally_profile *profile, int64_t *totals);

/* Copeland's points, in halves, added to `points`. */
void copeland_points(const struct tally_result *result, int64_t *points);
/* Borda's points, in halves, added to `points`. */
void borda_points(const struct tally_result *result, int64_t *points);
/* What one ballot gives each of `level` equals with `above` options above them, in
 * halves. */
size_t borda_share(size_t options, size_t above, size_t level);

#endif

/* Where one ballot counts, round by round, while it is found out. */
#ifndef TALLY_WAY_H
#define TALLY_WAY_H

#include "stimmwerk/tally/more.h"
#include "tally/method.h"

struct tally_way {
    struct tally_part *parts; /* owned; round after round */
    size_t part_count;
    size_t part_capacity;
    size_t *ends; /* owned; [round]: where its parts end */
    size_t round_count;
    size_t round_capacity;
};

/* What a method's function works on: one ballot of the profile in canonical order. */
struct follow {
    const struct tally_rule *rule;
    const struct tally_result *result;
    const struct tally_profile *profile;
    const struct tally_mark *marks; /* the ballot as it was cast */
    size_t count;
    const struct tally_mark *plain; /* each option once, at its best place, all named */
    size_t plain_count;
    struct tally_way *way;
};

/* Another part of the round at hand; parts of value 0 are left out. */
enum tally_status
follow_part(struct follow *follow, size_t option, int64_t value, int64_t unit);
/* The round at hand ends. */
enum tally_status follow_end_round(struct follow *follow);

/* By the list of its ranks: in each round for the first who is still in. For methods
 * where who leaves a round is in none that follow. */
follow_fn follow_list;
follow_fn follow_approval;
follow_fn follow_plurality;
follow_fn follow_borda;
follow_fn follow_score;
follow_fn follow_bucklin;
follow_fn follow_duels;
/* Borda points among those who are left, in each round. */
follow_fn follow_points;
/* Parts of a paper in each round of a transferable vote. */
follow_fn follow_stv;

#endif

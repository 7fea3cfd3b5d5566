/* Ballots as committee methods read them: whom each approves, at whatever place. */
#ifndef TALLY_APPROVALS_H
#define TALLY_APPROVALS_H

#include "tally/profile.h"

/* Equal ballots once, blank ones not at all, in an order of their own. */
struct approvals {
    size_t options;
    size_t count;   /* different ballots */
    int64_t voters; /* all weights together */
    int64_t *weight;
    size_t *start;   /* count + 1: ballot i approves items[start[i] … start[i + 1]] */
    uint16_t *items; /* ascending */
    size_t *first;   /* options + 1: option o is on backers[first[o] … first[o + 1]] */
    uint32_t *backers;
    int64_t *support; /* of each option: the weight of its backers */
    /* Options on the same ballots are interchangeable: the least of them, for each. */
    uint16_t *class_of;
};

/* The profile must be plain: see profile_plain. TALLY_NO_MEMORY. */
enum tally_status
approvals_make(const struct tally_profile *profile, struct approvals *ret_approvals);
void approvals_free(struct approvals *approvals);

#endif

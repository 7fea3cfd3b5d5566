/* Ballots on their way into a profile, for whoever adds very many: some wait until what
 * finding them touches is in the cache. A million ballots are grouped several times as
 * fast as one by one. */
#ifndef TALLY_STAGE_H
#define TALLY_STAGE_H

#include "tally/form.h"

#define STAGE_WAITING_MAX 64

struct waiting {
    size_t first; /* of its marks */
    size_t count;
    uint32_t hash;
    bool raw;
    int64_t weight;
    size_t row; /* which it will be added to, most likely */
};

struct stage {
    struct tally_profile *profile; /* borrowed; nobody else adds to it meanwhile */
    struct waiting waiting[STAGE_WAITING_MAX];
    size_t count;
    int64_t weight; /* of all who wait */
    struct tally_mark *marks;
    size_t mark_count;
    size_t mark_capacity;
};

void stage_init(struct stage *stage, struct tally_profile *profile);
/* Who still waits is forgotten. */
void stage_fini(struct stage *stage);
/* As tally_profile_add, sooner or later: a ballot that is refused is told at once,
 * TALLY_TOO_MANY and TALLY_NO_MEMORY may be those that waited. */
enum tally_status stage_add(
    struct stage *stage, const struct tally_mark *marks, size_t mark_count,
    int64_t weight);
/* The same for a ranking whose marks are its canonical form, everybody once and all
 * valid: the caller has seen to that. */
enum tally_status stage_add_sure(
    struct stage *stage, const struct tally_mark *marks, size_t mark_count,
    int64_t weight);
/* All who wait come in. */
enum tally_status stage_flush(struct stage *stage);

#endif

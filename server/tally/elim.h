/* The frame of all counts by elimination: round after round a method's step says who is
 * elected, who leaves, or which tie has to be settled; the frame keeps the rounds,
 * settles ties and orders the options. A tie for leaving is settled by the most recent
 * earlier round in which the tied differed (setting `tiebreak`), then by lot; without a
 * tie order the rounds end there and the search says who may still win. */
#ifndef TALLY_ELIM_H
#define TALLY_ELIM_H

#include "tally/standing.h"

enum step_kind {
    STEP_STOP,  /* the table is complete */
    STEP_ELECT, /* all of `set` */
    STEP_LEAVE, /* all of `set` at once */
    STEP_TIE    /* all of `sure`, and `wanted` of the tied in `set` */
};

struct step {
    enum step_kind kind;
    enum tally_reason reason;
    uint64_t set[BITS_OPTIONS_WORDS];
    uint64_t sure[BITS_OPTIONS_WORDS];
    size_t wanted;
    bool free; /* however the tie is settled, all who are in but `sure` may win */
};

/* What comes next. Uses the standing's room `sorted` and changes nothing else. */
typedef void step_fn(struct standing *now, const void *ctx, struct step *ret_step);

struct elim;
/* Settles who leaves, for a method in which that takes more than one choice: sets
 * elim->leaving, or elim->open. `step` is no STEP_STOP and no STEP_ELECT. */
typedef enum tally_status leave_fn(struct elim *elim, const struct step *step);

struct elim_method {
    step_fn *step;
    leave_fn *leave; /* NULL: as the step says */
    bool points;     /* Borda points instead of votes */
    bool majority;   /* more than half of the votes elects */
    bool condorcet;  /* who beats all others in is elected for one seat, at any time */
};

/* A method's own knowledge for its step, and sets of options that stand one behind the
 * other whatever their votes: `layer_count` × words; NULL: none. Borrowed. */
struct elim_plan {
    const struct elim_method *method;
    const void *ctx;
    const uint64_t *layers;
    size_t layer_count;
};

struct elim {
    const struct elim_plan *plan;
    const struct tally_rule *rule;
    struct tally_result *result;
    struct standing now;
    uint64_t moved[BITS_OPTIONS_WORDS];   /* whose votes the next round got */
    uint64_t elected[BITS_OPTIONS_WORDS]; /* so far */
    uint64_t leaving[BITS_OPTIONS_WORDS];
    size_t drawn[TALLY_OPTIONS_MAX]; /* the option's last tie settled by lot; from 1 */
    bool open;                       /* stopped at a tie that nobody settles */
    bool lots;                       /* a lot was drawn */

    struct { /* at the first tie that needs a lot; 0 seats: none yet */
        uint64_t in[BITS_OPTIONS_WORDS];
        uint64_t elected[BITS_OPTIONS_WORDS];
        size_t seats;
        size_t round; /* from 1 */
        bool known;
    } at_lot;
};

enum tally_status elim_count(struct count *count, const struct elim_plan *plan);

/* Of `count` tied options `wanted` leave: sorts `tied`, the favoured first, those who
 * leave last, and notes the ties. Only with a tie order. */
enum tally_status
elim_settle(struct elim *elim, uint16_t *tied, size_t count, size_t wanted);
/* Notes a tie that nobody settles. */
enum tally_status elim_push_open(struct elim *elim, const uint64_t *tied);

/* Orders the options as the rounds tell. */
void elim_place(struct elim *elim);

/* Everyone whom some way of settling ties elects, when counting goes on from the first
 * lot. When the search is given up, *ret_searched is false and it is all who were in.
 * Counts on with the standing, whose state is lost. */
enum tally_status
elim_search(struct elim *elim, uint64_t *ret_possible, bool *ret_searched);

/* ---- steps that methods share ---- */

/* No more are in than seats: they are elected. */
bool step_last_seats(const struct standing *now, struct step *ret_step);
/* The one with the fewest votes leaves, or one of the tied. */
void step_lowest(const struct standing *now, struct step *ret_step);
/* Instant runoff among those in: `majority`: more than half elects, for one seat. */
void step_runoff(struct standing *now, bool majority, struct step *ret_step);

#endif

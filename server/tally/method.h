/* The table of methods: one row a method, one file a counting function. */
#ifndef TALLY_METHOD_H
#define TALLY_METHOD_H

#include "tally/profile.h"
#include "tally/result.h"
#include "tally/rule.h"

/* What a counting function works on. `result` comes with its sizes, the blank ballots
 * and, where the method is paired or the rule wants it, the pairwise matrix; the function
 * orders the options and elects. */
struct count {
    const struct tally_profile *profile;
    const struct tally_rule *rule;
    const struct tally_method *method;
    struct tally_result *result;
};

typedef enum tally_status method_fn(struct count *count);
/* Where one ballot counts: way.h. */
struct follow;
typedef enum tally_status follow_fn(struct follow *follow);
/* How few changed ballots would have elected others: fragility.h. Called with a decided
 * result; leaves the answer alone where there is no figure. */
struct question;
struct tally_fragility;
typedef enum tally_status
fragility_fn(const struct question *question, struct tally_fragility *answer);

/* How strong a majority is. */
enum strength { STRENGTH_NONE, STRENGTH_WV, STRENGTH_MARGIN, STRENGTH_OPPOSITION };

struct tally_method {
    const char *name;
    const char *source;
    method_fn *count;
    follow_fn *follow;       /* NULL: a ballot can't be followed */
    fragility_fn *fragility; /* NULL: there is no such figure */
    enum tally_form form;
    enum strength strength;
    unsigned properties;  /* enum tally_property */
    uint32_t settings;    /* SETTING_BIT of each it has */
    uint16_t options_max; /* 0: TALLY_OPTIONS_MAX */
    bool multi;
    bool by_default;
    bool may_refuse;
    bool paired; /* looks at the pairwise matrix */
    bool raw;    /* looks at repeated and unnamed marks, without settings for them */
};

method_fn count_plurality;
method_fn count_irv;
method_fn count_bottoms_up;
method_fn count_bottom_two;
method_fn count_benham;
method_fn count_smith_irv;
method_fn count_baldwin;
method_fn count_nanson;
method_fn count_condorcet;
method_fn count_smith;
method_fn count_copeland;
method_fn count_minimax;
method_fn count_schulze;
method_fn count_ranked_pairs;
method_fn count_borda;
method_fn count_black;
method_fn count_bucklin;
method_fn count_kemeny;
method_fn count_approval;
method_fn count_pav;
method_fn count_seq_pav;
method_fn count_seq_phragmen;
method_fn count_equal_shares;
method_fn count_score;
method_fn count_star;
method_fn count_stv;
method_fn count_meek;

#endif

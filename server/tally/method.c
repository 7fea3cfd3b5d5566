#include "tally/method.h"

#include "tally/fragility.h"
#include "tally/kemeny.h"
#include "tally/way.h"

#include <string.h>

#define LOT_SETTINGS (SETTING_BIT(SETTING_TIEBREAK) | SETTING_BIT(SETTING_SEARCH))
/* How a ranking is read as a list, one option after the other. */
#define LIST_SETTINGS                                                                    \
    (SETTING_BIT(SETTING_OVERVOTE) | SETTING_BIT(SETTING_REPEAT) |                       \
     SETTING_BIT(SETTING_MAX_SKIPPED_RANKS))

/* Sources: a few are cited more than once. */
#define TIDEMAN_1987 "Tideman, Independence of clones (1987)"
#define SCHULZE      "Schulze, A new monotonic, clone-independent method (2011)"
#define HYBRIDS      "Green-Armytage, Four Condorcet-Hare hybrid methods (2011)"
#define THIELE_1895  "Thiele, Om flerfoldsvalg (1895)"
#define SIMPSON      "Simpson, On defining areas of voter choice (1969); Kramer (1977)"

static const struct tally_method methods[] = {
    {.name = "ranked-pairs-wv",
     .source = TIDEMAN_1987 ", by winning votes; ties: Zavist and Tideman (1989)",
     .count = count_ranked_pairs,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .strength = STRENGTH_WV,
     .properties = TALLY_CONDORCET | TALLY_CLONE_PROOF | TALLY_MONOTONE,
     .settings = SETTING_BIT(SETTING_SEARCH),
     .by_default = true},
    {.name = "ranked-pairs-margins",
     .source = TIDEMAN_1987 "; ties: Zavist and Tideman (1989)",
     .count = count_ranked_pairs,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .strength = STRENGTH_MARGIN,
     .properties = TALLY_CONDORCET | TALLY_CLONE_PROOF | TALLY_MONOTONE,
     .settings = SETTING_BIT(SETTING_SEARCH)},
    {.name = "irv",
     .source = "Ware (1871); Robert's Rules of Order Newly Revised, preferential voting",
     .count = count_irv,
     .follow = follow_list,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .properties = TALLY_CLONE_PROOF | TALLY_LATER_NO_HARM,
     .settings = LIST_SETTINGS | LOT_SETTINGS | SETTING_BIT(SETTING_BATCH_ELIMINATION) |
                 SETTING_BIT(SETTING_CONTINUE_TO_TWO) |
                 SETTING_BIT(SETTING_WRITE_INS_FIRST),
     .by_default = true},
    {.name = "stv-scottish",
     .source = "The Scottish Local Government Elections Order 2007, SSI 2007/42, as "
               "amended by SSI 2011/399",
     .count = count_stv,
     .follow = follow_stv,
     .form = TALLY_RANKING,
     .properties = TALLY_PROPORTIONAL,
     .settings = LIST_SETTINGS | SETTING_BIT(SETTING_SEARCH),
     .multi = true,
     .by_default = true},
    {.name = "stv-wigm",
     .source = "Miragliotta, Determining the result: transferring surplus votes (2002), "
               "weighted inclusive Gregory method; settings as RCTab's",
     .count = count_stv,
     .follow = follow_stv,
     .form = TALLY_RANKING,
     .properties = TALLY_PROPORTIONAL,
     .settings = LIST_SETTINGS | LOT_SETTINGS | SETTING_BIT(SETTING_QUOTA) |
                 SETTING_BIT(SETTING_DECIMALS) | SETTING_BIT(SETTING_ROUNDING) |
                 SETTING_BIT(SETTING_SURPLUS) | SETTING_BIT(SETTING_BATCH_ELIMINATION) |
                 SETTING_BIT(SETTING_CONTINUE_TO_TWO) |
                 SETTING_BIT(SETTING_WRITE_INS_FIRST),
     .multi = true,
     .may_refuse = true},
    {.name = "stv-meek",
     .source = "Meek (1969); Hill, Wichmann and Woodall (1987); Proportional "
               "Representation Foundation, Reference Meek Rule",
     .count = count_meek,
     .follow = follow_stv,
     .form = TALLY_RANKING,
     .properties = TALLY_PROPORTIONAL,
     .settings = LIST_SETTINGS | SETTING_BIT(SETTING_SEARCH),
     .multi = true},
    {.name = "schulze-wv",
     .source = SCHULZE ", by winning votes",
     .count = count_schulze,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .strength = STRENGTH_WV,
     .properties = TALLY_CONDORCET | TALLY_CLONE_PROOF | TALLY_MONOTONE},
    {.name = "schulze-margins",
     .source = SCHULZE ", by margins",
     .count = count_schulze,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .strength = STRENGTH_MARGIN,
     .properties = TALLY_CONDORCET | TALLY_CLONE_PROOF | TALLY_MONOTONE},
    {.name = "condorcet",
     .source = "Condorcet, Essai sur l'application de l'analyse (1785)",
     .count = count_condorcet,
     .follow = follow_duels,
     .fragility = fragility_condorcet,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET | TALLY_MONOTONE},
    {.name = "smith",
     .source = "Smith, Aggregation of preferences with variable electorate (1973)",
     .count = count_smith,
     .follow = follow_duels,
     .fragility = fragility_condorcet,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET | TALLY_CLONE_PROOF | TALLY_MONOTONE},
    {.name = "copeland",
     .source = "Copeland, A reasonable social welfare function (1951)",
     .count = count_copeland,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET | TALLY_MONOTONE},
    {.name = "minimax-wv",
     .source = SIMPSON ", by winning votes",
     .count = count_minimax,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .strength = STRENGTH_WV,
     .properties = TALLY_CONDORCET | TALLY_MONOTONE},
    {.name = "minimax-margins",
     .source = SIMPSON ", by margins",
     .count = count_minimax,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .strength = STRENGTH_MARGIN,
     .properties = TALLY_CONDORCET | TALLY_MONOTONE},
    {.name = "minimax-opposition",
     .source = SIMPSON ", by all votes against",
     .count = count_minimax,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .strength = STRENGTH_OPPOSITION,
     .properties = TALLY_MONOTONE | TALLY_LATER_NO_HARM},
    {.name = "borda",
     .source =
         "Borda, Mémoire sur les élections au scrutin (1781); shared places averaged",
     .count = count_borda,
     .follow = follow_borda,
     .fragility = fragility_borda,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_MONOTONE,
     .settings = SETTING_BIT(SETTING_UNRANKED)},
    {.name = "baldwin",
     .source = "Baldwin, The technique of the Nanson preferential majority system (1926)",
     .count = count_baldwin,
     .follow = follow_points,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET,
     .settings = LOT_SETTINGS},
    {.name = "nanson",
     .source = "Nanson, Methods of election (1882): at or below the average leave",
     .count = count_nanson,
     .follow = follow_points,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET,
     .settings = LOT_SETTINGS},
    {.name = "bottom-two-runoff",
     .source = "instant runoff in which the two lowest meet and the loser leaves",
     .count = count_bottom_two,
     .follow = follow_list,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET,
     .settings = LIST_SETTINGS | LOT_SETTINGS},
    {.name = "benham",
     .source = HYBRIDS ": Benham",
     .count = count_benham,
     .follow = follow_list,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET | TALLY_CLONE_PROOF,
     .settings = LIST_SETTINGS | LOT_SETTINGS},
    {.name = "smith-irv",
     .source = HYBRIDS ": Smith-AV",
     .count = count_smith_irv,
     .follow = follow_list,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET | TALLY_CLONE_PROOF,
     .settings = LIST_SETTINGS | LOT_SETTINGS},
    {.name = "bottoms-up",
     .source = "instant runoff until as many are left as there are seats, as RCTab",
     .count = count_bottoms_up,
     .follow = follow_list,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .properties = TALLY_LATER_NO_HARM,
     .settings = LIST_SETTINGS | LOT_SETTINGS | SETTING_BIT(SETTING_BATCH_ELIMINATION) |
                 SETTING_BIT(SETTING_CONTINUE_TO_TWO) |
                 SETTING_BIT(SETTING_WRITE_INS_FIRST) | SETTING_BIT(SETTING_QUOTA) |
                 SETTING_BIT(SETTING_DECIMALS) | SETTING_BIT(SETTING_SURPLUS),
     .multi = true},
    {.name = "black",
     .source = "Black, The Theory of Committees and Elections (1958)",
     .count = count_black,
     .follow = follow_borda,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET | TALLY_MONOTONE},
    {.name = "bucklin",
     .source = "charter of Grand Junction, Colorado (1909); Hoag and Hallett, "
               "Proportional Representation (1926)",
     .count = count_bucklin,
     .follow = follow_bucklin,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .properties = TALLY_MONOTONE},
    {.name = "kemeny",
     .source = "Kemeny, Mathematics without numbers (1959); Young and Levenglick (1978)",
     .count = count_kemeny,
     .follow = follow_duels,
     .fragility = fragility_tried,
     .form = TALLY_RANKING,
     .paired = true,
     .properties = TALLY_CONDORCET | TALLY_MONOTONE,
     .options_max = KEMENY_OPTIONS_MAX},
    {.name = "plurality",
     .source = "most first ranks",
     .raw = true,
     .count = count_plurality,
     .follow = follow_plurality,
     .fragility = fragility_plurality,
     .form = TALLY_RANKING,
     .properties = TALLY_MONOTONE | TALLY_LATER_NO_HARM},
    {.name = "approval",
     .source = "Brams and Fishburn, Approval voting (1978)",
     .count = count_approval,
     .follow = follow_approval,
     .fragility = fragility_approval,
     .form = TALLY_APPROVAL,
     .properties = TALLY_MONOTONE,
     .multi = true,
     .by_default = true},
    {.name = "equal-shares",
     .source = "Peters and Skowron, Proportionality and the limits of welfarism (2020)",
     .count = count_equal_shares,
     .follow = follow_approval,
     .form = TALLY_APPROVAL,
     .properties = TALLY_PROPORTIONAL,
     .settings = SETTING_BIT(SETTING_SEARCH) | SETTING_BIT(SETTING_COMPLETION),
     .multi = true},
    {.name = "pav",
     .source = THIELE_1895,
     .count = count_pav,
     .follow = follow_approval,
     .form = TALLY_APPROVAL,
     .properties = TALLY_MONOTONE | TALLY_PROPORTIONAL,
     .multi = true,
     .may_refuse = true},
    {.name = "seq-pav",
     .source = THIELE_1895 ", one option after the other",
     .count = count_seq_pav,
     .follow = follow_approval,
     .form = TALLY_APPROVAL,
     .properties = TALLY_MONOTONE,
     .settings = SETTING_BIT(SETTING_SEARCH),
     .multi = true},
    {.name = "seq-phragmen",
     .source = "Phragmén, Till frågan om en proportionell valmetod (1899)",
     .count = count_seq_phragmen,
     .follow = follow_approval,
     .form = TALLY_APPROVAL,
     .properties = TALLY_MONOTONE | TALLY_PROPORTIONAL,
     .settings = SETTING_BIT(SETTING_SEARCH),
     .multi = true},
    {.name = "score",
     .source = "Smith, Range voting (2000)",
     .count = count_score,
     .follow = follow_score,
     .fragility = fragility_score,
     .form = TALLY_SCORE,
     .properties = TALLY_MONOTONE,
     .settings = SETTING_BIT(SETTING_MAX) | SETTING_BIT(SETTING_BLANK)},
    {.name = "star",
     .source = "Equal Vote Coalition, STAR voting (2014); several seats: Bloc STAR",
     .count = count_star,
     .follow = follow_score,
     .form = TALLY_SCORE,
     .properties = TALLY_MONOTONE,
     .settings = SETTING_BIT(SETTING_SEARCH) | SETTING_BIT(SETTING_MAX) |
                 SETTING_BIT(SETTING_BLANK) | SETTING_BIT(SETTING_RUNOFF_TIE),
     .multi = true},
};

#define METHOD_COUNT (sizeof methods / sizeof methods[0])

const struct tally_method *tally_method_find(const char *name)
{
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        if (strcmp(methods[i].name, name) == 0) {
            return methods + i;
        }
    }
    return NULL;
}

const struct tally_method *tally_method_at(size_t i)
{
    return i < METHOD_COUNT ? methods + i : NULL;
}

const char *tally_method_name(const struct tally_method *method)
{
    return method->name;
}

enum tally_form tally_method_form(const struct tally_method *method)
{
    return method->form;
}

bool tally_method_multi(const struct tally_method *method)
{
    return method->multi;
}

bool tally_method_default(const struct tally_method *method)
{
    return method->by_default;
}

size_t tally_method_options_max(const struct tally_method *method)
{
    return method->options_max != 0 ? method->options_max : TALLY_OPTIONS_MAX;
}

bool tally_method_may_refuse(const struct tally_method *method)
{
    return method->may_refuse;
}

unsigned tally_method_properties(const struct tally_method *method)
{
    return method->properties;
}

const char *tally_method_source(const struct tally_method *method)
{
    return method->source;
}

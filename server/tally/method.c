#include "tally/method.h"

#include <string.h>

static const struct tally_method methods[] = {
    {"ranked-pairs-wv", TALLY_RANKING, false, true, STRENGTH_WV, count_ranked_pairs},
    {"ranked-pairs-margins", TALLY_RANKING, false, false, STRENGTH_MARGIN,
     count_ranked_pairs},
    {"irv", TALLY_RANKING, false, true, STRENGTH_NONE, count_irv},
    {"schulze-wv", TALLY_RANKING, false, false, STRENGTH_WV, count_schulze},
    {"schulze-margins", TALLY_RANKING, false, false, STRENGTH_MARGIN, count_schulze},
    {"condorcet", TALLY_RANKING, false, false, STRENGTH_NONE, count_condorcet},
    {"smith", TALLY_RANKING, false, false, STRENGTH_NONE, count_smith},
    {"copeland", TALLY_RANKING, false, false, STRENGTH_NONE, count_copeland},
    {"minimax-wv", TALLY_RANKING, false, false, STRENGTH_WV, count_minimax},
    {"minimax-margins", TALLY_RANKING, false, false, STRENGTH_MARGIN, count_minimax},
    {"minimax-opposition", TALLY_RANKING, false, false, STRENGTH_OPPOSITION,
     count_minimax},
    {"borda", TALLY_RANKING, false, false, STRENGTH_NONE, count_borda},
    {"plurality", TALLY_RANKING, false, false, STRENGTH_NONE, count_plurality},
    {"approval", TALLY_APPROVAL, true, true, STRENGTH_NONE, count_approval},
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

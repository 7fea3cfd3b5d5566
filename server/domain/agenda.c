#include "domain/agenda.h"

#include <assert.h>

static const char *const kind_names[PHASE_KIND_COUNT] = {
    [PHASE_CALL] = "call",           [PHASE_COLLECT] = "collect",
    [PHASE_MERGE] = "merge",         [PHASE_RANK] = "rank",
    [PHASE_SHORTLIST] = "shortlist", [PHASE_AWARD] = "award",
    [PHASE_FOLLOW_UP] = "follow-up",
};

const struct phase *agenda_phase(const struct agenda *agenda, int64_t id)
{
    for (size_t i = 0; i < agenda->count; i++) {
        if (agenda->phases[i].id == id) {
            return &agenda->phases[i];
        }
    }
    return NULL;
}

bool phase_may_poll(enum phase_kind kind)
{
    return kind == PHASE_SHORTLIST || kind == PHASE_RANK;
}

const char *phase_kind_name(enum phase_kind kind)
{
    assert(kind < PHASE_KIND_COUNT);
    return kind_names[kind];
}

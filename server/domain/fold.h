/* The fold: (state, entry) → (state, outcome). Pure: no clock, no randomness, no I/O. The
 * same entries in the same order give the same state, byte for byte in every export. */
#ifndef DOMAIN_FOLD_H
#define DOMAIN_FOLD_H

#include "domain/event.h"

/* An event before its first entry. `map_seed`: 128 random bits that keep strangers from
 * choosing colliding keys; it has no influence on any outcome. */
void event_init(struct event *event, int64_t id, const uint64_t map_seed[2]);
void event_fini(struct event *event);

/* Would this entry be accepted now? A history entry's role is checked too (access.h). For
 * ENTRY_CAST use poll_check_cast. A repeated command is ERR_OK: applying it finds its
 * first outcome. Changes nothing. */
MUST_CHECK enum err event_check(const struct event *event, const struct entry *entry);

/* Applies a durable history entry. Checks again: an entry that lost a race (another
 * moderator was quicker) changes nothing but the position, and ret_outcome->err says why.
 * Every entry moves the position by one, also a refused and a repeated one, and one that
 * tells of a restoring by more; ret_outcome->pos is the new position, of a repeat the
 * first one's. A command whose id is zero is never taken for a repeat. Returns ERR_NOMEM
 * only, with the state unchanged.
 */
MUST_CHECK enum err
event_apply(struct event *event, const struct entry *entry, struct outcome *ret_outcome);

/* The first outcome of a command, if it is known. */
bool event_find_command(
    const struct event *event, int64_t actor, const struct uid *command,
    struct outcome *ret_outcome);

/* A ballot against the poll's rules and state, before it is appended: ERR_UNKNOWN_POLL,
 * NOT_OPEN, CLOSED, SEALED, ANNULLED, WRONG_FORM, UNKNOWN_OPTION, DUPLICATE_OPTION,
 * TOO_MANY_RANKS (more places than ranks_max; ties may hold more marks),
 * TIES_NOT_ALLOWED, BAD_VALUE (places not dense, counter 0), TOO_MANY (revotes). Marks
 * may stand in any order. A known (slot, id) is ERR_OK whatever the state: applying or
 * poll_find_ballot repeats its first answer. */
MUST_CHECK enum err poll_check_cast(const struct poll *poll, const struct cast *cast);

/* Is this poll (may be NULL) voted in now? UNKNOWN_POLL, NOT_OPEN, CLOSED, SEALED,
 * ANNULLED. */
MUST_CHECK enum err poll_check_voting(const struct poll *poll);

/* True, with the first outcome, if this slot has sent this id before. */
bool poll_find_ballot(
    const struct poll *poll, const struct uid *slot, const struct uid *id,
    struct outcome *ret_outcome);

/* The highest counter of a slot's ballots, 0 if none; `ret_current` (may be NULL) is the
 * ballot that counts, or NULL. */
uint32_t poll_slot_counter(
    const struct poll *poll, const struct uid *slot,
    const struct kept_ballot **ret_current);

/* Applies an entry of the poll's ballot lane (CAST or FENCE) that is row `seq`. A cast
 * after a closing fence, or one the rules refuse, changes nothing (ret_outcome->err).
 * Only the fence decides, not the poll's state: lane and history have no common order.
 * Returns ERR_NOMEM or ERR_TOO_MANY, unchanged. */
MUST_CHECK enum err event_apply_lane(
    struct event *event, int64_t poll, int64_t seq, const struct entry *entry,
    struct outcome *ret_outcome);

/* After sealing, or at start for a sealed poll: replaces all ballots by the sealed list,
 * which knows no slots, ids or order of arrival. `casts` need id, slot, epoch and counter
 * not. ERR_UNKNOWN_POLL, ERR_WRONG_STATE (not sealed), ERR_DAMAGED (a ballot breaks the
 * poll's rules), ERR_NOMEM: unchanged. */
MUST_CHECK enum err event_load_sealed(
    struct event *event, int64_t poll, const struct cast *casts, size_t count);

#endif

/* Ballots arrive in any order, and some twice: what counts is the same. */
#include "chance.h"
#include "unit/domain/kit.h"

#include <stdlib.h>

#define SEEDS 320

#define CASTS  300
#define VOTERS 40

/* What counts, slot by slot, whatever the order of arrival. */
static void digest_counting(struct buf *out, const struct poll *poll)
{
    DIGEST(out, poll->voted);
    for (uint64_t voter = 0; voter < VOTERS; voter++) {
        const struct uid slot = uid_of(voter + 9000000);
        const struct kept_ballot *current;
        DIGEST(out, poll_slot_counter(poll, &slot, &current));
        if (current == NULL) {
            continue;
        }
        DIGEST(out, current->epoch, current->counter);
        digest_bytes(out, current->id.bytes, UID_BYTES);
        for (size_t k = 0; k < current->mark_count; k++) {
            const struct kept_mark *mark = &poll->marks[current->marks_at + k];
            DIGEST(out, mark->option, mark->value);
        }
    }
}

static struct ballot random_ballot(void)
{
    struct ballot ballot = {.form = BALLOT_RANKING, .mark_count = (uint16_t)below(4)};
    int64_t options[] = {1, 2, 3, 4, 5};
    for (uint16_t i = 0; i < ballot.mark_count; i++) {
        int64_t k = i + below(5 - i);
        int64_t option = options[k];
        options[k] = options[i];
        options[i] = option;
        ballot.marks[i] = (struct mark){.option = option, .value = (uint16_t)(i + 1)};
    }
    return ballot;
}

/* Distinct (epoch, counter) within a slot, as honest phones send them. */
static void make_casts(struct kit *kit, struct entry *entries)
{
    uint32_t counters[VOTERS][3] = {0};
    for (size_t i = 0; i < CASTS; i++) {
        uint64_t voter = (uint64_t)below(VOTERS);
        uint32_t epoch = (uint32_t)(1 + below(3));
        struct ballot ballot = random_ballot();
        entries[i] = cast_entry(kit, voter, epoch, ++counters[voter][epoch - 1], &ballot);
    }
}

static void shuffle(struct entry *entries, size_t count)
{
    for (size_t i = count - 1; i > 0; i--) {
        size_t k = (size_t)below((int64_t)i + 1);
        struct entry entry = entries[i];
        entries[i] = entries[k];
        entries[k] = entry;
    }
}

static void count_arrivals(const struct entry *entries, struct buf *ret_digest)
{
    struct kit kit;
    kit_init(&kit, JOIN_OPEN);
    int64_t poll = draft_of_new(&kit, 5);
    step(&kit, ENTRY_POLL_OPEN, poll);
    for (size_t i = 0; i < CASTS; i++) {
        cr_assert_eq(apply_lane(&kit, poll, &entries[i]).err, ERR_OK);
        if (below(4) == 0) { /* a phone repeats itself, now or later */
            const struct entry *again = &entries[below((int64_t)i + 1)];
            cr_assert(apply_lane(&kit, poll, again).repeated);
        }
    }
    digest_counting(ret_digest, event_poll(&kit.event, poll));
    kit_fini(&kit);
}

Test(history, of_ballots_counts_the_same_in_any_order_of_arrival)
{
    struct kit kit;
    kit_init(&kit, JOIN_OPEN);
    struct entry *entries = calloc(CASTS, sizeof *entries);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        seed_random(seed);
        make_casts(&kit, entries);
        struct buf one;
        struct buf two;
        buf_init(&one, DIGEST_BYTES_MAX);
        buf_init(&two, DIGEST_BYTES_MAX);
        count_arrivals(entries, &one);
        shuffle(entries, CASTS);
        count_arrivals(entries, &two);
        cr_expect(span_equal(buf_span(&one), buf_span(&two)), "seed %" PRIu64, seed);
        buf_fini(&one);
        buf_fini(&two);
    }
    free(entries);
    kit_fini(&kit);
}

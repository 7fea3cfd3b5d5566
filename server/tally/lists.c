#include "tally/lists.h"

#include "tally/grow.h"

/* A ballot while it is read from its best place down. */
struct reader {
    const struct tally_rule *rule;
    uint64_t seen[BITS_OPTIONS_WORDS];
    size_t last_place;
    uint16_t *items;
    size_t count;
    enum ending ending;
};

static bool skips_too_many(const struct reader *reader, size_t place)
{
    int64_t allowed = rule_get(reader->rule, SETTING_MAX_SKIPPED_RANKS);
    return allowed != SKIPPED_RANKS_ANY &&
           (int64_t)(place - reader->last_place) - 1 > allowed;
}

/* Remembers all of a group; was somebody among them before? */
static bool repeats(struct reader *reader, const struct tally_mark *group, size_t count)
{
    bool repeated = false;
    for (size_t i = 0; i < count; i++) {
        if (group[i].option != TALLY_UNNAMED) {
            repeated = repeated || bits_has(reader->seen, group[i].option);
            bits_add(reader->seen, group[i].option);
        }
    }
    return repeated;
}

/* Reads the options at one place; false: the ballot ends there. */
static bool
read_group(struct reader *reader, const struct tally_mark *group, size_t count)
{
    const struct tally_rule *rule = reader->rule;
    if (skips_too_many(reader, group->place)) {
        reader->ending = ENDING_SKIPPED;
        return false;
    }
    reader->last_place = group->place;
    bool overvote = count > 1 || group->option == TALLY_UNNAMED;
    bool repeated = repeats(reader, group, count);
    if (overvote) {
        bool skip = rule_get(rule, SETTING_OVERVOTE) == OVERVOTE_SKIP;
        reader->ending = skip ? reader->ending : ENDING_OVERVOTE;
        return skip;
    }
    if (repeated) {
        bool skip = rule_get(rule, SETTING_REPEAT) == REPEAT_SKIP;
        reader->ending = skip ? reader->ending : ENDING_REPEAT;
        return skip;
    }
    reader->items[reader->count++] = group->option;
    return true;
}

/* Copies the options of a ballot; false: some are at one place. */
static bool copy_strict(const struct tally_mark *marks, size_t count, uint16_t *ret_items)
{
    uint32_t last = 0;
    bool strict = true;
    for (size_t i = 0; i < count; i++) {
        strict = strict && marks[i].place != last;
        ret_items[i] = marks[i].option;
        last = marks[i].place;
    }
    return strict;
}

size_t lists_read(
    const struct tally_rule *rule, const struct tally_mark *marks, size_t count,
    uint16_t *ret_items, enum ending *ret_ending)
{
    struct reader reader = {.rule = rule, .ending = ENDING_CHOICES};
    reader.items = ret_items;
    bool more = true;
    for (size_t i = 0, next = 0; i < count && more; i = next) {
        for (next = i + 1; next < count && marks[next].place == marks[i].place;) {
            next++;
        }
        more = read_group(&reader, marks + i, next - i);
    }
    *ret_ending = reader.ending;
    return reader.count;
}

enum tally_status lists_make(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct lists *ret_lists)
{
    struct lists lists = {.options = profile->options};
    lists.items = zeroed(profile->mark_count, sizeof *lists.items);
    lists.start = zeroed(profile->row_count + 1, sizeof *lists.start);
    lists.weight = zeroed(profile->row_count, sizeof *lists.weight);
    lists.ending = zeroed(profile->row_count, sizeof *lists.ending);
    if (lists.items == NULL || lists.start == NULL || lists.weight == NULL ||
        lists.ending == NULL) {
        lists_free(&lists);
        return TALLY_NO_MEMORY;
    }
    /* Ballots that name everybody once, one a place, are lists already. */
    bool plain = profile->raw == 0 &&
                 rule_get(rule, SETTING_MAX_SKIPPED_RANKS) == SKIPPED_RANKS_ANY;
    for (size_t i = 0, end = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        uint16_t *items = lists.items + end;
        enum ending ending = ENDING_CHOICES;
        if (row->count == 0 || row->weight == 0) {
            continue;
        }
        end += plain && copy_strict(marks, row->count, items)
                   ? row->count
                   : lists_read(rule, marks, row->count, items, &ending);
        lists.ending[lists.count] = (uint8_t)ending;
        lists.weight[lists.count++] = row->weight;
        lists.start[lists.count] = (uint32_t)end;
    }
    *ret_lists = lists;
    return TALLY_OK;
}

void lists_free(struct lists *lists)
{
    free(lists->items);
    free(lists->start);
    free(lists->weight);
    free(lists->ending);
    *lists = (struct lists){0};
}

#include "tally/way.h"

#include "tally/grow.h"

enum tally_status
follow_part(struct follow *follow, size_t option, int64_t value, int64_t unit)
{
    struct tally_way *way = follow->way;
    if (value == 0) {
        return TALLY_OK;
    }
    struct tally_part *parts =
        grow(way->parts, &way->part_capacity, way->part_count + 1, sizeof *parts);
    if (parts == NULL) {
        return TALLY_NO_MEMORY;
    }
    way->parts = parts;
    parts[way->part_count++] = (struct tally_part){
        .option = (uint16_t)option, .value = {.value = value, .unit = unit}};
    return TALLY_OK;
}

enum tally_status follow_end_round(struct follow *follow)
{
    struct tally_way *way = follow->way;
    size_t *ends =
        grow(way->ends, &way->round_capacity, way->round_count + 1, sizeof *ends);
    if (ends == NULL) {
        return TALLY_NO_MEMORY;
    }
    way->ends = ends;
    ends[way->round_count++] = way->part_count;
    return TALLY_OK;
}

void tally_way_free(struct tally_way *way)
{
    if (way != NULL) {
        free(way->parts);
        free(way->ends);
        free(way);
    }
}

size_t tally_way_rounds(const struct tally_way *way)
{
    return way->round_count;
}

/* Where the round's parts begin. */
static size_t start_of(const struct tally_way *way, size_t round)
{
    expect(round < way->round_count);
    return round > 0 ? way->ends[round - 1] : 0;
}

size_t tally_way_parts(const struct tally_way *way, size_t round)
{
    size_t start = start_of(way, round);
    return way->ends[round] - start;
}

struct tally_part tally_way_part(const struct tally_way *way, size_t round, size_t i)
{
    expect(i < tally_way_parts(way, round));
    return way->parts[start_of(way, round) + i];
}

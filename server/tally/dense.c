#include "tally/dense.h"

#include <string.h>

typedef int8_t places __attribute__((vector_size(DENSE_LANES)));

#define UNRANKED INT8_MAX /* more than any rank among DENSE_OPTIONS_MAX options */

void dense_init(struct dense *dense, size_t options, int64_t *pairs)
{
    *dense = (struct dense){
        .options = options, .blocks = (options + DENSE_LANES - 1) / DENSE_LANES};
    dense->pairs = pairs;
}

void dense_flush(struct dense *dense)
{
    for (size_t a = 0; a < dense->options && dense->held > 0; a++) {
        uint8_t above[DENSE_OPTIONS_MAX];
        memcpy(above, dense->above[a], sizeof above);
        memset(dense->above[a], 0, sizeof dense->above[a]);
        for (size_t b = 0; b < dense->options; b++) {
            dense->pairs[a * dense->options + b] += above[b];
        }
    }
    dense->held = 0;
}

/* Where each option stands, from 0; equals share a place. */
static void find_places(const struct tally_mark *marks, size_t count, int8_t *ret_places)
{
    int8_t place = 0;
    memset(ret_places, UNRANKED, DENSE_OPTIONS_MAX);
    for (size_t i = 0; i < count; i++) {
        place = (int8_t)(place + (i > 0 && marks[i].place != marks[i - 1].place));
        ret_places[marks[i].option] = place;
    }
}

static places all_of(int8_t place)
{
    return (places){place, place, place, place, place, place, place, place,
                    place, place, place, place, place, place, place, place};
}

void dense_add(
    struct dense *dense, const struct tally_mark *marks, size_t count, int64_t weight)
{
    int8_t place[DENSE_OPTIONS_MAX];
    places others[DENSE_BLOCKS_MAX];
    if (weight > DENSE_WEIGHT_MAX - dense->held) {
        dense_flush(dense);
    }
    dense->held += weight;
    find_places(marks, count, place);
    memcpy(others, place, sizeof others);
    dense_lanes weights = (dense_lanes)all_of((int8_t)weight);
    for (size_t i = 0; i < count; i++) {
        dense_lanes *above = dense->above[marks[i].option];
        places own = all_of(place[marks[i].option]);
        for (size_t block = 0; block < dense->blocks; block++) {
            above[block] += weights & (dense_lanes)(own < others[block]);
        }
    }
}

#include "tally/stage.h"

#include "tally/grow.h"
#include "tally/rows.h"

#include <string.h>

void stage_init(struct stage *stage, struct tally_profile *profile)
{
    *stage = (struct stage){.profile = profile};
}

void stage_fini(struct stage *stage)
{
    free(stage->marks);
    *stage = (struct stage){0};
}

static struct form form_of(const struct stage *stage, const struct waiting *ballot)
{
    return (struct form){
        .marks = stage->marks + ballot->first,
        .count = ballot->count,
        .hash = ballot->hash,
        .raw = ballot->raw};
}

enum tally_status stage_flush(struct stage *stage)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < stage->count; i++) {
        stage->waiting[i].row = rows_expect_row(stage->profile, stage->waiting[i].hash);
    }
    for (size_t i = 0; i < stage->count; i++) {
        rows_expect_marks(stage->profile, stage->waiting[i].row);
    }
    for (size_t i = 0; i < stage->count && status == TALLY_OK; i++) {
        struct form form = form_of(stage, stage->waiting + i);
        status = rows_put_at(
            stage->profile, &form, stage->waiting[i].row, stage->waiting[i].weight);
    }
    stage->count = 0;
    stage->weight = 0;
    stage->mark_count = 0;
    return status;
}

static enum tally_status
hold(struct stage *stage, const struct form *form, int64_t weight)
{
    struct tally_mark *marks = grow(
        stage->marks, &stage->mark_capacity, stage->mark_count + form->count,
        sizeof *marks);
    if (marks == NULL) {
        return TALLY_NO_MEMORY;
    }
    stage->marks = marks;
    if (form->count > 0) {
        memcpy(marks + stage->mark_count, form->marks, form->count * sizeof *marks);
    }
    stage->waiting[stage->count++] = (struct waiting){
        .first = stage->mark_count,
        .count = form->count,
        .hash = form->hash,
        .raw = form->raw,
        .weight = weight};
    stage->mark_count += form->count;
    stage->weight += weight;
    rows_expect(stage->profile, form->hash);
    return TALLY_OK;
}

static enum tally_status check_weight(const struct stage *stage, int64_t weight)
{
    if (weight < 1) {
        return TALLY_BAD_BALLOT;
    }
    return weight > TALLY_BALLOTS_MAX - stage->profile->ballots - stage->weight
               ? TALLY_OVERFLOW
               : TALLY_OK;
}

/* May another wait? Asked before its form is made: that may lie in profile->sorted, which
 * a flush moves. */
static enum tally_status make_place(struct stage *stage, int64_t weight)
{
    enum tally_status status = check_weight(stage, weight);
    return status == TALLY_OK && stage->count == STAGE_WAITING_MAX ? stage_flush(stage)
                                                                   : status;
}

enum tally_status stage_add(
    struct stage *stage, const struct tally_mark *marks, size_t mark_count,
    int64_t weight)
{
    struct form form;
    enum tally_status status = make_place(stage, weight);
    if (status == TALLY_OK) {
        status = form_make(stage->profile, marks, mark_count, &form);
    }
    return status == TALLY_OK ? hold(stage, &form, weight) : status;
}

enum tally_status stage_add_sure(
    struct stage *stage, const struct tally_mark *marks, size_t mark_count,
    int64_t weight)
{
    enum tally_status status = make_place(stage, weight);
    struct form form = {
        .marks = marks, .count = mark_count, .hash = form_hash(marks, mark_count)};
    return status == TALLY_OK ? hold(stage, &form, weight) : status;
}

/* Ballots as chance has it, in canonical form: the proof is made of them. */
#include "ballot.h"

#include "domain/event.h"

#include <inttypes.h>
#include <stdlib.h>

static void shuffle(struct dice *dice, int64_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = dice_pick(dice, i);
        int64_t swapped = items[i - 1];
        items[i - 1] = items[k];
        items[k] = swapped;
    }
}

static int by_number(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a;
    int64_t two = *(const int64_t *)b;
    return one < two ? -1 : one > two ? 1 : 0;
}

static void write_place(struct buf *out, int64_t *options, size_t count)
{
    qsort(options, count, sizeof *options, by_number);
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "%s\"%" PRId64 "\"", i != 0 ? "," : "", options[i]);
    }
}

static void write_ranking(struct buf *out, const struct poll *poll, struct dice *dice)
{
    int64_t options[OPTIONS_MAX];
    size_t left = poll->spec.option_count;
    size_t most = poll->spec.ranks_max < left ? poll->spec.ranks_max : left;
    memcpy(options, poll->spec.options, sizeof options);
    shuffle(dice, options, left);
    size_t places = dice_pick(dice, most + 1);
    buf_text(out, "{\"ranking\":[");
    for (size_t i = 0; i < places && left > 0; i++) {
        size_t tied = poll->spec.ties_allowed ? 1 + dice_pick(dice, 3) : 1;
        size_t count = tied < left ? tied : left;
        left -= count;
        buf_text(out, i != 0 ? ",[" : "[");
        write_place(out, &options[left], count);
        buf_char(out, ']');
    }
    buf_text(out, "]}");
}

static void write_approval(struct buf *out, const struct poll *poll, struct dice *dice)
{
    const char *comma = "";
    buf_text(out, "{\"approval\":[");
    for (size_t i = 0; i < poll->spec.option_count; i++) {
        if (dice_chance(dice, 500)) {
            buf_printf(out, "%s\"%" PRId64 "\"", comma, poll->spec.options[i]);
            comma = ",";
        }
    }
    buf_text(out, "]}");
}

static void write_scores(struct buf *out, const struct poll *poll, struct dice *dice)
{
    const char *comma = "";
    buf_text(out, "{\"score\":[");
    for (size_t i = 0; i < poll->spec.option_count; i++) {
        if (dice_chance(dice, 700)) {
            buf_printf(
                out, "%s[\"%" PRId64 "\",%zu]", comma, poll->spec.options[i],
                dice_pick(dice, SCORE_MAX + 1));
            comma = ",";
        }
    }
    buf_text(out, "]}");
}

/* As many as there are, on one option after the other. */
static void write_dots(struct buf *out, const struct poll *poll, struct dice *dice)
{
    const char *comma = "";
    size_t left = poll->spec.dots;
    buf_text(out, "{\"dots\":[");
    for (size_t i = 0; i < poll->spec.option_count && left > 0; i++) {
        size_t dots = dice_pick(dice, left + 1);
        left -= dots;
        if (dots > 0) {
            buf_printf(
                out, "%s[\"%" PRId64 "\",%zu]", comma, poll->spec.options[i], dots);
            comma = ",";
        }
    }
    buf_text(out, "]}");
}

void ballot_draw(struct buf *out, const struct poll *poll, struct dice *dice)
{
    static const char *const answers[] = {"yes", "no", "abstain"};
    switch (poll->spec.form) {
    case BALLOT_RANKING:
        write_ranking(out, poll, dice);
        break;
    case BALLOT_APPROVAL:
        write_approval(out, poll, dice);
        break;
    case BALLOT_SCORE:
        write_scores(out, poll, dice);
        break;
    case BALLOT_DOTS:
        write_dots(out, poll, dice);
        break;
    case BALLOT_YESNO:
    case BALLOT_FORM_COUNT:
        buf_printf(out, "{\"answer\":\"%s\"}", answers[dice_pick(dice, 3)]);
        break;
    }
}

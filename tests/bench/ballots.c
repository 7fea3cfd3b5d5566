#include "ballots.h"

#include "stimmwerk/tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* Above 0, at most 1. */
static double draw_share(uint64_t *state)
{
    return ((double)(draw(state) >> 11) + 1) / 9007199254740992.0;
}

/* Each bloc's options in an order of its own, their strengths falling geometrically. */
void voters_init(struct voters *voters, const struct poll *poll, uint64_t seed)
{
    *voters = (struct voters){.poll = poll, .state = seed};
    for (size_t bloc = 0; bloc < 3; bloc++) {
        size_t order[BALLOTS_OPTIONS_MAX];
        for (size_t i = 0; i < poll->options; i++) {
            size_t at = (size_t)(draw(&voters->state) % (i + 1));
            order[i] = order[at];
            order[at] = i;
        }
        for (size_t i = 0; i < poll->options; i++) {
            voters->strength[bloc][order[i]] =
                exp(-poll->slope * (double)i / (double)poll->options);
        }
    }
}

static const double *choose_bloc(struct voters *voters)
{
    uint64_t percent = draw(&voters->state) % 100;
    return voters->strength[percent < 45 ? 0 : percent < 80 ? 1 : 2];
}

/* Plackett and Luce's draw is the order of exponential clocks of these rates. */
void voters_draw(struct voters *voters, uint16_t *ret_options)
{
    size_t length = voters->poll->length;
    double first[BALLOTS_OPTIONS_MAX];
    size_t count = 0;
    const double *strength = choose_bloc(voters);
    for (size_t o = 0; o < voters->poll->options; o++) {
        double time = -log(draw_share(&voters->state)) / strength[o];
        if (count == length && time >= first[count - 1]) {
            continue;
        }
        size_t at = count < length ? count++ : count - 1;
        for (; at > 0 && first[at - 1] > time; at--) {
            first[at] = first[at - 1];
            ret_options[at] = ret_options[at - 1];
        }
        first[at] = time;
        ret_options[at] = (uint16_t)o;
    }
}

static void put(struct text_file *file, size_t *capacity, const char *text)
{
    size_t bytes = strlen(text);
    if (file->bytes + bytes > *capacity) {
        *capacity = 2 * *capacity + bytes;
        file->data = realloc(file->data, *capacity);
        if (file->data == NULL) {
            abort();
        }
    }
    memcpy(file->data + file->bytes, text, bytes);
    file->bytes += bytes;
}

static void put_ballot(
    struct text_file *file, size_t *capacity, long long weight, const uint16_t *options,
    size_t count)
{
    char line[BALLOTS_OPTIONS_MAX * 8];
    size_t bytes = (size_t)snprintf(line, sizeof line, "%lld", weight);
    for (size_t i = 0; i < count; i++) {
        bytes +=
            (size_t)snprintf(line + bytes, sizeof line - bytes, " %d", options[i] + 1);
    }
    (void)snprintf(line + bytes, sizeof line - bytes, " 0\n");
    put(file, capacity, line);
}

static struct tally_profile *group(const struct poll *poll, struct voters *voters)
{
    struct tally_profile *profile = NULL;
    if (tally_profile_new(poll->options, &profile) != TALLY_OK) {
        abort();
    }
    for (size_t i = 0; i < poll->ballots; i++) {
        uint16_t options[BALLOTS_OPTIONS_MAX];
        struct tally_mark marks[BALLOTS_OPTIONS_MAX];
        voters_draw(voters, options);
        for (size_t m = 0; m < poll->length; m++) {
            marks[m] =
                (struct tally_mark){.option = options[m], .place = (uint16_t)(m + 1)};
        }
        if (tally_profile_add(profile, marks, poll->length, 1) != TALLY_OK) {
            abort();
        }
    }
    return profile;
}

static void put_grouped(
    struct text_file *file, size_t *capacity, const struct poll *poll,
    struct voters *voters)
{
    struct tally_profile *profile = group(poll, voters);
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *marks = NULL;
        uint16_t options[BALLOTS_OPTIONS_MAX];
        int64_t weight = 0;
        size_t count = tally_profile_ballot(profile, i, &marks, &weight);
        for (size_t m = 0; m < count; m++) {
            options[m] = marks[m].option;
        }
        put_ballot(file, capacity, weight, options, count);
    }
    tally_profile_free(profile);
}

struct text_file ballots_write(const struct poll *poll, int grouped)
{
    struct text_file file = {0};
    struct voters voters;
    size_t capacity = 0;
    char line[64];
    voters_init(&voters, poll, 1);
    (void)snprintf(line, sizeof line, "%zu %zu\n", poll->options, poll->seats);
    put(&file, &capacity, line);
    for (size_t i = 0; i < poll->ballots && !grouped; i++) {
        uint16_t options[BALLOTS_OPTIONS_MAX];
        voters_draw(&voters, options);
        put_ballot(&file, &capacity, 1, options, poll->length);
    }
    if (grouped) {
        put_grouped(&file, &capacity, poll, &voters);
    }
    put(&file, &capacity, "0\n");
    for (size_t o = 0; o < poll->options; o++) {
        (void)snprintf(line, sizeof line, "\"Option %zu\"\n", o + 1);
        put(&file, &capacity, line);
    }
    put(&file, &capacity, "\"");
    put(&file, &capacity, poll->name);
    put(&file, &capacity, "\"\n");
    return file;
}

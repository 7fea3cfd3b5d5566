/* Who likes what, and the ballots that come of it. */
#include "app/demo.h"

#include <stdlib.h>

#define BLOCS    4
#define NOISE    7  /* how far two people of one bloc differ */
#define APPROVED 12 /* liked so much, an idea is approved */
#define YES      10

/* What families, the young, the old and newcomers care for. */
static const int TASTES[BLOCS][THEME_COUNT] = {
    {[THEME_GREEN] = 3,
     [THEME_PLAY] = 6,
     [THEME_MOVE] = 4,
     [THEME_CARE] = 3,
     [THEME_EVERYDAY] = 2,
     [THEME_CULTURE] = 1},
    {[THEME_PLAY] = 5,
     [THEME_CULTURE] = 6,
     [THEME_MOVE] = 4,
     [THEME_GREEN] = 2,
     [THEME_EVERYDAY] = 1,
     [THEME_CARE] = 0},
    {[THEME_CARE] = 6,
     [THEME_GREEN] = 5,
     [THEME_EVERYDAY] = 4,
     [THEME_MOVE] = 2,
     [THEME_CULTURE] = 2,
     [THEME_PLAY] = 0},
    {[THEME_EVERYDAY] = 6,
     [THEME_CARE] = 4,
     [THEME_CULTURE] = 4,
     [THEME_MOVE] = 3,
     [THEME_PLAY] = 2,
     [THEME_GREEN] = 1},
};

/* SplitMix64 (Steele, Lea, Flood 2014): one step's scramble. */
static uint64_t scramble(uint64_t value)
{
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

int64_t demo_between(struct demo_random *random, int64_t low, int64_t high)
{
    random->state += 0x9e3779b97f4a7c15U;
    uint64_t span = (uint64_t)(high - low) + 1;
    return low + (int64_t)(scramble(random->state) % span);
}

static int noise(uint64_t seed, uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t value = scramble(seed ^ scramble(a ^ scramble(b ^ scramble(c))));
    return (int)(value % (NOISE + 1));
}

int demo_liking(uint64_t seed, size_t person, size_t idea, int mood)
{
    const struct demo_idea *what = &demo_ideas[idea];
    size_t bloc = (size_t)scramble(seed ^ person) % BLOCS;
    int liking = what->appeal + TASTES[bloc][what->theme] + noise(seed, person, idea, 0);
    return mood == 0 ? liking : liking + noise(seed, person, idea, (uint64_t)mood) / 2;
}

struct wish {
    int64_t id;
    int liking;
};

static int compare_wishes(const void *a, const void *b)
{
    const struct wish *left = a;
    const struct wish *right = b;
    if (left->liking != right->liking) {
        return right->liking - left->liking;
    }
    return left->id < right->id ? -1 : 1;
}

static int compare_ids(const void *a, const void *b)
{
    const struct wish *left = a;
    const struct wish *right = b;
    return left->id < right->id ? -1 : 1;
}

static void
write_ids(const struct wish *wishes, size_t count, const char *between, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        buf_text(out, i > 0 ? between : "");
        buf_printf(out, "\"%lld\"", (long long)wishes[i].id);
    }
}

static void write_approval(struct wish *wishes, size_t count, struct buf *out)
{
    size_t liked = 0;
    while (liked < count && wishes[liked].liking >= APPROVED) {
        liked++;
    }
    qsort(wishes, liked, sizeof *wishes, compare_ids);
    buf_text(out, "{\"approval\":[");
    write_ids(wishes, liked, ",", out);
    buf_text(out, "]}");
}

void demo_write_ballot(
    const struct demo_poll *poll, const struct demo_note *notes, uint64_t seed,
    size_t person, int mood, struct buf *out)
{
    struct wish wishes[DEMO_POLL_OPTIONS];
    for (size_t i = 0; i < poll->count; i++) {
        wishes[i].id = notes[poll->ideas[i]].id;
        wishes[i].liking = demo_liking(seed, person, poll->ideas[i], mood);
    }
    qsort(wishes, poll->count, sizeof *wishes, compare_wishes);
    if (strcmp(poll->kind->form, "approval") == 0) {
        write_approval(wishes, poll->count, out);
    } else if (strcmp(poll->kind->form, "yesno") == 0) {
        buf_printf(out, "{\"answer\":\"%s\"}", wishes[0].liking >= YES ? "yes" : "no");
    } else {
        size_t ranks = (size_t)poll->kind->ranks;
        size_t count = poll->count < ranks ? poll->count : ranks;
        count -= count > 1 && person % 7 == 3 ? 1 : 0; /* some stop early */
        buf_text(out, "{\"ranking\":[[");
        write_ids(wishes, count, "],[", out);
        buf_text(out, "]]}");
    }
}

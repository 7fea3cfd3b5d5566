/* The people in the hall: they come in, and vote when they have made up their minds. */
#include "app/demo.h"

#include "base/bounds.h"

#include <stdlib.h>

#define EARLY_BIRDS    12    /* are there at once */
#define JOIN_GAP_MS    700LL /* the others drop in */
#define REVOTE_PERCENT 20

static void on_answered(void *ctx, struct phone *phone, const struct phone_answer *answer)
{
    struct demo_person *person = ctx;
    (void)phone;
    demo_notes_answered(person->demo, answer);
}

/* The seat may have moved or the line may be gone: somebody else sits down there. */
static void on_lost(void *ctx, struct phone *phone, const char *why)
{
    struct demo_person *person = ctx;
    (void)why;
    person->phone = NULL;
    phone_free(phone);
}

static const struct phone_handlers HANDLERS = {.answered = on_answered, .lost = on_lost};

static enum err sit_down(struct demo *demo, struct demo_person *person)
{
    char refusal[32];
    struct phone_setup setup = {
        .role = "participant", .handlers = &HANDLERS, .ctx = person};
    enum err err =
        crowd_join(demo->crowd, desk_seat(demo->desk)->event, &setup.seat, refusal);
    if (err == ERR_NOT_ALLOWED) {
        fprintf(stderr, "%s: nobody is let in (%s)\n", demo->who, refusal);
    } else if (err != ERR_OK) {
        fprintf(stderr, "%s: the server can't be reached\n", demo->who);
    }
    if (err != ERR_OK) {
        return err;
    }
    person->counter = 0;
    return phone_new(demo->crowd, &setup, &person->phone);
}

static enum err let_in(struct demo *demo, int64_t now_ms)
{
    if (demo->joined == demo->people_max || now_ms < demo->join_ms) {
        return ERR_OK;
    }
    struct demo_person *person = &demo->people[demo->joined];
    person->demo = demo;
    person->index = demo->joined;
    demo->joined++;
    demo->join_ms = demo->joined < EARLY_BIRDS
                        ? now_ms
                        : now_ms + demo_between(&demo->random, 1, 2 * JOIN_GAP_MS);
    enum err err = sit_down(demo, person);
    if (err == ERR_OK) {
        demo_polls_invite(demo, person);
    }
    return err;
}

static enum err vote(struct demo *demo, struct demo_person *person, int64_t now_ms)
{
    struct uid id;
    struct hash proof;
    struct buf ballot;
    buf_init(&ballot, FRAME_CAST_BYTES_MAX);
    demo_write_ballot(
        &demo->poll, demo->notes, demo->seed, person->index, (int)person->counter,
        &ballot);
    person->counter++;
    enum err err = phone_cast(
        person->phone, demo->poll.id, person->counter, buf_span(&ballot), &id, &proof);
    buf_fini(&ballot);
    bool again = demo_between(&demo->random, 1, 100) <= REVOTE_PERCENT;
    person->vote_ms = again ? now_ms + demo_between(&demo->random, 5000, 25000) : 0;
    return err == ERR_BUSY ? ERR_OK : err;
}

enum err demo_people_step(struct demo *demo)
{
    int64_t now_ms = demo_now_ms(demo);
    enum err err = let_in(demo, now_ms);
    for (size_t i = 0; i < demo->joined && err == ERR_OK; i++) {
        struct demo_person *person = &demo->people[i];
        if (person->phone == NULL) {
            err = sit_down(demo, person);
        } else if (!person->grouped && phone_is_ready(person->phone)) {
            err = demo_choose_group(demo, person);
        } else if (
            demo->act == ACT_VOTE && person->vote_ms != 0 && person->vote_ms <= now_ms &&
            phone_is_ready(person->phone)) {
            err = vote(demo, person, now_ms);
        }
    }
    return err;
}

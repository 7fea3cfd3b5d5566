/* The ideas: phones send them, the desk releases most and merges the twins. */
#include "app/demo.h"

#include "base/bounds.h"

#include <stdlib.h>

#define FIRST_MS       1500
#define GAP_MS         1100
#define RELEASE_MS_MIN 1500
#define RELEASE_MS_MAX 6000
#define KEPT_EVERY     13 /* every so many-th idea stays in the desk's queue */

void demo_notes_plan(struct demo *demo)
{
    for (size_t i = 0; i < DEMO_IDEAS; i++) {
        int64_t jitter_ms = demo_between(&demo->random, 0, GAP_MS);
        demo->notes[i].due_ms = FIRST_MS + (int64_t)i * GAP_MS + jitter_ms;
    }
}

static struct phone *pick_phone(struct demo *demo)
{
    size_t first = (size_t)demo_between(&demo->random, 0, (int64_t)demo->joined - 1);
    for (size_t i = 0; i < demo->joined; i++) {
        struct phone *phone = demo->people[(first + i) % demo->joined].phone;
        if (phone != NULL && phone_is_ready(phone)) {
            return phone;
        }
    }
    return NULL;
}

static enum err send_note(struct demo *demo, size_t i)
{
    struct demo_note *note = &demo->notes[i];
    struct phone *phone = demo->joined > 0 ? pick_phone(demo) : NULL;
    if (phone == NULL) {
        return ERR_OK; /* next time */
    }
    struct buf members;
    buf_init(&members, FRAME_IDEA_BYTES_MAX);
    buf_text(&members, ",\"title\":");
    buf_json_string(&members, span_of_string(demo_ideas[i].title));
    buf_text(&members, ",\"text\":");
    buf_json_string(&members, span_of_string(demo_ideas[i].text));
    buf_printf(
        &members, ",\"lang\":\"%s\",\"tags\":[\"%lld\"]", demo_ideas[i].lang,
        (long long)demo->tags[demo_ideas[i].theme]);
    enum err err = phone_ask(phone, "idea.submit", buf_span(&members), &note->request);
    buf_fini(&members);
    if (err == ERR_OK) {
        note->state = NOTE_SENT;
    }
    return err == ERR_BUSY ? ERR_OK : err;
}

void demo_notes_answered(struct demo *demo, const struct phone_answer *answer)
{
    for (size_t i = 0; i < DEMO_IDEAS; i++) {
        struct demo_note *note = &demo->notes[i];
        if (note->state != NOTE_SENT || !uid_equal(&note->request, &answer->id)) {
            continue;
        }
        note->id = strtoll(phone_text(answer->message, "idea"), NULL, 10);
        note->state = note->id > 0 ? NOTE_PENDING : NOTE_GONE;
        int64_t think_ms = demo_between(&demo->random, RELEASE_MS_MIN, RELEASE_MS_MAX);
        note->due_ms =
            i % KEPT_EVERY == KEPT_EVERY - 1 ? 0 : demo_now_ms(demo) + think_ms;
    }
}

static enum err merge_twins(struct demo *demo)
{
    struct demo_note *twin = &demo->notes[DEMO_TWIN];
    struct demo_note *later = &demo->notes[DEMO_TWIN_LATER];
    if (demo->merged || twin->state != NOTE_PUBLISHED || later->state != NOTE_PUBLISHED) {
        return ERR_OK;
    }
    char members[80];
    snprintf(
        members, sizeof members, ",\"idea\":\"%lld\",\"into\":\"%lld\"",
        (long long)later->id, (long long)twin->id);
    demo->merged = true;
    later->state = NOTE_GONE;
    return desk_do(demo->desk, "idea.merge", span_of_string(members), NULL);
}

enum err demo_notes_step(struct demo *demo)
{
    int64_t now_ms = demo_now_ms(demo);
    enum err err = ERR_OK;
    for (size_t i = 0; i < DEMO_IDEAS && err == ERR_OK; i++) {
        struct demo_note *note = &demo->notes[i];
        bool due = note->due_ms != 0 && note->due_ms <= now_ms;
        if (due && note->state == NOTE_UNSENT) {
            err = send_note(demo, i);
        } else if (due && note->state == NOTE_PENDING) {
            err = desk_do_to(demo->desk, "idea.release", "idea", note->id);
            note->state = NOTE_PUBLISHED;
        }
    }
    return err == ERR_OK ? merge_twins(demo) : err;
}

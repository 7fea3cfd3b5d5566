/* The order in which labels of a kind are shown: the order of making, until a moderator
 * moves one. Dropped ones keep their place, so that undoing finds it. */
#include "domain/fold_internal.h"

size_t event_labels(
    const struct event *event, enum label_kind kind,
    const struct label *ret_labels[LABELS_MAX])
{
    size_t all = 0;
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        if (label->kind == kind) {
            ret_labels[label->place] = label;
            all++;
        }
    }
    size_t count = 0;
    for (size_t place = 0; place < all; place++) {
        if (!ret_labels[place]->dropped) {
            ret_labels[count++] = ret_labels[place];
        }
    }
    return count;
}

size_t label_last_place(const struct event *event, enum label_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < event->label_count; i++) {
        count += event->labels[i].kind == kind ? 1 : 0;
    }
    return count;
}

void label_put(struct event *event, struct label *label, size_t place)
{
    size_t from = label->place;
    for (size_t i = 0; i < event->label_count; i++) {
        struct label *other = &event->labels[i];
        if (other->kind != label->kind) {
            continue;
        }
        if (other->place > from && other->place <= place) {
            other->place--;
        } else if (other->place < from && other->place >= place) {
            other->place++;
        }
    }
    label->place = place;
}

/* ---- label.move ---- */

static enum err check_move(const struct event *event, const struct entry *entry)
{
    int64_t id = entry->as.label.before;
    const struct label *label = event_label(event, entry->as.label.label);
    const struct label *before = event_label(event, id);
    if (label == NULL || (id != 0 && before == NULL)) {
        return ERR_UNKNOWN_LABEL;
    }
    bool fits = id == 0 || (before != label && before->kind == label->kind);
    return fits ? ERR_OK : ERR_BAD_VALUE;
}

/* Its own place is free while it moves: what comes after it is one nearer. */
static size_t
place_before(const struct event *event, const struct label *label, int64_t before)
{
    size_t place = before != 0 ? event->labels[before - 1].place
                               : label_last_place(event, label->kind);
    return place > label->place ? place - 1 : place;
}

static enum err
apply_move(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct label *label = &event->labels[entry->as.label.label - 1];
    label_put(event, label, place_before(event, label, entry->as.label.before));
    event->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_label_move = {check_move, apply_move};

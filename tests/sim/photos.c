/* Photographs: sent, put into ideas, looked at; and what must be left of them. */
#include "../unit/picture/files.h"
#include "base/hex.h"
#include "check.h"
#include "phone.h"
#include "store/memory_internal.h"
#include "trust/trust.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>

void phone_send_photo(struct world *world, struct phone *phone, struct dice *dice)
{
    struct buf file;
    size_t number = (size_t)(phone - world->phones);
    struct net_peer peer = {.loopback = phone->desk};
    memcpy(peer.session, phone->cookie, sizeof peer.session);
    buf_init(&file, POST_BYTES_MAX);
    webp_begin(&file);
    webp_lossy(
        &file, (uint16_t)(16 + dice_pick(dice, 1000)),
        (uint16_t)(16 + dice_pick(dice, 1000)));
    webp_end(&file);
    phone->reading = network_post(&world->net, number, "/media", buf_span(&file), &peer);
    if (phone->reading) {
        struct errand *errand = &world->net.errands[number];
        errand->content_type = "image/webp";
        snprintf(errand->query, sizeof errand->query, "event=%s", world->event->code);
    }
    buf_fini(&file);
}

void phone_look_at_picture(struct world *world, struct phone *phone, struct dice *dice)
{
    char path[ERRAND_PATH_BYTES];
    char name[UID_HEX + 1];
    const struct event *event = world->event;
    struct net_peer nobody = {.loopback = false};
    if (event->picture_count == 0) {
        return;
    }
    size_t at = dice_pick(dice, event->picture_count);
    hex_encode(event->pictures[at].is.ref.id.bytes, UID_BYTES, name);
    snprintf(path, sizeof path, "/picture/%s/%s", event->code, name);
    phone->reading =
        network_get(&world->net, (size_t)(phone - world->phones), path, &nobody);
}

/* ---- what must hold ---- */

static const char *const kinds[] = {"drawing", "photo"};

static void check_there(struct world *world, const struct idea *idea, uint32_t number)
{
    char name[UID_HEX + 1];
    struct hash hash = {{0}};
    if (number == 0) {
        return;
    }
    const struct picture *is = &world->event->pictures[number - 1].is;
    hex_encode(is->ref.id.bytes, UID_BYTES, name);
    const struct memory_doc *doc = memory_find_doc(
        world->disk->memory, kinds[is->kind == PICTURE_DRAWING ? 0 : 1],
        span_of(name, UID_HEX));
    if (doc != NULL) {
        world->stats.photos += is->kind == PICTURE_PHOTO ? 1 : 0;
        trust_sha256(doc->body, &hash);
    }
    if (doc == NULL || memcmp(&hash, &is->ref.hash, sizeof hash) != 0) {
        world_fail(
            world, "idea %" PRId64 " has a picture that is %s", idea->id,
            doc == NULL ? "not there" : "another");
    }
}

/* One of the pictures that the event's history names, of an idea that still has one or
 * had it lately. */
static bool is_known(const struct event *event, struct span name)
{
    char hex[UID_HEX + 1];
    bool known = false;
    for (uint32_t i = 0; i < event->picture_count && !known; i++) {
        hex_encode(event->pictures[i].is.ref.id.bytes, UID_BYTES, hex);
        known = span_equal(name, span_of(hex, UID_HEX));
    }
    return known;
}

static void check_orphans(struct world *world)
{
    const struct memory *memory = world->disk->memory;
    for (size_t i = 0; i < memory->doc_count; i++) {
        const struct memory_doc *doc = &memory->docs[i];
        bool picture =
            strcmp(doc->kind, kinds[0]) == 0 || strcmp(doc->kind, kinds[1]) == 0;
        if (picture && !is_known(world->event, doc->name)) {
            world_fail(world, "a %s that no idea has is left after a start", doc->kind);
        }
    }
}

void check_pictures(struct world *world, bool after_start)
{
    const struct event *event = world->event;
    for (size_t i = 0; event != NULL && i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        if (idea->state != IDEA_WITHDRAWN) {
            check_there(world, idea, idea->pictures.drawing);
            check_there(world, idea, idea->pictures.photo);
        }
    }
    if (after_start && event != NULL) {
        check_orphans(world);
    }
}

/* ---- broken on purpose ---- */

void photos_break(struct world *world)
{
    static const char body[] = "left over";
    char name[UID_HEX + 1];
    struct memory *memory = world->disk->memory;
    for (size_t i = 0; i < memory->doc_count; i++) {
        if (strcmp(memory->docs[i].kind, kinds[1]) == 0) {
            snprintf(name, sizeof name, "%.*s", UID_HEX, memory->docs[i].name.data);
            name[0] = name[0] == '0' ? '1' : '0';
            const struct store_doc doc = {
                .kind = kinds[1],
                .name = span_of(name, UID_HEX),
                .body = span_of_string(body)};
            (void)!memory_put_doc(memory, &doc);
            return;
        }
    }
}

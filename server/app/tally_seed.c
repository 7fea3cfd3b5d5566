#include "app/tally_seed.h"

#include "base/hex.h"
#include "trust/trust.h"

#include <stdlib.h>
#include <string.h>

#define ID_BYTES 8 /* as in the server's lot: big-endian */

bool tally_seed_read(const char *hex, struct tally_seed *ret_seed)
{
    size_t digits = strlen(hex);
    ret_seed->count = digits / 2;
    return ret_seed->count >= TALLY_SEED_BYTES_MIN &&
           ret_seed->count <= TALLY_SEED_BYTES_MAX &&
           hex_decode(hex, digits, ret_seed->bytes, ret_seed->count) == ERR_OK;
}

#define PARTS_MAX 2

static bool
hmac(void *ctx, const struct tally_text *parts, size_t part_count, uint8_t ret_mac[32])
{
    const struct tally_seed *seed = ctx;
    struct span spans[PARTS_MAX];
    struct hash mac;
    if (part_count > PARTS_MAX) {
        return false;
    }
    for (size_t i = 0; i < part_count; i++) {
        spans[i] = span_of(parts[i].data, parts[i].bytes);
    }
    trust_hmac_parts(span_of(seed->bytes, seed->count), spans, part_count, &mac);
    memcpy(ret_mac, mac.bytes, sizeof mac.bytes);
    return true;
}

static struct tally_text write_id(int64_t id, char *room)
{
    for (size_t i = 0; i < ID_BYTES; i++) {
        room[i] = (char)(uint8_t)((uint64_t)id >> (56 - 8 * i));
    }
    return (struct tally_text){.data = room, .bytes = ID_BYTES};
}

static bool same(struct tally_text a, struct tally_text b)
{
    return a.bytes == b.bytes && memcmp(a.data, b.data, a.bytes) == 0;
}

/* The id of an option of an export, by its name. */
static bool
find_id(const struct tally_order *order, struct tally_text name, int64_t *ret_id)
{
    for (size_t i = 0; i < order->count; i++) {
        if (same(order->names[i], name)) {
            *ret_id = order->id[i];
            return true;
        }
    }
    return false;
}

struct ids {
    struct tally_text *texts;
    char *room;
    size_t count;
};

static const char *list_ids(const struct tally_input *input, struct ids *ids)
{
    for (size_t o = 0; o < ids->count; o++) {
        int64_t id = 0;
        ids->texts[o] = tally_file_name(input->file, o);
        if (input->order.count == 0) {
            continue;
        }
        if (!find_id(&input->order, ids->texts[o], &id)) {
            return "--seed: the results do not name every option";
        }
        ids->texts[o] = write_id(id, ids->room + o * ID_BYTES);
    }
    return NULL;
}

const char *tally_seed_settle(
    const struct tally_seed *seed, const char *poll, const struct tally_input *input,
    struct tally_rule *rule)
{
    char room[ID_BYTES];
    struct tally_text poll_id = {.data = poll != NULL ? poll : "", .bytes = 0};
    poll_id.bytes = strlen(poll_id.data);
    struct ids ids = {.count = tally_profile_options(tally_file_profile(input->file))};
    int64_t number = 0;
    if (input->order.count > 0) {
        if (!tally_order_number(poll_id, &number)) {
            return "--seed with --results: --poll is a number";
        }
        poll_id = write_id(number, room);
    }
    ids.texts = calloc(ids.count, sizeof *ids.texts);
    ids.room = calloc(ids.count, ID_BYTES);
    const char *wrong =
        ids.texts == NULL || ids.room == NULL ? "no memory" : list_ids(input, &ids);
    struct tally_seed copy = *seed; /* the library's context is not const */
    enum tally_status status = TALLY_OK;
    if (wrong == NULL) {
        status = tally_rule_tie_seed(rule, hmac, &copy, poll_id, ids.texts, ids.count);
    }
    trust_wipe(&copy, sizeof copy);
    wrong = status == TALLY_OK ? wrong : tally_status_code(status);
    free(ids.texts);
    free(ids.room);
    return wrong;
}

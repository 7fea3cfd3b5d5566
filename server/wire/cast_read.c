#include "wire/cast_read.h"

#include "wire/json_read.h"
#include "wire/ops.h"

#include <string.h>

struct reader {
    const uint8_t *at;
    const uint8_t *end;
};

/* ---- words, numbers, hex ---- */

static bool take_bytes(struct reader *reader, const char *text, size_t bytes)
{
    if ((size_t)(reader->end - reader->at) < bytes ||
        memcmp(reader->at, text, bytes) != 0) {
        return false;
    }
    reader->at += bytes;
    return true;
}

/* Here, so that a literal's length is known. */
static inline bool take(struct reader *reader, const char *text)
{
    return take_bytes(reader, text, strlen(text));
}

static bool peek_digit(const struct reader *reader)
{
    return reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
}

/* Without leading zeros, from min to max, which is at most JSON_INT_MAX. */
static bool take_int(struct reader *reader, int64_t min, int64_t max, int64_t *ret_value)
{
    const uint8_t *first = reader->at;
    int64_t value = 0;
    while (peek_digit(reader) && value <= max) {
        value = 10 * value + (*reader->at++ - '0');
    }
    bool padded = reader->at - first > 1 && *first == '0';
    *ret_value = value;
    return reader->at > first && !padded && value >= min && value <= max;
}

static bool take_u32(struct reader *reader, int64_t min, uint32_t *ret_value)
{
    int64_t value;
    bool taken = take_int(reader, min, UINT32_MAX, &value);
    *ret_value = (uint32_t)value;
    return taken;
}

static bool take_u16(struct reader *reader, int64_t min, int64_t max, uint16_t *ret_value)
{
    int64_t value;
    bool taken = take_int(reader, min, max, &value);
    *ret_value = (uint16_t)value;
    return taken;
}

static bool take_id(struct reader *reader, int64_t *ret_id)
{
    return take(reader, "\"") && take_int(reader, 1, JSON_INT_MAX, ret_id) &&
           take(reader, "\"");
}

/* A digit's value + 1; 0: none. */
static const uint8_t digits[UINT8_MAX + 1] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

static bool take_hex(struct reader *reader, uint8_t *ret_data, size_t bytes)
{
    if ((size_t)(reader->end - reader->at) < 2 * bytes + 2 || !take(reader, "\"")) {
        return false;
    }
    unsigned wrong = 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned high = digits[reader->at[2 * i]] - 1U;
        unsigned low = digits[reader->at[2 * i + 1]] - 1U;
        wrong |= high | low;
        ret_data[i] = (uint8_t)(high << 4 | low);
    }
    reader->at += 2 * bytes;
    return wrong < 16 && take(reader, "\"");
}

static bool take_uid(struct reader *reader, struct uid *ret_uid)
{
    return take_hex(reader, ret_uid->bytes, UID_BYTES);
}

static bool take_hash(struct reader *reader, struct hash *ret_hash)
{
    return take_hex(reader, ret_hash->bytes, HASH_BYTES);
}

/* ---- ballots, in canonical order and with no option twice at one place ---- */

/* The option of the next mark, which must be greater than the last one's. */
static bool take_mark(struct reader *reader, int64_t above, struct ballot *ballot)
{
    return ballot->mark_count < OPTIONS_MAX &&
           take_id(reader, &ballot->marks[ballot->mark_count].option) &&
           ballot->marks[ballot->mark_count].option > above;
}

/* Ids up to the bracket that closes their list, all with one value. */
static bool take_place(struct reader *reader, uint16_t value, struct ballot *ballot)
{
    int64_t last = 0;
    do {
        if (!take_mark(reader, last, ballot)) {
            return false;
        }
        struct mark *mark = &ballot->marks[ballot->mark_count++];
        mark->value = value;
        last = mark->option;
    } while (take(reader, ","));
    return take(reader, "]");
}

static bool take_ranking(struct reader *reader, struct ballot *ballot)
{
    uint16_t place = 1;
    if (take(reader, "]")) {
        return true;
    }
    do {
        if (!take(reader, "[") || !take_place(reader, place++, ballot)) {
            return false;
        }
    } while (take(reader, ","));
    return take(reader, "]");
}

static bool take_approval(struct reader *reader, struct ballot *ballot)
{
    return take(reader, "]") || take_place(reader, 1, ballot);
}

static bool take_points(struct reader *reader, struct ballot *ballot)
{
    int64_t last = 0;
    if (take(reader, "]")) {
        return true;
    }
    do {
        if (!take(reader, "[") || !take_mark(reader, last, ballot)) {
            return false;
        }
        struct mark *mark = &ballot->marks[ballot->mark_count++];
        last = mark->option;
        if (!take(reader, ",") || !take_u16(reader, 0, UINT16_MAX, &mark->value) ||
            !take(reader, "]")) {
            return false;
        }
    } while (take(reader, ","));
    return take(reader, "]");
}

static bool take_answer(struct reader *reader, struct ballot *ballot)
{
    if (take(reader, "abstain\"")) {
        return true;
    }
    bool yes = take(reader, "yes\"");
    ballot->marks[0].option = yes ? OPTION_YES : OPTION_NO;
    ballot->marks[0].value = 1;
    ballot->mark_count = 1;
    return yes || take(reader, "no\"");
}

static const struct {
    const char *key;
    bool (*take)(struct reader *reader, struct ballot *ballot);
} forms[BALLOT_FORM_COUNT] = {
    [BALLOT_RANKING] = {"{\"ranking\":[", take_ranking},
    [BALLOT_APPROVAL] = {"{\"approval\":[", take_approval},
    [BALLOT_YESNO] = {"{\"answer\":\"", take_answer},
    [BALLOT_SCORE] = {"{\"score\":[", take_points},
    [BALLOT_DOTS] = {"{\"dots\":[", take_points},
};

static bool take_ballot(struct reader *reader, struct ballot *ballot)
{
    ballot->mark_count = 0;
    for (int form = 0; form < BALLOT_FORM_COUNT; form++) {
        if (take(reader, forms[form].key)) {
            ballot->form = (enum ballot_form)form;
            return forms[form].take(reader, ballot) && take(reader, "}");
        }
    }
    return false;
}

/* What both have at their ends. */
static bool take_ballot_and_secrets(struct reader *reader, struct cast *cast)
{
    return take(reader, ",\"ballot\":") && take_ballot(reader, &cast->ballot) &&
           take(reader, ",\"nonce\":") && take_uid(reader, &cast->nonce) &&
           take(reader, ",\"lock\":") && take_hash(reader, &cast->lock) &&
           take(reader, "}");
}

/* ---- a cast of the log ---- */

#define HEAD_BYTES offsetof(struct entry, as.cast.ballot.marks)

static bool take_share(struct reader *reader, uint16_t *ret_share)
{
    return !take(reader, ",\"share\":") || take_u16(reader, 1, SHARES_MAX, ret_share);
}

size_t cast_read_entry(struct span text, struct entry *ret_entry)
{
    struct reader reader = {text.data, text.data + text.bytes};
    struct cast *cast = &ret_entry->as.cast;
    memset(ret_entry, 0, HEAD_BYTES);
    ret_entry->kind = ENTRY_CAST;
    bool read = take(&reader, "{\"v\":1,\"k\":\"cast\",\"slot\":") &&
                take_uid(&reader, &cast->slot) && take(&reader, ",\"id\":") &&
                take_uid(&reader, &cast->id) && take(&reader, ",\"epoch\":") &&
                take_u32(&reader, 0, &cast->epoch) && take(&reader, ",\"counter\":") &&
                take_u32(&reader, 0, &cast->counter) &&
                take_share(&reader, &cast->share) &&
                take_ballot_and_secrets(&reader, cast);
    return read ? (size_t)(reader.at - text.data) : 0;
}

/* ---- a cast that a phone sends ---- */

struct sent_cast {
    struct uid id;
    int64_t poll;
    struct uid poll_uid;
    struct cast cast;
};

/* Phones name the id first, our own programs the op. */
static bool take_op_and_id(struct reader *reader, struct uid *ret_id)
{
    if (take(reader, "{\"id\":")) {
        return take_uid(reader, ret_id) && take(reader, ",\"op\":\"cast\"");
    }
    return take(reader, "{\"op\":\"cast\",\"id\":") && take_uid(reader, ret_id);
}

static bool take_poll_uid(struct reader *reader, struct uid *ret_uid)
{
    return !take(reader, ",\"uid\":") || take_uid(reader, ret_uid);
}

static bool take_frame(struct reader *reader, struct sent_cast *sent)
{
    return take_op_and_id(reader, &sent->id) && !uid_is_zero(&sent->id) &&
           take(reader, ",\"poll\":") && take_id(reader, &sent->poll) &&
           take_poll_uid(reader, &sent->poll_uid) && take(reader, ",\"counter\":") &&
           take_u32(reader, 1, &sent->cast.counter) &&
           take_ballot_and_secrets(reader, &sent->cast) && reader->at == reader->end;
}

static void fill_request(struct request *request, const struct sent_cast *sent)
{
    memset(request, 0, offsetof(struct request, as.cast.cast));
    memset(&request->drawing, 0, offsetof(struct request_drawing, path) + 1);
    request->op = OP_CAST;
    request->id = sent->id;
    request->as.cast.poll = sent->poll;
    request->as.cast.uid = sent->poll_uid;
    cast_copy(&request->as.cast.cast, &sent->cast);
    request->as.cast.cast.id = sent->id; /* a ballot's id is its message's */
}

bool cast_read_request(struct span frame, struct request *ret_request)
{
    if (frame.bytes == 0 || frame.bytes > op_row(OP_CAST)->bytes_max) {
        return false;
    }
    struct reader reader = {frame.data, frame.data + frame.bytes};
    struct sent_cast sent = {.poll = 0};
    if (!take_frame(&reader, &sent)) {
        return false;
    }
    fill_request(ret_request, &sent);
    return true;
}

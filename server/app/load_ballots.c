#include "app/load_ballots.h"

#include "base/vec.h"
#include "trust/trust.h"

#include <stdlib.h>

#define ID_AT (UID_BYTES - sizeof(uint32_t)) /* an id ends in the ballot's number */

void load_ballots_fini(struct load_ballots *ballots)
{
    free(ballots->all);
    *ballots = (struct load_ballots){0};
}

/* ---- a number is a ranking ---- */

void ballot_places(uint32_t number, int ret_places[BALLOT_PLACES])
{
    bool taken[BALLOT_IDEAS] = {false};
    uint32_t left = BALLOT_IDEAS;
    for (int place = 0; place < BALLOT_PLACES; place++, left--) {
        uint32_t skip = number % left;
        int idea = 0;
        number /= left;
        while (taken[idea] || skip-- > 0) {
            idea++;
        }
        taken[idea] = true;
        ret_places[place] = idea;
    }
}

uint32_t ballot_number(const int places[BALLOT_PLACES])
{
    bool taken[BALLOT_IDEAS] = {false};
    uint32_t number = 0;
    uint32_t weight = 1;
    for (int place = 0; place < BALLOT_PLACES; place++) {
        uint32_t skip = 0;
        int idea = places[place];
        if (idea < 0 || idea >= BALLOT_IDEAS || taken[idea]) {
            return BALLOT_NONE;
        }
        for (int i = 0; i < idea; i++) {
            skip += taken[i] ? 0 : 1;
        }
        taken[idea] = true;
        number += weight * skip;
        weight *= (uint32_t)(BALLOT_IDEAS - place);
    }
    return number;
}

/* ---- what a phone says ---- */

/* SplitMix64: these ballots need to differ, not to be secret. */
static uint64_t mix(uint64_t value)
{
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

static void fill(uint64_t seed, uint8_t *data, size_t bytes)
{
    for (size_t at = 0; at < bytes; at += sizeof seed) {
        seed = mix(seed);
        memcpy(data + at, &seed, sizeof seed);
    }
}

static void make_id(const struct load_ballots *ballots, uint32_t i, struct uid *ret_id)
{
    fill(ballots->seed, ret_id->bytes, UID_BYTES);
    memcpy(ret_id->bytes + ID_AT, &i, sizeof i);
}

uint32_t load_ballots_find(const struct load_ballots *ballots, const struct uid *id)
{
    struct uid ours;
    uint32_t i = 0;
    memcpy(&i, id->bytes + ID_AT, sizeof i);
    make_id(ballots, i, &ours);
    return i < ballots->count && uid_equal(id, &ours) ? i : BALLOT_NONE;
}

/* The ballot in canonical form: every place holds one idea. */
static void write_ranking(const struct load_ballots *ballots, uint32_t i, struct buf *out)
{
    int places[BALLOT_PLACES];
    ballot_places(i, places);
    buf_text(out, "{\"ranking\":[");
    for (int place = 0; place < BALLOT_PLACES; place++) {
        buf_text(out, place > 0 ? ",[\"" : "[\"");
        buf_int(out, ballots->ideas[places[place]]);
        buf_text(out, "\"]");
    }
    buf_text(out, "]}");
}

static void make_secrets(
    const struct load_ballots *ballots, uint32_t i, struct uid *nonce, struct hash *lock)
{
    uint64_t seed = mix(ballots->seed + i);
    fill(seed, nonce->bytes, UID_BYTES);
    fill(seed + 1, lock->bytes, HASH_BYTES);
}

void load_ballots_write(const struct load_ballots *ballots, uint32_t i, struct buf *out)
{
    struct uid id;
    struct uid nonce;
    struct hash lock;
    make_id(ballots, i, &id);
    make_secrets(ballots, i, &nonce, &lock);
    buf_text(out, "{\"op\":\"cast\",\"id\":\"");
    buf_hex(out, id.bytes, UID_BYTES);
    buf_text(out, "\",\"poll\":\"");
    buf_int(out, ballots->poll);
    buf_text(out, "\",\"counter\":");
    buf_int(out, ballots->all[i].counter);
    buf_text(out, ",\"ballot\":");
    write_ranking(ballots, i, out);
    buf_text(out, ",\"nonce\":\"");
    buf_hex(out, nonce.bytes, UID_BYTES);
    buf_text(out, "\",\"lock\":\"");
    buf_hex(out, lock.bytes, HASH_BYTES);
    buf_text(out, "\"}");
}

static void make_proof(const struct load_ballots *ballots, uint32_t i)
{
    struct uid nonce;
    struct hash lock;
    struct buf ranking;
    buf_init(&ranking, 1024);
    make_secrets(ballots, i, &nonce, &lock);
    write_ranking(ballots, i, &ranking);
    trust_proof(ballots->poll, &lock, &nonce, buf_span(&ranking), &ballots->all[i].proof);
    buf_fini(&ranking);
}

enum err load_ballots_new(
    struct load_ballots *ballots, uint32_t phone, uint32_t before, uint32_t *ret_i)
{
    void *items = ballots->all;
    enum err err = vec_reserve(
        &items, &ballots->capacity, ballots->count + 1, sizeof *ballots->all,
        BALLOTS_MAX);
    ballots->all = items;
    if (err != ERR_OK) {
        return err;
    }
    uint32_t i = (uint32_t)ballots->count++;
    ballots->all[i] = (struct load_ballot){
        .phone = phone,
        .before = before,
        .counter = before != BALLOT_NONE ? ballots->all[before].counter + 1 : 1,
    };
    make_proof(ballots, i);
    *ret_i = i;
    return ERR_OK;
}

/* ---- what the export says ---- */

/* One row: poll, ballot, count, six names that end in a letter. Returns its end.
 * A count is at most UINT8_MAX; 0: it can't be read. */
static const char *read_row(const char *row, long *ret_count, uint32_t *ret_number)
{
    int places[BALLOT_PLACES] = {-1, -1, -1, -1, -1, -1};
    const char *end = row + strcspn(row, "\r\n");
    const char *at = row;
    *ret_count = 1;
    for (int column = 0; at < end; column++) {
        const char *comma = at + strcspn(at, ",\r\n");
        if (column == 2) {
            long count = strtol(at, NULL, 10);
            *ret_count = count > 0 ? (count < UINT8_MAX ? count : UINT8_MAX) : 0;
        } else if (column > 2 && column < 3 + BALLOT_PLACES && comma > at) {
            places[column - 3] = comma[-1] - 'A';
        }
        at = *comma == ',' ? comma + 1 : end;
    }
    *ret_number = ballot_number(places);
    return end + strspn(end, "\r\n");
}

/* Among one phone's ballots, from the last: the first that counts, and no other. */
static void
check_phone(const struct load_ballots *ballots, uint32_t last, struct load_check *check)
{
    bool found = false;
    bool lost = false;
    for (uint32_t i = last; i != BALLOT_NONE; i = ballots->all[i].before) {
        const struct load_ballot *ballot = &ballots->all[i];
        lost = lost || (!found && ballot->exported == 0 && ballot->receipt);
        check->doubled += found && ballot->exported > 0 ? 1 : 0;
        check->doubled += ballot->exported > 1 ? 1 : 0;
        found = found || ballot->exported > 0;
    }
    check->lost += lost ? 1 : 0;
}

/* How often each ballot stands in the table, and how many rows are of none. */
static void
read_rows(struct load_ballots *ballots, const char *csv, struct load_check *check)
{
    const char *row = csv + strcspn(csv, "\n");
    row += *row != '\0' ? 1 : 0;
    while (*row != '\0') {
        long count = 0;
        uint32_t number = BALLOT_NONE;
        row = read_row(row, &count, &number);
        check->exported += (size_t)count;
        if (number >= ballots->count) {
            check->foreign++;
        } else {
            long all = ballots->all[number].exported + count;
            ballots->all[number].exported = (uint8_t)(all < UINT8_MAX ? all : UINT8_MAX);
        }
    }
}

enum err load_ballots_check(
    struct load_ballots *ballots, const char *csv, struct load_check *ret_check)
{
    struct load_check check = {0};
    bool *followed = calloc(ballots->count + 1, sizeof *followed);
    if (followed == NULL) {
        return ERR_NOMEM;
    }
    for (size_t i = 0; i < ballots->count; i++) {
        ballots->all[i].exported = 0;
        if (ballots->all[i].before != BALLOT_NONE) {
            followed[ballots->all[i].before] = true;
        }
    }
    read_rows(ballots, csv, &check);
    for (size_t i = 0; i < ballots->count; i++) {
        if (!followed[i]) {
            check_phone(ballots, (uint32_t)i, &check);
        }
    }
    free(followed);
    *ret_check = check;
    return ERR_OK;
}

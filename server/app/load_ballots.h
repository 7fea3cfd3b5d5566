/* The ballots of a rehearsal: each is unlike every other, so that the export, which names
 * nobody, still tells which of them counted. */
#ifndef APP_LOAD_BALLOTS_H
#define APP_LOAD_BALLOTS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BALLOT_METHOD "ranked-pairs-wv"
#define BALLOT_IDEAS  12
#define BALLOT_PLACES 6
#define BALLOTS_MAX   665280 /* ways to rank 6 of 12 */
#define BALLOT_NONE   UINT32_MAX

struct load_ballot {
    int64_t due_us;
    uint32_t phone;
    uint32_t before; /* the same phone's ballot before; BALLOT_NONE */
    uint32_t counter;
    bool receipt;
    bool again;       /* its line was lost before the receipt came */
    uint8_t exported; /* how often; stays at 255 */
    struct hash proof;
};

struct load_ballots {
    int64_t ideas[BALLOT_IDEAS]; /* ids */
    int64_t poll;
    uint64_t seed;           /* of ids, nonces and locks */
    struct load_ballot *all; /* owned */
    size_t count;
    size_t capacity;
};

void load_ballots_fini(struct load_ballots *ballots);

/* Notes a new ballot: its number in *ret_i. ERR_TOO_MANY above BALLOTS_MAX, ERR_NOMEM. */
MUST_CHECK enum err load_ballots_new(
    struct load_ballots *ballots, uint32_t phone, uint32_t before, uint32_t *ret_i);

/* Appends the whole `cast` message of a ballot; the same every time. */
void load_ballots_write(const struct load_ballots *ballots, uint32_t i, struct buf *out);
/* The ballot that a receipt or refusal of this id is about; BALLOT_NONE. */
uint32_t load_ballots_find(const struct load_ballots *ballots, const struct uid *id);

/* The number of a ranking, its ideas given by 0 … 11; BALLOT_NONE if it has not
 * BALLOT_PLACES different ones. And back. */
uint32_t ballot_number(const int places[BALLOT_PLACES]);
void ballot_places(uint32_t number, int ret_places[BALLOT_PLACES]);

/* What the export says of the ballots of one run. */
struct load_check {
    size_t exported; /* rows */
    size_t lost;     /* acknowledged, and neither it nor a later one is there */
    size_t doubled;  /* a phone counts twice, or a ballot is there twice */
    size_t foreign;  /* nobody here cast it */
};

/* Reads ballots.csv of an auditor's export. ERR_BAD_VALUE: it is none. */
MUST_CHECK enum err load_ballots_check(
    struct load_ballots *ballots, const char *csv, struct load_check *ret_check);

#endif

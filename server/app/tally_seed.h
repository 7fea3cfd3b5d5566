/* Ties settled by a seed that was committed to: the options sorted by HMAC-SHA-256(seed,
 * poll id ‖ option id), the least first. */
#ifndef APP_TALLY_SEED_H
#define APP_TALLY_SEED_H

#include "app/tally_input.h"

#define TALLY_SEED_BYTES_MIN 32
#define TALLY_SEED_BYTES_MAX 1024

struct tally_seed {
    uint8_t bytes[TALLY_SEED_BYTES_MAX];
    size_t count;
};

/* Hexadecimal digits of TALLY_SEED_BYTES_MIN bytes or more. */
bool tally_seed_read(const char *hex, struct tally_seed *ret_seed);

/* Sets the rule's tie order. With the results of an export (input->order), the ids are
 * numbers of eight bytes, as the server draws its lot; if the export holds the lot, the
 * seed must give the same. Without: the poll's id is `poll` (NULL: empty) and an
 * option's its name, byte for byte. NULL, or what is wrong. */
const char *tally_seed_settle(
    const struct tally_seed *seed, const char *poll, const struct tally_input *input,
    struct tally_rule *rule);

#endif

/* A NIST report while it is read: the contest that is wanted, and its options. */
#ifndef TALLY_NIST_H
#define TALLY_NIST_H

#include "tally/file.h"
#include "tally/json.h"

struct nist {
    struct file_reader *reader;
    struct json_room room;    /* for the text of one string */
    struct json_room current; /* and for the id of the current snapshot */
    struct names contest;     /* one: the id of the contest that is read */
    struct names selections;  /* ids; number i is option i */
    int ranked; /* do positions have a rank? 1 yes, 0 no, -1 not known yet */
};

/* Finds the contest in the report's elections (one, or an array of them) and the names
 * of its options. */
enum tally_status nist_read_contest(struct nist *nist, struct text elections);

#endif

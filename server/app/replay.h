/* The parts of `stimmwerk replay`: an election from a file, played on a real server. */
#ifndef APP_REPLAY_H
#define APP_REPLAY_H

#include "app/desk.h"
#include "stimmwerk/tally.h"

/* ---- the election: replay_election.c ---- */

struct election {
    struct tally_file *file; /* owned */
    const struct tally_profile *profile;
    size_t options;
    int64_t voters;
    bool ties; /* some ballot ranks two options equally */
};

/* Reads a ballot file. Says on stderr, after `who`, what is wrong with it: ERR_NOT_FOUND,
 * ERR_BAD_VALUE, ERR_NOMEM. */
MUST_CHECK enum err
election_read(const char *who, const char *path, struct election *ret_election);
void election_fini(struct election *election);

/* Appends the option's name as a JSON string: at most TITLE_CHARS_MAX characters, "#3" if
 * the file has none. */
void election_write_name(const struct election *election, size_t option, struct buf *out);

/* Appends the i-th different ballot in canonical JSON, options by their ids (ascending
 * with the option), cut to `ranks` places. */
void election_write_ballot(
    const struct election *election, size_t i, enum tally_form form, size_t ranks,
    const int64_t *ids, struct buf *out);

/* ---- the codes of tickets: replay_tickets.c ---- */

struct ticket_list {
    char *text;   /* owned */
    char **codes; /* owned; point into text */
    size_t count;
    size_t capacity;
};

/* Reads a CSV with a column `code`, or one code a line. Errors as election_read. */
MUST_CHECK enum err
ticket_list_read(const char *who, const char *path, struct ticket_list *ret_list);
void ticket_list_fini(struct ticket_list *list);

/* ---- the voters: replay_voters.c ---- */

struct voters {
    struct crowd *crowd;
    const char *who; /* before lines on stderr */
    const struct election *election;
    const struct ticket_list *tickets; /* NULL: by the event's code */
    const char *event;
    int64_t poll;
    enum tally_form form;
    size_t ranks;
    const int64_t *ids;
    int64_t clients_max; /* at the same time */
    int64_t started;
    int64_t active;
    int64_t stored;
    size_t ballot; /* which one is cast next, and how often it was */
    int64_t repeats;
    bool failed; /* a line on stderr said why */
};

/* Lets every voter join, cast, and wait for the receipt, whose proof is checked. */
MUST_CHECK enum err voters_run(struct voters *voters);

/* ---- the result: replay_result.c ---- */

/* Puts names in the place of ids. */
void result_name(cJSON *result, const struct election *election, const int64_t *ids);

#endif

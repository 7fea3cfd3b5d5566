/* One attacker with many lines, from the address that all honest phones have too. Each
 * line does one kind of harm, again and again, and is opened anew when it is shut. */
#ifndef HOSTILE_ATTACKER_H
#define HOSTILE_ATTACKER_H

#include <stddef.h>
#include <stdint.h>

#define HARMS_MAX 16

/* What came of it; shared with whoever started the attacker. */
struct harm_tally {
    const char *name; /* NULL: there are no more */
    uint64_t opened;
    uint64_t shut; /* by the server */
};

struct attack {
    const char *url;   /* of the server; https: the harms are those against TLS */
    const char *event; /* its code, to flood it with joins; begins once it has ideas */
    size_t lines_each; /* so many do the same */
    struct harm_tally *tallies; /* HARMS_MAX */
};

/* Never returns: to be forked, and killed. */
void attacker_run(const struct attack *attack) __attribute__((noreturn));

#endif

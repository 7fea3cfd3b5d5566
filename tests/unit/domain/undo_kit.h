/* An event with a moderator and a participant, made anew for each test of the suite
 * `undo`, in whatever file it stands. */
#ifndef TESTS_DOMAIN_UNDO_KIT_H
#define TESTS_DOMAIN_UNDO_KIT_H

#include "unit/domain/kit.h"

extern struct kit kit;
extern int64_t person;

/* The position of the last entry. */
int64_t here(void);
const struct idea *idea_now(int64_t id);
const struct poll *poll_now(int64_t id);
/* Of the moderator. */
struct entry desk(enum entry_kind kind);
/* That what was done at `pos` is not undone. */
void expect_refusal(int64_t pos, enum err err);

#endif

/* A store whose history is told in the log's own words, and a reader of its views with
 * the library that people with sqlite3 use. The entries are spelled as `wire` spells
 * them. */
#ifndef TEST_STORE_VIEWS_H
#define TEST_STORE_VIEWS_H

#include "sqlite_files.h"

#include <sqlite3.h>

#define TEXT_BYTES 4096 /* of a row, and of an answer */

struct views {
    struct hall hall;
    sqlite3 *reader;
};

/* The only one: of the test that runs. */
extern struct views views;

#define ENTRY(kind, id, by, role, own)                                                   \
    "{\"v\":1,\"k\":\"" kind "\",\"id\":\"" id "\",\"by\":\"" by "\",\"role\":\"" role   \
    "\",\"at\":1763900000000," own "}"
#define CONTENT(key, id) "\"" key "\":{\"id\":\"" id "\",\"hash\":\"00\"}"
#define SUBMIT(id, by, content)                                                          \
    ENTRY("idea.submit", id, by, "participant", CONTENT("content", content))
#define DESK(kind, id, own) ENTRY(kind, id, "9", "moderator", own)

/* A test's beginning and end. */
void views_enter(void);
void views_leave(void);
/* One row of the history: entries given by kind, author, role and what is their own. */
void tell(uint64_t uid, const char *entries);
/* Shuts the store: nothing is told after. */
void open_reader(void);
/* What this asks for: values with commas between, `-` for NULL, and `;` after each row.
 */
void expect(const char *sql, const char *expected);

#endif

/* People who speak to a server and listen: each sentence of a test is one call. */
#ifndef TESTS_TALK_H
#define TESTS_TALK_H

#include "client/client.h"
#include "hall_server.h"

#include <cjson/cJSON.h>

struct talk; /* a hall's people, on one loop */

/* Somebody at a screen. */
struct person {
    struct talk *talk;
    struct client *client;
    char cookie[256];
    char key[40]; /* that it says hello with; "": none */
    bool open;
    uint16_t closed; /* the close code, once the line is gone */
    cJSON **heard;   /* messages not looked at yet, in order; owned */
    size_t heard_count;
    size_t heard_capacity;
    uint32_t next_counter;
};

struct talk {
    struct hall_server *server;
    struct client_pool *pool;
    char event[16];
    char link[64];
    char stage_key[40]; /* in the link to the stage that came with the event */
    struct person *people[512];
    size_t people_count;
    uint64_t next_id;
};

/* An event on a running server (`mode` "open" or "ticket"). */
void talk_init(struct talk *talk, struct hall_server *server, const char *mode);
void talk_fini(struct talk *talk);
/* After a restart of the server: the same people, their lines gone. */
void talk_follow(struct talk *talk);

/* POST PATH BODY; returns the status; `ret_body` (may be NULL) is the JSON, to delete.
 * The cookie that is set is kept in `cookie` (256 bytes, may be NULL, sent if not empty).
 */
int talk_post(
    struct talk *talk, const char *path, const char *body, char *cookie,
    cJSON **ret_body);
/* GET PATH as somebody; the body, to free, and the status. */
char *talk_get(struct talk *talk, const char *path, const char *cookie, int *ret_status);

/* Join by the event's code (or a ticket), open the line, say hello, hear the welcome. */
struct person *talk_participant(struct talk *talk, const char *code);
/* By the link that came with the event: its owner. */
struct person *talk_moderator(struct talk *talk);
/* One more, by a link of their own: a moderator, or in that role. */
struct person *talk_colleague(struct talk *talk);
struct person *talk_desk(struct talk *talk, const char *role);
struct person *talk_stage(struct talk *talk);
/* A stage by a link with this key. */
struct person *talk_wall(struct talk *talk, const char *key);
/* Only a line, nothing said. */
struct person *talk_stranger(struct talk *talk, const char *cookie);
/* Opens the line again and says hello with the position. */
void talk_return(struct person *person, const char *role, int64_t pos);

/* Sends the text as it is. */
void talk_say(struct person *person, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The next message whose "op" is `op`; others before it are dropped. Fails after ten
 * seconds. The caller deletes it. */
cJSON *talk_hear(struct person *person, const char *op);
/* The next message, whatever it is; likewise. */
cJSON *talk_hear_next(struct person *person);
/* Waits for the line to be closed; returns the code. */
uint16_t talk_hear_close(struct person *person);

/* Says {"op":op,"id":fresh,MEMBERS} and returns the answer with that id, to delete. */
cJSON *talk_ask(struct person *person, const char *op, const char *members, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, and asserts `done` (or `stored`); returns member `made` as a number, 0 if
 * `made` is NULL. */
long talk_do(
    struct person *person, const char *made, const char *op, const char *members, ...)
    __attribute__((format(printf, 4, 5)));
/* The code of the refusal, "" if it was done. Lives until the next call. */
const char *talk_refusal(struct person *person, const char *op, const char *members, ...)
    __attribute__((format(printf, 3, 4)));

/* A string member; fails if there is none. */
const char *text_of(const cJSON *object, const char *key);
long number_of(const cJSON *object, const char *key);

/* An open ranking poll by IRV over `count` ideas (ids 1 … count in a fresh event). */
long talk_open_poll(struct person *moderator, int count);
/* The members of a cast of `ballot`, with the person's next counter. */
#define CAST_MEMBERS                                                                     \
    "\"poll\":\"%ld\",\"counter\":%u,\"ballot\":%s,"                                     \
    "\"nonce\":\"00112233445566778899aabbccddeeff\",\"lock\":"                           \
    "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\""

#endif

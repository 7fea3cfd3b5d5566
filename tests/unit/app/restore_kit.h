/* A hall that is backed up, burns, and is restored: what its tests share. Each file has
 * its own. */
#ifndef TESTS_APP_RESTORE_KIT_H
#define TESTS_APP_RESTORE_KIT_H

#include "app/app.h"

#include "hall_fixture.h"
#include "words.h"

#include "base/bounds.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct hall_fixture fixture;
static struct event *event;
static int64_t moderator;
static int64_t people[2];
static int64_t poll;

static inline const struct poll *the_poll(void)
{
    return event_poll(event, poll);
}

static inline const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", fixture.folder, name);
    return path;
}

static inline bool is_there(const char *name)
{
    return access(path_of(name), F_OK) == 0;
}

static inline void write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    cr_assert_not_null(file);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

/* A hall with an open poll in which two people voted for different things. */
static inline void set_up(void)
{
    fixture_init(&fixture);
    event = fixture_event(&fixture, JOIN_OPEN);
    moderator = fixture_person(&fixture, event, ROLE_MODERATOR);
    poll = fixture_open_poll(&fixture, event, moderator, 3);
    for (size_t i = 0; i < 2; i++) {
        people[i] = fixture_person(&fixture, event, ROLE_PARTICIPANT);
        struct cast cast = fixture_cast_of(the_poll(), i, 1);
        cr_assert_eq(fixture_cast(&fixture, event, poll, people[i], &cast).err, ERR_OK);
    }
    write_file("secret", "korrekt Pferd Batterie\nnot read any more\n");
}

static inline void tear_down(void)
{
    fixture_fini(&fixture);
}

/* `stimmwerk WORDS`, parted by "|"; "@" is the folder. */
static inline int run(const char *line)
{
    static char text[4096];
    static struct words words;
    size_t out = 0;
    for (const char *in = line; *in != '\0'; in++) {
        if (*in == '@') {
            out += (size_t)snprintf(text + out, sizeof text - out, "%s", fixture.folder);
        } else {
            text[out++] = *in;
        }
    }
    text[out] = '\0';
    words_split(&words, text);
    int code = app_main(words.argc, words.argv);
    fflush(stdout);
    fflush(stderr);
    return code;
}

/* The hall's store and keys go up in smoke. */
static inline void burn(void)
{
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'/hall.db*", fixture.folder);
    cr_assert_eq(system(command), 0);
}

static inline void open_restored(void)
{
    fixture_open(&fixture);
    event = hall_event(fixture.hall, 1);
    cr_assert_not_null(event);
    cr_assert_gt(event->restored_at_ms, 0);
    cr_assert_gt(event->pos, RESTORE_LEAP);
}

static inline void back_up(const char *line)
{
    fixture_close(&fixture);
    cr_assert_eq(run(line), 0);
}

#define BACKUP         "stimmwerk|backup|--store|sqlite:@/hall.db|--out|@/copy"
#define BACKUP_SECRET  BACKUP "|--passphrase-file|@/secret"
#define RESTORE        "stimmwerk|restore|--store|sqlite:@/hall.db|--from|@/copy"
#define RESTORE_SECRET RESTORE "|--passphrase-file|@/secret"

#endif

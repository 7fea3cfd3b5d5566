/* The drill: a hall that is backed up every second while phones cast burns down, store
 * and keys; it is restored, the phones come back by themselves and go on. What was
 * acknowledged before the backup is there; the result that is published at the end is, in
 * a second fire, the same from the backup, byte for byte.
 *
 *     restore_drill STIMMWERK [CLIENTS [SEED]] */
#include "casters.h"

#include "app/desk.h"

#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define CLIENTS        200
#define CAST_MS        1000
#define SETTLE_MS      60000
#define BACKUP_WAIT_MS 30000
#define RESTORE_MS_MAX 120000 /* until phones are served again */

struct drill {
    struct serve serve;
    struct serve_event event;
    struct casters casters;
    char folder[192]; /* of the backup … */
    char backup[192]; /* … which is found there */
    char passphrase[192];
    size_t lost; /* acknowledged after the backup */
};

static void path_in(const struct drill *drill, const char *name, char ret_path[192])
{
    snprintf(ret_path, 192, "%s/%s", drill->serve.folder, name);
}

static void run(const char *const *argv)
{
    char out[4096];
    if (child_run(argv, out, sizeof out) != 0) {
        die("%s %s failed: %s", argv[0], argv[1], out);
    }
}

/* ---- waiting for a backup that holds everything ---- */

static long long backups_made(struct drill *drill)
{
    struct client_pool *pool = NULL;
    struct client_reply reply;
    static const struct client_handlers none;
    if (client_pool_new(drill->serve.url, NULL, &none, &pool) != ERR_OK ||
        client_http(pool, "GET", "/metrics", NULL, NULL, &reply) != ERR_OK) {
        die("/metrics does not answer");
    }
    static const char name[] = "\nstimmwerk_backups_total ";
    const char *at = strstr(reply.body, name);
    long long made = at != NULL ? atoll(at + strlen(name)) : 0;
    free(reply.body);
    client_pool_free(pool);
    return made;
}

/* A new moderator link is news to the store; a backup that begins after it began after
 * everything before. The first to end may have begun earlier: the second has not. */
static void await_backup(struct drill *drill)
{
    for (int round = 0; round < 2; round++) {
        char token[64];
        long long before = backups_made(drill);
        int64_t end_ms = client_now_ms() + BACKUP_WAIT_MS;
        serve_link(&drill->serve, drill->event.code, token);
        while (backups_made(drill) == before) {
            if (client_now_ms() > end_ms) {
                serve_show_log(&drill->serve);
                die("no backup");
            }
            if (crowd_run(drill->casters.crowd, 20) != ERR_OK) {
                die("the loop");
            }
        }
    }
}

/* ---- fire and restoring ---- */

static void burn(struct drill *drill)
{
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'/hall.db*", drill->serve.folder);
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    run(argv);
}

static void restore(struct drill *drill, const char *from)
{
    const char *argv[] = {drill->serve.program, "restore",         "--store",
                          drill->serve.store,   "--from",          from,
                          "--passphrase-file",  drill->passphrase, NULL};
    run(argv);
}

/* What is acknowledged from now on is not in the backup that is kept. */
static void lose_the_end(struct drill *drill)
{
    struct casters *casters = &drill->casters;
    size_t kept = casters->record_count;
    casters_run(casters, CAST_MS / 2);
    casters_rest(casters, SETTLE_MS);
    for (size_t i = kept; i < casters->record_count; i++) {
        drill->lost += casters->records[i].pos != 0 ? 1 : 0;
        casters->acknowledged -= casters->records[i].pos != 0 ? 1 : 0;
        casters->records[i].pos = 0;
    }
}

/* It is the only one there. */
static void find_backup(struct drill *drill)
{
    char pattern[224];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/stimmwerk-*.backup", drill->folder);
    if (glob(pattern, 0, NULL, &found) != 0 || found.gl_pathc != 1) {
        die("no backup in %s", drill->folder);
    }
    snprintf(drill->backup, sizeof drill->backup, "%s", found.gl_pathv[0]);
    globfree(&found);
}

static void first_fire(struct drill *drill)
{
    char kept[192];
    path_in(drill, "kept", kept);
    casters_run(&drill->casters, CAST_MS);
    casters_rest(&drill->casters, SETTLE_MS);
    await_backup(drill);
    find_backup(drill);
    const char *copy[] = {"/bin/cp", drill->backup, kept, NULL};
    run(copy);
    lose_the_end(drill);
    if (serve_stop(&drill->serve, SIGKILL) != -SIGKILL) {
        die("the server ended before the fire");
    }
    burn(drill);
    int64_t begun_ms = client_now_ms();
    restore(drill, kept);
    serve_start(&drill->serve);
    int64_t took_ms = client_now_ms() - begun_ms;
    printf(
        "restore_drill: serving again after %lld ms; %zu ballots acknowledged after the "
        "backup are lost\n",
        (long long)took_ms, drill->lost);
    if (drill->lost == 0) {
        die("nothing was lost: too little to show anything");
    }
    if (took_ms > RESTORE_MS_MAX) {
        die("that is too long");
    }
}

/* ---- the result, before and after the second fire ---- */

static void publish(struct drill *drill)
{
    char token[64];
    struct desk *desk = NULL;
    int64_t poll = drill->casters.poll;
    serve_link(&drill->serve, drill->event.code, token);
    if (desk_new(drill->casters.crowd, "drill", token, &desk) != ERR_OK ||
        desk_do_to(desk, "poll.close", "poll", poll) != ERR_OK ||
        desk_do_to(desk, "poll.publish", "poll", poll) != ERR_OK) {
        die("the poll can't be published");
    }
    desk_free(desk);
}

static void export_to(struct drill *drill, const char *folder)
{
    const char *argv[] = {
        drill->serve.program, "export", "--store", drill->serve.store, "--event",
        drill->event.code,    "--out",  folder,    "--auditor",        NULL};
    run(argv);
}

/* Stopped in order, the last backup holds everything. */
static void second_fire(struct drill *drill)
{
    char before[192];
    char after[192];
    path_in(drill, "before", before);
    path_in(drill, "after", after);
    publish(drill);
    if (serve_stop(&drill->serve, SIGTERM) != 0) {
        serve_show_log(&drill->serve);
        die("the server did not end well");
    }
    casters_verify_store(&drill->casters, drill->serve.store);
    export_to(drill, before);
    burn(drill);
    restore(drill, drill->backup);
    casters_verify_store(&drill->casters, drill->serve.store);
    export_to(drill, after);
    const char *compare[] = {"/usr/bin/diff", "-r", before, after, NULL};
    run(compare);
}

static void init(struct drill *drill, const char *program)
{
    *drill = (struct drill){0};
    serve_init(&drill->serve, program, NULL);
    path_in(drill, "stick", drill->folder);
    if (mkdir(drill->folder, 0700) != 0) {
        die("%s can't be made", drill->folder);
    }
    path_in(drill, "passphrase", drill->passphrase);
    FILE *file = fopen(drill->passphrase, "w");
    if (file == NULL || fputs("fire, flood and falling laptops\n", file) < 0 ||
        fclose(file) != 0) {
        die("%s can't be written", drill->passphrase);
    }
    const char *more[] = {"--backup",
                          drill->folder,
                          "--backup-every",
                          "1",
                          "--backup-passphrase-file",
                          drill->passphrase};
    memcpy(drill->serve.more, more, sizeof more);
    serve_create_event(&drill->serve, &drill->event);
    serve_start(&drill->serve);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        die("usage: restore_drill STIMMWERK [CLIENTS [SEED]]");
    }
    unsigned long clients = argc > 2 ? strtoul(argv[2], NULL, 10) : CLIENTS;
    unsigned long seed =
        argc > 3 ? strtoul(argv[3], NULL, 10) : (unsigned long)time(NULL);
    printf("restore_drill: %lu clients, seed %lu\n", clients, seed);
    struct drill drill;
    init(&drill, argv[1]);
    casters_init(&drill.casters, &drill.serve, &drill.event, clients, seed);
    first_fire(&drill);
    casters_run(&drill.casters, CAST_MS);
    casters_rest(&drill.casters, SETTLE_MS);
    second_fire(&drill);
    printf(
        "restore_drill: %zu ballots acknowledged, all there; the result is the same\n",
        drill.casters.acknowledged);
    casters_fini(&drill.casters);
    serve_fini(&drill.serve);
    return 0;
}

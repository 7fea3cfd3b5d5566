/* Where backups go hangs: a write to it never comes back. The hall goes on, stopping
 * waits for the last backup no longer than it may, and nothing acknowledged is lost.
 *
 *     backup_hangs STIMMWERK */
#include "app/app.h"
#include "app/backup_file.h"
#include "base/bounds.h"
#include "casters.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLIENTS   30
#define CAST_MS   3000
#define SETTLE_MS 60000
#define GRACE_MS  60000 /* beyond the wait for the last backup */

/* In place of the program's own, on a thread of its pool: the call never returns. */
enum err __wrap_backup_file_write(
    const struct backup_source *source, const struct wrap_key *key, const char *path);

enum err __wrap_backup_file_write(
    const struct backup_source *source, const struct wrap_key *key, const char *path)
{
    (void)source;
    (void)key;
    (void)path;
    static const char words[] = "the medium hangs\n";
    ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
    while (written != 0) {
        pause();
    }
    return ERR_IO;
}

static bool log_has(const struct serve *serve, const char *words)
{
    char text[16384] = "";
    FILE *file = fopen(serve->log, "r");
    if (file != NULL) {
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
    }
    return strstr(text, words) != NULL;
}

static void expect_ballots(struct casters *casters)
{
    size_t before = casters->acknowledged;
    casters_run(casters, CAST_MS);
    casters_rest(casters, SETTLE_MS);
    if (casters->acknowledged < before + CLIENTS) {
        die("only %zu ballots while the medium hangs", casters->acknowledged - before);
    }
}

static int64_t stop(struct serve *serve)
{
    int64_t begun_ms = client_now_ms();
    int code = serve_stop(serve, SIGTERM);
    int64_t took_ms = client_now_ms() - begun_ms;
    if (code != 0 || took_ms > BACKUP_LAST_MS + GRACE_MS) {
        serve_show_log(serve);
        die("the server ended with %d after %lld ms", code, (long long)took_ms);
    }
    return took_ms;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        die("usage: backup_hangs STIMMWERK");
    }
    struct serve serve;
    struct serve_event event;
    struct casters casters;
    char folder[192];
    serve_init(&serve, argv[1], NULL);
    snprintf(folder, sizeof folder, "%s/stick", serve.folder);
    if (mkdir(folder, 0700) != 0) {
        die("%s can't be made", folder);
    }
    serve.run = app_main;
    const char *more[] = {"--backup", folder, "--backup-every", "1"};
    memcpy(serve.more, more, sizeof more);
    serve_create_event(&serve, &event);
    serve_start(&serve);
    casters_init(&casters, &serve, &event, CLIENTS, 2026);
    expect_ballots(&casters);
    if (!log_has(&serve, "the medium hangs")) {
        die("no backup was begun: that shows nothing");
    }
    int64_t took_ms = stop(&serve);
    if (!log_has(&serve, "is not complete: the one before stays")) {
        die("it is not said that the last backup is missing");
    }
    casters_verify_store(&casters, serve.store);
    printf(
        "backup_hangs: %zu ballots acknowledged meanwhile, 0 lost; stopped after %lld "
        "ms\n",
        casters.acknowledged, (long long)took_ms);
    casters_fini(&casters);
    serve_fini(&serve);
    return 0;
}

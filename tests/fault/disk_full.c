/* A full disk while phones cast: the server says why and ends with 75; started again with
 * space it has every acknowledged ballot and goes on.
 *
 *     disk_full STIMMWERK tmpfs|limit [CLIENTS [SEED]]
 *
 * `tmpfs` needs the right to mount (else exit code 77: skipped); `limit` caps the size of
 * the server's files instead. */
#include "casters.h"
#include "failing.h"

#include "base/bounds.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define SKIPPED    77
#define SETTLE_MS  60000
#define ROOM_BYTES (768 * 1024) /* what is left for ballots */

/* A tmpfs of our own that nobody else sees, in the folder; false: not permitted. */
static bool mount_small(const char *folder)
{
    char size[32];
    snprintf(
        size, sizeof size, "size=%lld", (long long)STORE_FREE_BYTES_MIN + (16 << 20));
    return unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("stimmwerk-fault", folder, "tmpfs", 0, size) == 0;
}

/* Fills the disk but for ROOM_BYTES. */
static void fill_disk(const char *folder, const char *path)
{
    static const char zeros[1 << 16];
    struct statvfs disk;
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    if (fd < 0 || statvfs(folder, &disk) != 0) {
        die("%s: %s", path, strerror(errno));
    }
    int64_t left = (int64_t)(disk.f_bavail * disk.f_bsize) - ROOM_BYTES;
    for (ssize_t put = 1; left > 0 && put > 0; left -= put) {
        put =
            write(fd, zeros, left < (int64_t)sizeof zeros ? (size_t)left : sizeof zeros);
    }
    close(fd);
}

struct scene {
    struct serve serve;
    struct serve_event event;
    struct casters casters;
    char filler[192];
    bool tmpfs;
};

static void make_scarce(struct scene *scene)
{
    struct stat store;
    if (scene->tmpfs) {
        fill_disk(scene->serve.folder, scene->filler);
        return;
    }
    if (stat(scene->serve.store + strlen("sqlite:"), &store) != 0) {
        die("the store is not there");
    }
    scene->serve.file_bytes_max = ROOM_BYTES + store.st_size;
    serve_stop(&scene->serve, SIGTERM);
    serve_start(&scene->serve);
}

static void make_room(struct scene *scene)
{
    scene->serve.file_bytes_max = 0;
    if (scene->tmpfs && unlink(scene->filler) != 0) {
        die("%s: %s", scene->filler, strerror(errno));
    }
}

static void play(struct scene *scene, size_t clients, uint64_t seed)
{
    struct casters *casters = &scene->casters;
    serve_create_event(&scene->serve, &scene->event);
    serve_start(&scene->serve);
    casters_init(casters, &scene->serve, &scene->event, clients, seed);
    casters->gap_ms = 20;
    casters_run(casters, 300);
    make_scarce(scene);
    failing_await(casters, &scene->serve);
    size_t before = casters->acknowledged;
    make_room(scene);
    serve_start(&scene->serve);
    casters_run(casters, 500);
    casters_rest(casters, SETTLE_MS);
    casters_verify_repeats(casters, 10, SETTLE_MS);
    int code = serve_stop(&scene->serve, SIGTERM);
    if (code != 0) {
        serve_show_log(&scene->serve);
        die("the server ended with %d", code);
    }
    casters_verify_store(casters, scene->serve.store);
    if (casters->acknowledged <= before) {
        die("with space again nothing was stored");
    }
    printf(
        "disk_full: %zu acknowledged before the disk was full, %zu after; 0 lost\n",
        before, casters->acknowledged - before);
    casters_fini(casters);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        die("usage: disk_full STIMMWERK tmpfs|limit [CLIENTS [SEED]]");
    }
    size_t clients = argc > 3 ? strtoul(argv[3], NULL, 10) : 100;
    uint64_t seed = argc > 4 ? strtoul(argv[4], NULL, 10) : (uint64_t)time(NULL);
    static struct scene scene;
    scene.tmpfs = strcmp(argv[2], "tmpfs") == 0;
    printf(
        "disk_full: %s, %zu clients, seed %llu\n", argv[2], clients,
        (unsigned long long)seed);
    serve_init(&scene.serve, argv[1], NULL);
    snprintf(scene.filler, sizeof scene.filler, "%s/filler", scene.serve.folder);
    if (scene.tmpfs && !mount_small(scene.serve.folder)) {
        printf("skipped: mounting a tmpfs is not permitted (%s)\n", strerror(errno));
        rmdir(scene.serve.folder);
        return SKIPPED;
    }
    play(&scene, clients, seed);
    if (scene.tmpfs) {
        umount2(scene.serve.folder, MNT_DETACH);
    }
    serve_fini(&scene.serve);
    return 0;
}

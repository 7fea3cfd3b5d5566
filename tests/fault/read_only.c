/* The file system under a running server finds an error and turns read-only, as ext4 does
 * by itself: the server says why and ends with 75; on the file system mounted again it
 * has every acknowledged ballot and goes on.
 *
 *     read_only STIMMWERK [CLIENTS [SEED]]
 *     read_only control [ROUNDS]
 *
 * The control is a file that nothing of ours has to do with: one record after the other
 * is appended and synced, and those whose sync was answered are looked for when the file
 * system is mounted again. What ext4 loses here it loses under any program.
 *
 * Needs the right to mount, a loop device and mkfs.ext4 (else exit code 77: skipped).
 * `mount -o remount,ro` is no test: it is refused while files are open for writing. */
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
#include <time.h>
#include <unistd.h>

#define SKIPPED     77
#define SETTLE_MS   60000
#define IMAGE_BYTES (STORE_FREE_BYTES_MIN + (96LL << 20))

struct scene {
    char folder[64]; /* holds the two below */
    char image[96];
    char mounted[96];
    struct serve serve;
    struct serve_event event;
    struct casters casters;
};

static bool run(const char *const *argv)
{
    char out[256];
    return child_run(argv, out, sizeof out) == 0;
}

static bool mount_image(const struct scene *scene)
{
    const char *argv[] = {"/bin/mount", "-o",           "loop,errors=remount-ro",
                          scene->image, scene->mounted, NULL};
    return run(argv);
}

/* A file system in a file, mounted where nobody else sees it; false: not permitted. */
static bool make_disk(const struct scene *scene)
{
    const char *mkfs[] = {"/sbin/mkfs.ext4", "-q", "-F", scene->image, NULL};
    int fd = open(scene->image, O_RDWR | O_CREAT | O_EXCL, 0600);
    bool made = fd >= 0 && ftruncate(fd, IMAGE_BYTES) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return made && access(mkfs[0], X_OK) == 0 && run(mkfs) && unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 && mount_image(scene);
}

/* The block device's name, "loop3"; false: there is none. */
static bool find_device(const struct scene *scene, char ret_name[32])
{
    char line[512];
    char folder[128];
    bool found = false;
    FILE *mounts = fopen("/proc/self/mounts", "r");
    while (mounts != NULL && !found && fgets(line, sizeof line, mounts) != NULL) {
        found = sscanf(line, "/dev/%31s %127s", ret_name, folder) == 2 &&
                strcmp(folder, scene->mounted) == 0;
    }
    if (mounts != NULL) {
        fclose(mounts);
    }
    return found;
}

/* The kernel's own switch for tests: an error is found now. */
static bool turn_read_only(const struct scene *scene)
{
    char device[32];
    char path[128];
    if (!find_device(scene, device)) {
        return false;
    }
    snprintf(path, sizeof path, "/sys/fs/ext4/%s/trigger_fs_error", device);
    int fd = open(path, O_WRONLY);
    bool turned = fd >= 0 && write(fd, "1", 1) == 1;
    if (fd >= 0) {
        close(fd);
    }
    return turned;
}

static void mount_again(const struct scene *scene)
{
    if (umount2(scene->mounted, 0) != 0 || !mount_image(scene)) {
        die("the file system can't be mounted again: %s", strerror(errno));
    }
}

/* False: the file system has no such switch. */
static bool play(struct scene *scene, size_t clients, uint64_t seed)
{
    struct casters *casters = &scene->casters;
    serve_create_event(&scene->serve, &scene->event);
    serve_start(&scene->serve);
    casters_init(casters, &scene->serve, &scene->event, clients, seed);
    casters->gap_ms = 20;
    casters_run(casters, 500);
    if (!turn_read_only(scene)) {
        serve_stop(&scene->serve, SIGTERM);
        casters_fini(casters);
        return false;
    }
    failing_await(casters, &scene->serve);
    size_t before = casters->acknowledged;
    mount_again(scene);
    serve_start(&scene->serve);
    casters_run(casters, 500);
    casters_rest(casters, SETTLE_MS);
    casters_verify_repeats(casters, 10, SETTLE_MS);
    int code = serve_stop(&scene->serve, SIGTERM);
    if (code != 0 || casters->acknowledged <= before) {
        serve_show_log(&scene->serve);
        die("mounted again: ended with %d, %zu new ballots", code,
            casters->acknowledged - before);
    }
    casters_verify_store(casters, scene->serve.store);
    printf(
        "read_only: %zu acknowledged before, %zu after; 0 lost\n", before,
        casters->acknowledged - before);
    casters_fini(casters);
    return true;
}

/* ---- the control ---- */

#define RECORD_BYTES   4096
#define RECORDS_MAX    50000
#define RECORDS_BEFORE 20 /* at least; then an error comes at any moment */

/* Appends a record and waits for the disk, as the store does. */
static bool append(int fd, uint32_t number)
{
    uint32_t record[RECORD_BYTES / sizeof number];
    for (size_t i = 0; i < RECORD_BYTES / sizeof number; i++) {
        record[i] = number;
    }
    return write(fd, record, sizeof record) == (ssize_t)sizeof record &&
           fdatasync(fd) == 0;
}

/* Until the disk refuses. Says a dot once it runs, at the end how often it was answered.
 */
static int append_records(void *ctx)
{
    uint32_t answered = 0;
    int fd = open(ctx, O_WRONLY | O_CREAT | O_APPEND, 0600);
    while (fd >= 0 && answered < RECORDS_MAX && append(fd, answered)) {
        answered++;
        if (answered == RECORDS_BEFORE && write(STDOUT_FILENO, ".", 1) != 1) {
            return 1;
        }
    }
    printf("%u\n", answered);
    fflush(stdout);
    return 0;
}

static uint32_t count_records(const char *path)
{
    uint32_t record[RECORD_BYTES / sizeof(uint32_t)];
    uint32_t count = 0;
    int fd = open(path, O_RDONLY);
    while (read(fd, record, sizeof record) == (ssize_t)sizeof record &&
           record[0] == count && record[RECORD_BYTES / sizeof *record - 1] == count) {
        count++;
    }
    close(fd);
    return count;
}

/* How many answered records are not there; -1: no such switch. */
static int64_t lose_records(const struct scene *scene)
{
    char path[128];
    char out[32];
    char dot = 0;
    struct child child = {0};
    snprintf(path, sizeof path, "%s/plain", scene->mounted);
    child_fork(&child, append_records, path, &(struct child_limits){0});
    if (read(child.out, &dot, 1) != 1 || !turn_read_only(scene)) {
        child_end(&child, SIGKILL);
        return -1;
    }
    if (child_read(&child, out, sizeof out) != 0) {
        die("the control ended otherwise than it should");
    }
    mount_again(scene);
    uint32_t answered = (uint32_t)strtoul(out, NULL, 10);
    uint32_t found = count_records(path); /* maybe one whose answer was an error */
    return found < answered ? answered - found : 0;
}

static bool play_control(struct scene *scene, size_t rounds)
{
    size_t losing = 0;
    int64_t most = 0;
    for (size_t round = 0; round < rounds; round++) {
        int64_t lost = make_disk(scene) ? lose_records(scene) : -1;
        if (lost < 0) {
            return false;
        }
        losing += lost > 0 ? 1 : 0;
        most = lost > most ? lost : most;
        umount2(scene->mounted, MNT_DETACH);
        unlink(scene->image);
    }
    printf(
        "control: in %zu of %zu rounds answered records were lost, at most %lld\n",
        losing, rounds, (long long)most);
    return true;
}

static void clean_up(const struct scene *scene)
{
    umount2(scene->mounted, MNT_DETACH);
    unlink(scene->image);
    unlink(scene->serve.log);
    rmdir(scene->mounted);
    rmdir(scene->folder);
}

int main(int argc, char **argv)
{
    static struct scene scene = {.folder = "/tmp/stimmwerk-ro-XXXXXX"};
    if (argc < 2) {
        die("usage: read_only STIMMWERK [CLIENTS [SEED]], or read_only control [ROUNDS]");
    }
    bool control = strcmp(argv[1], "control") == 0;
    size_t clients = argc > 2 ? strtoul(argv[2], NULL, 10) : 50;
    uint64_t seed = argc > 3 ? strtoul(argv[3], NULL, 10) : (uint64_t)time(NULL);
    if (!control) {
        printf("read_only: %zu clients, seed %llu\n", clients, (unsigned long long)seed);
    }
    if (mkdtemp(scene.folder) == NULL) {
        die("no folder");
    }
    snprintf(scene.image, sizeof scene.image, "%s/image", scene.folder);
    snprintf(scene.mounted, sizeof scene.mounted, "%s/disk", scene.folder);
    serve_init(&scene.serve, argv[1], scene.mounted);
    snprintf(scene.serve.log, sizeof scene.serve.log, "%s/stderr", scene.folder);
    bool played = mkdir(scene.mounted, 0700) == 0 &&
                  (control ? play_control(&scene, clients)
                           : make_disk(&scene) && play(&scene, clients, seed));
    clean_up(&scene);
    if (!played) {
        printf("skipped: no ext4 that can be told to fail\n");
    }
    return played ? 0 : SKIPPED;
}

/* The file system under a running server finds an error and turns read-only, as ext4 does
 * by itself: the server says why and ends with 75; on the file system mounted again it
 * has every acknowledged ballot and goes on.
 *
 *     read_only STIMMWERK [CLIENTS [SEED]]
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
        die("usage: read_only STIMMWERK [CLIENTS [SEED]]");
    }
    size_t clients = argc > 2 ? strtoul(argv[2], NULL, 10) : 50;
    uint64_t seed = argc > 3 ? strtoul(argv[3], NULL, 10) : (uint64_t)time(NULL);
    printf("read_only: %zu clients, seed %llu\n", clients, (unsigned long long)seed);
    if (mkdtemp(scene.folder) == NULL) {
        die("no folder");
    }
    snprintf(scene.image, sizeof scene.image, "%s/image", scene.folder);
    snprintf(scene.mounted, sizeof scene.mounted, "%s/disk", scene.folder);
    serve_init(&scene.serve, argv[1], scene.mounted);
    snprintf(scene.serve.log, sizeof scene.serve.log, "%s/stderr", scene.folder);
    bool played = mkdir(scene.mounted, 0700) == 0 && make_disk(&scene) &&
                  play(&scene, clients, seed);
    clean_up(&scene);
    if (!played) {
        printf("skipped: no ext4 that can be told to fail\n");
    }
    return played ? 0 : SKIPPED;
}

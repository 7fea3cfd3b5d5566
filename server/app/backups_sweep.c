/* Copies of the store that nobody came to fetch. */
#include "app/backups.h"

#include "app/store_path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What follows the copy's name: "" or "-PID" of a command that runs no more, and ".part".
 */
static bool is_abandoned(const char *rest, bool all)
{
    char *end = NULL;
    if (rest[0] == '-') {
        long pid = strtol(rest + 1, &end, 10);
        if (end == rest + 1 || pid <= 0 || kill((pid_t)pid, 0) == 0 || errno == EPERM) {
            return false;
        }
        rest = end;
        all = true;
    }
    return all && (rest[0] == '\0' || strcmp(rest, ".part") == 0);
}

static void sweep_folder(DIR *names, const char *prefix, bool all)
{
    size_t bytes = strlen(prefix);
    for (const struct dirent *name = readdir(names); name != NULL;
         name = readdir(names)) {
        if (strncmp(name->d_name, prefix, bytes) == 0 &&
            is_abandoned(name->d_name + bytes, all)) {
            (void)unlinkat(dirfd(names), name->d_name, 0);
        }
    }
}

void backups_sweep(const char *store_url, bool all)
{
    char *prefix = path_beside(store_path(store_url), STORE_COPY_SUFFIX);
    if (prefix == NULL) {
        return;
    }
    char *slash = strrchr(prefix, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    DIR *names = opendir(slash == NULL ? "." : slash == prefix ? "/" : prefix);
    if (names != NULL) {
        sweep_folder(names, slash != NULL ? slash + 1 : prefix, all);
        closedir(names);
    }
    free(prefix);
}

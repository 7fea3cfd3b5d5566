#include "backend.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void backend_new(char *ret_url, size_t bytes)
{
    char folder[] = "/tmp/stimmwerk-store-XXXXXX";
    cr_assert_not_null(mkdtemp(folder));
    snprintf(ret_url, bytes, "sqlite:%s/hall.stimmwerk", folder);
}

void backend_set_options(const char *url, struct store_options *options)
{
    (void)url;
    (void)options;
}

void backend_remove(const char *url)
{
    char folder[256];
    snprintf(folder, sizeof folder, "%s", url + strlen("sqlite:"));
    *strrchr(folder, '/') = '\0';
    DIR *names = opendir(folder);
    if (names == NULL) {
        return;
    }
    for (struct dirent *name = readdir(names); name != NULL; name = readdir(names)) {
        unlinkat(dirfd(names), name->d_name, 0);
    }
    closedir(names);
    rmdir(folder);
}

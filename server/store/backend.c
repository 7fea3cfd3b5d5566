#include "store/backend.h"

#include <string.h>

const struct backend *backend_find(const char *url)
{
    static const struct backend *const all[] = {&backend_sqlite, &backend_memory};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strncmp(url, all[i]->scheme, strlen(all[i]->scheme)) == 0) {
            return all[i];
        }
    }
    return NULL;
}

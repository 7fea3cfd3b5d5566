#include "store/backend.h"

#include <string.h>

const struct backend *backend_find(const char *url)
{
    static const struct backend *const all[] = {&backend_sqlite, &backend_memory, NULL};
    for (size_t i = 0; all[i] != NULL; i++) {
        if (strncmp(url, all[i]->scheme, strlen(all[i]->scheme)) == 0) {
            return all[i];
        }
    }
    return NULL;
}

#include "heap_faults.h"

#include <cjson/cJSON.h>
#include <libwebsockets.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define SIZE_ROOM 16 /* before SQLite's blocks: their size, and alignment */

static struct {
    enum heap_owner owner;
    int64_t refused;
    _Atomic int64_t *calls; /* NULL: nothing is counted */
} heap;

/* What --wrap calls them. */
void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *old, size_t bytes);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
char *__wrap_strdup(const char *text);

void heap_faults_arm(enum heap_owner owner, int64_t refused, _Atomic int64_t *calls)
{
    heap.owner = owner;
    heap.refused = refused;
    heap.calls = calls;
}

static bool granted(enum heap_owner owner)
{
    return heap.calls == NULL || owner != heap.owner ||
           atomic_fetch_add(heap.calls, 1) != heap.refused;
}

void *__wrap_malloc(size_t bytes)
{
    return granted(HEAP_OURS) ? __real_malloc(bytes) : NULL;
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return granted(HEAP_OURS) ? __real_calloc(count, bytes) : NULL;
}

void *__wrap_realloc(void *old, size_t bytes)
{
    return granted(HEAP_OURS) ? __real_realloc(old, bytes) : NULL;
}

char *__wrap_strdup(const char *text)
{
    return granted(HEAP_OURS) ? __real_strdup(text) : NULL;
}

/* ---- SQLite ---- */

static void *sqlite_malloc(int bytes)
{
    char *block = granted(HEAP_SQLITE) ? __real_malloc((size_t)bytes + SIZE_ROOM) : NULL;
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &bytes, sizeof bytes);
    return block + SIZE_ROOM;
}

static void sqlite_free(void *data)
{
    free((char *)data - SIZE_ROOM);
}

static int sqlite_size(void *data)
{
    int bytes = 0;
    if (data != NULL) {
        memcpy(&bytes, (char *)data - SIZE_ROOM, sizeof bytes);
    }
    return bytes;
}

static void *sqlite_realloc(void *old, int bytes)
{
    if (!granted(HEAP_SQLITE)) {
        return NULL;
    }
    char *block = __real_realloc((char *)old - SIZE_ROOM, (size_t)bytes + SIZE_ROOM);
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &bytes, sizeof bytes);
    return block + SIZE_ROOM;
}

static int sqlite_roundup(int bytes)
{
    return (bytes + 7) & ~7;
}

static int sqlite_init(void *ctx)
{
    (void)ctx;
    return SQLITE_OK;
}

static void sqlite_shutdown(void *ctx)
{
    (void)ctx;
}

/* ---- the others ---- */

static void *json_malloc(size_t bytes)
{
    return granted(HEAP_JSON) ? __real_malloc(bytes) : NULL;
}

static void *uv_malloc(size_t bytes)
{
    return granted(HEAP_UV) ? __real_malloc(bytes) : NULL;
}

static void *uv_calloc(size_t count, size_t bytes)
{
    return granted(HEAP_UV) ? __real_calloc(count, bytes) : NULL;
}

static void *uv_realloc(void *old, size_t bytes)
{
    return granted(HEAP_UV) ? __real_realloc(old, bytes) : NULL;
}

static void *lws_renew(void *old, size_t bytes, const char *reason)
{
    (void)reason;
    if (bytes == 0) {
        free(old);
        return NULL;
    }
    return granted(HEAP_LWS) ? __real_realloc(old, bytes) : NULL;
}

static void *crypto_malloc(size_t bytes, const char *file, int line)
{
    (void)file;
    (void)line;
    return granted(HEAP_CRYPTO) ? __real_malloc(bytes) : NULL;
}

static void *crypto_realloc(void *old, size_t bytes, const char *file, int line)
{
    (void)file;
    (void)line;
    return granted(HEAP_CRYPTO) ? __real_realloc(old, bytes) : NULL;
}

static void crypto_free(void *data, const char *file, int line)
{
    (void)file;
    (void)line;
    free(data);
}

void heap_faults_install(void)
{
    static const sqlite3_mem_methods sqlite = {
        .xMalloc = sqlite_malloc,
        .xFree = sqlite_free,
        .xRealloc = sqlite_realloc,
        .xSize = sqlite_size,
        .xRoundup = sqlite_roundup,
        .xInit = sqlite_init,
        .xShutdown = sqlite_shutdown,
    };
    cJSON_Hooks json = {.malloc_fn = json_malloc, .free_fn = free};
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &sqlite) != SQLITE_OK ||
        uv_replace_allocator(uv_malloc, uv_realloc, uv_calloc, free) != 0 ||
        CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) != 1) {
        abort();
    }
    cJSON_InitHooks(&json);
    lws_set_allocator(lws_renew);
}

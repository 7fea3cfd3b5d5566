#include "heap.h"

#include <stdbool.h>
#include <stdlib.h>

static size_t calls;
static size_t refused = HEAP_NEVER;

/* What --wrap calls them. */
void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *old, size_t bytes);
void __real_qsort(
    void *items, size_t count, size_t bytes, int (*compare)(const void *, const void *));
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
void __wrap_qsort(
    void *items, size_t count, size_t bytes, int (*compare)(const void *, const void *));

size_t heap_calls(void)
{
    return calls;
}

void heap_refuse_after(size_t count)
{
    calls = 0;
    refused = count;
}

static bool granted(void)
{
    return calls++ != refused;
}

void *__wrap_malloc(size_t bytes)
{
    return granted() ? __real_malloc(bytes) : NULL;
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return granted() ? __real_calloc(count, bytes) : NULL;
}

void *__wrap_realloc(void *old, size_t bytes)
{
    return granted() ? __real_realloc(old, bytes) : NULL;
}

/* It can't fail for want of memory, but counts. */
void __wrap_qsort(
    void *items, size_t count, size_t bytes, int (*compare)(const void *, const void *))
{
    (void)granted();
    __real_qsort(items, count, bytes, compare);
}

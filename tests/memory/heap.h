/* A heap that counts what is asked of it and can refuse. */
#ifndef MEMORY_HEAP_H
#define MEMORY_HEAP_H

#include <stddef.h>

/* Calls of malloc, calloc, realloc and of qsort, which may allocate, since the last
 * heap_refuse_after. */
size_t heap_calls(void);
/* Counts from 0 again; the call after `calls` others finds no memory, once. */
void heap_refuse_after(size_t calls);

#define HEAP_NEVER ((size_t)-1)

#endif

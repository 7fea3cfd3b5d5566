/* Allocations that find no memory: our own code's, by the linker's --wrap, and those of
 * libraries that take another allocator. */
#ifndef FAULT_HEAP_FAULTS_H
#define FAULT_HEAP_FAULTS_H

#include <stdatomic.h>
#include <stdint.h>

enum heap_owner {
    HEAP_OURS,
    HEAP_SQLITE,
    HEAP_JSON,
    HEAP_UV,
    HEAP_LWS,
    HEAP_CRYPTO,
    HEAP_OWNERS
};

/* Before anything else happens in the process. */
void heap_faults_install(void);
/* From here on that owner's allocations are counted in `calls`, which may be shared with
 * another process, and the call after `refused` others fails, once. */
void heap_faults_arm(enum heap_owner owner, int64_t refused, _Atomic int64_t *calls);

#endif

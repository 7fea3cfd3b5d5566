/* What the system says of a process. */
#ifndef APP_LOAD_PROCESS_H
#define APP_LOAD_PROCESS_H

#include <stdint.h>

/* CPU time so far in µs; of ourselves for −1; 0 for pid 0 or where it can't be read. */
int64_t process_cpu_us(int64_t pid);
/* The most memory it ever had, in bytes; 0 as above. */
int64_t process_bytes_max(int64_t pid);

#endif

/* The store's ring is full for a while: whatever is handed in meanwhile is refused, in
 * place of the queue's own answer. */
#include "world.h"

static bool full;

enum err __wrap_queue_hand_in(void *queue, void *request);
enum err __real_queue_hand_in(void *queue, void *request);

enum err __wrap_queue_hand_in(void *queue, void *request)
{
    return full ? ERR_BUSY : __real_queue_hand_in(queue, request);
}

void ring_fill(bool on)
{
    full = on;
}

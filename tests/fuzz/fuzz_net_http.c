/* Whatever a stranger sends to the port, through the real sockets and the real library:
 * requests, upgrades, bodies. The first byte says after how many bytes a pause comes. */
#include "fuzz_socket.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    socket_say(
        (struct span){.data = NULL, .bytes = 0}, span_of(data + 1, size - 1), data[0]);
    return 0;
}

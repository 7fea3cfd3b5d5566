/* What the kernel counts, by its own header, which is at odds with libuv's. */
#ifndef NET_PACKETS_H
#define NET_PACKETS_H

/* Packets with data that have come to this TCP socket; 0 if it is none. */
unsigned packets_with_data(int fd);

#endif

#include "chance.h"

#include <openssl/rand.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

uint64_t dice_next(struct dice *dice)
{
    uint64_t z = dice->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

size_t dice_pick(struct dice *dice, size_t count)
{
    return count != 0 ? dice_next(dice) % count : 0;
}

bool dice_chance(struct dice *dice, unsigned of_thousand)
{
    return dice_pick(dice, 1000) < of_thousand;
}

void dice_bytes(struct dice *dice, void *ret_data, size_t bytes)
{
    uint8_t *data = ret_data;
    for (size_t i = 0; i < bytes; i++) {
        data[i] = (uint8_t)(dice_next(dice) >> 24);
    }
}

static struct dice *server_dice;

void chance_of_server(struct dice *dice)
{
    server_dice = dice;
}

/* In place of OpenSSL's: what trust draws comes from the seed. */
int RAND_bytes(unsigned char *buf, int num)
{
    if (server_dice == NULL || num < 0) {
        abort();
    }
    dice_bytes(server_dice, buf, (size_t)num);
    return 1;
}

void trace_init(struct trace *trace, bool loud)
{
    *trace = (struct trace){.hash = 0xcbf29ce484222325U, .loud = loud};
}

/* FNV-1a, eight bytes a step. */
void trace_bytes(struct trace *trace, struct span bytes)
{
    for (size_t i = 0; i < bytes.bytes; i += sizeof(uint64_t)) {
        uint64_t word = 0;
        size_t left = bytes.bytes - i;
        memcpy(&word, bytes.data + i, left < sizeof word ? left : sizeof word);
        trace->hash = (trace->hash ^ word) * 0x100000001b3U;
        trace->hash ^= trace->hash >> 32;
    }
}

void trace_line(struct trace *trace, const char *format, ...)
{
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    trace_bytes(trace, span_of_string(line));
    if (trace->loud) {
        printf("  %s\n", line);
    }
}

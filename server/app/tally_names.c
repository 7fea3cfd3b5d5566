#include "app/tally_names.h"

#include "base/utf8.h"

#include <stdlib.h>

#define REPLACEMENT     "\xef\xbf\xbd"
#define POOL_BYTES_MAX  (64UL * 1024 * 1024)
#define SEQUENCE_MAX    4
#define CONTROL_C1_LEAD 0xc2 /* U+0080 … U+009F are 0xC2 0x80 … 0xC2 0x9F */

/* The length of the valid sequence at the beginning, or 0. */
static size_t sequence(struct span text)
{
    size_t longest = text.bytes < SEQUENCE_MAX ? text.bytes : SEQUENCE_MAX;
    for (size_t bytes = 1; bytes <= longest; bytes++) {
        if (utf8_valid(span_of(text.data, bytes))) {
            return bytes;
        }
    }
    return 0;
}

/* True: it was not all valid. */
static bool put_valid(struct buf *out, struct tally_text text)
{
    struct span rest = span_of(text.data, text.bytes);
    if (utf8_valid(rest)) {
        buf_bytes(out, rest.data, rest.bytes);
        return false;
    }
    while (rest.bytes > 0) {
        size_t bytes = sequence(rest);
        buf_bytes(
            out, bytes > 0 ? (const char *)rest.data : REPLACEMENT,
            bytes > 0 ? bytes : 3);
        bytes = bytes > 0 ? bytes : 1;
        rest = span_of(rest.data + bytes, rest.bytes - bytes);
    }
    return true;
}

static struct tally_text
text_of(const struct tally_file *file, size_t option, size_t options)
{
    return option < options ? tally_file_name(file, option) : tally_file_title(file);
}

/* Do the last bytes of the pool stand there before, as the name of an option? */
static bool is_taken(const struct tally_names *names, size_t option, size_t start)
{
    size_t at = 0;
    size_t bytes = names->pool.bytes - start;
    for (size_t o = 0; o < option; o++) {
        if (names->items[o].bytes == bytes &&
            (bytes == 0 ||
             memcmp(names->pool.data + at, names->pool.data + start, bytes) == 0)) {
            return true;
        }
        at += names->items[o].bytes;
    }
    return false;
}

/* One name at the end of the pool; until it is another than all before, its number
 * follows. */
static void put_name(struct tally_names *names, const struct tally_file *file, size_t o)
{
    size_t start = names->pool.bytes;
    names->replaced =
        put_valid(&names->pool, text_of(file, o, names->count)) || names->replaced;
    while (o < names->count && !buf_failed(&names->pool) && is_taken(names, o, start)) {
        buf_printf(&names->pool, " (#%zu)", o + 1);
    }
    names->items[o].bytes = names->pool.bytes - start;
}

bool tally_names_make(const struct tally_file *file, struct tally_names *ret_names)
{
    size_t options = tally_profile_options(tally_file_profile(file));
    *ret_names = (struct tally_names){.count = options};
    buf_init(&ret_names->pool, POOL_BYTES_MAX);
    ret_names->items = calloc(options + 1, sizeof *ret_names->items);
    if (ret_names->items == NULL) {
        return false;
    }
    struct buf *pool = &ret_names->pool;
    for (size_t o = 0; o <= options; o++) {
        put_name(ret_names, file, o);
    }
    if (buf_failed(pool)) {
        return false;
    }
    size_t at = 0;
    for (size_t o = 0; o <= options; o++) { /* the pool moves no more */
        ret_names->items[o].data = pool->data + at;
        at += ret_names->items[o].bytes;
    }
    ret_names->title = ret_names->items[options];
    return true;
}

void tally_names_fini(struct tally_names *names)
{
    buf_fini(&names->pool);
    free(names->items);
    *names = (struct tally_names){.count = 0};
}

/* How many bytes of a control character begin here; 0: none does. */
static size_t control(struct span text, size_t at)
{
    uint8_t byte = text.data[at];
    if (byte < 0x20 || byte == 0x7f) {
        return 1;
    }
    bool c1 = byte == CONTROL_C1_LEAD && at + 1 < text.bytes && text.data[at + 1] < 0xa0;
    return c1 ? 2 : 0;
}

void tally_put_visible(struct buf *out, struct span text)
{
    for (size_t at = 0; at < text.bytes;) {
        size_t bytes = control(text, at);
        if (bytes > 0) {
            buf_text(out, REPLACEMENT);
        } else {
            buf_char(out, (char)text.data[at]);
        }
        at += bytes > 0 ? bytes : 1;
    }
}

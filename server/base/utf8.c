#include "base/utf8.h"

/* What may stand first, how many bytes follow it, and what the first of those may be; the
 * others are of 80..bf. */
static const struct lead {
    uint8_t first, last;
    uint8_t following;
    uint8_t second_min, second_max;
} leads[] = {
    {0x00, 0x7f, 0, 0x00, 0x00}, /* U+0000 */
    {0xc2, 0xdf, 1, 0x80, 0xbf}, /* U+0080 */
    {0xe0, 0xe0, 2, 0xa0, 0xbf}, /* U+0800; below would be overlong */
    {0xe1, 0xec, 2, 0x80, 0xbf}, /* U+1000 */
    {0xed, 0xed, 2, 0x80, 0x9f}, /* U+D000; above would be surrogates */
    {0xee, 0xef, 2, 0x80, 0xbf}, /* U+E000 */
    {0xf0, 0xf0, 3, 0x90, 0xbf}, /* U+10000; below would be overlong */
    {0xf1, 0xf3, 3, 0x80, 0xbf}, /* U+40000 */
    {0xf4, 0xf4, 3, 0x80, 0x8f}, /* U+100000; above would be beyond U+10FFFF */
};

static const struct lead *find_lead(uint8_t byte)
{
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (byte >= leads[i].first && byte <= leads[i].last) {
            return &leads[i];
        }
    }
    return NULL;
}

/* How many bytes the character at the start of `data` takes; 0 if there is none. */
static size_t char_bytes(const uint8_t *data, size_t bytes)
{
    const struct lead *lead = find_lead(data[0]);
    if (lead == NULL || lead->following >= bytes) {
        return 0;
    }
    if (lead->following > 0 &&
        (data[1] < lead->second_min || data[1] > lead->second_max)) {
        return 0;
    }
    for (size_t i = 2; i <= lead->following; i++) {
        if ((data[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return lead->following + (size_t)1;
}

/* Eight bytes of ASCII? */
static bool is_ascii(const uint8_t *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

bool utf8_valid(struct span text)
{
    for (size_t i = 0, bytes; i < text.bytes; i += bytes) {
        bool ascii = i + 8 <= text.bytes && is_ascii(text.data + i);
        bytes = ascii ? 8 : char_bytes(text.data + i, text.bytes - i);
        if (bytes == 0) {
            return false;
        }
    }
    return true;
}

#include "app/links.h"

bool link_base_valid(const char *base)
{
    size_t scheme = 0;
    if (strncmp(base, "https://", 8) == 0) {
        scheme = 8;
    } else if (strncmp(base, "http://", 7) == 0) {
        scheme = 7;
    }
    size_t host = strspn(
        base + scheme, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                       ".-:[]");
    return scheme != 0 && host != 0 && base[scheme + host] == '\0';
}

void link_write_ticket(struct buf *out, const char *code)
{
    buf_bytes(out, code, 5);
    buf_char(out, '-');
    buf_text(out, code + 5);
}

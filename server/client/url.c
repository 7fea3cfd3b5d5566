#include "client/url.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The scheme's end in `text`, or NULL for a scheme that is not ours. */
static const char *read_scheme(const char *text, bool *ret_secure)
{
    static const struct {
        const char *prefix;
        bool secure;
    } schemes[] = {{"http://", false}, {"https://", true}};

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t length = strlen(schemes[i].prefix);
        if (strncmp(text, schemes[i].prefix, length) == 0) {
            *ret_secure = schemes[i].secure;
            return text + length;
        }
    }
    return NULL;
}

/* What follows the host in `text`, or NULL. */
static const char *read_host(const char *text, char *ret_host, size_t bytes_max)
{
    bool bracketed = *text == '[';
    text += bracketed ? 1 : 0;
    size_t length = strcspn(text, bracketed ? "]" : ":/");
    if (length == 0 || length >= bytes_max || (bracketed && text[length] != ']')) {
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        if (!isalnum((unsigned char)text[i]) && strchr(".-_:", text[i]) == NULL) {
            return NULL;
        }
    }
    memcpy(ret_host, text, length);
    ret_host[length] = '\0';
    return text + length + (bracketed ? 1 : 0);
}

/* What follows ":PORT", or `text` itself if there is none; NULL if it is no port. */
static const char *read_port(const char *text, const char *usual, char ret_port[6])
{
    if (*text != ':') {
        snprintf(ret_port, 6, "%s", usual);
        return text;
    }
    text++;
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 5) {
        return NULL;
    }
    memcpy(ret_port, text, length);
    ret_port[length] = '\0';
    return text + length;
}

enum err url_read(const char *text, struct url *ret_url)
{
    struct url url = {0};
    const char *rest = read_scheme(text, &url.secure);
    const char *usual = url.secure ? "443" : "80";
    rest = rest != NULL ? read_host(rest, url.host, sizeof url.host) : NULL;
    rest = rest != NULL ? read_port(rest, usual, url.port) : NULL;
    if (rest == NULL || (strcmp(rest, "") != 0 && strcmp(rest, "/") != 0)) {
        return ERR_BAD_VALUE;
    }
    bool numeric6 = strchr(url.host, ':') != NULL;
    bool port_usual = strcmp(url.port, usual) == 0;
    snprintf(
        url.authority, sizeof url.authority, "%s%s%s%s%s", numeric6 ? "[" : "", url.host,
        numeric6 ? "]" : "", port_usual ? "" : ":", port_usual ? "" : url.port);
    snprintf(
        url.origin, sizeof url.origin, "%s%s", url.secure ? "https://" : "http://",
        url.authority);
    *ret_url = url;
    return ERR_OK;
}

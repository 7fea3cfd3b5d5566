#include "net/csp.h"

#include <stdlib.h>

#define HASH_CHARS_MAX   120  /* sha512 in base64, and its name */
#define HASHES_BYTES_MAX 4096 /* of one page and kind */

/* ---- csp.json ---- */

struct scanner {
    const char *at;
    const char *end;
    const char *page;
    struct buf script;
    struct buf style;
};

static void skip_space(struct scanner *scanner)
{
    while (scanner->at < scanner->end && (*scanner->at == ' ' || *scanner->at == '\n' ||
                                          *scanner->at == '\r' || *scanner->at == '\t')) {
        scanner->at++;
    }
}

static bool take(struct scanner *scanner, char c)
{
    skip_space(scanner);
    if (scanner->at == scanner->end || *scanner->at != c) {
        return false;
    }
    scanner->at++;
    return true;
}

/* A string without escapes: names of files and hashes need none. */
static bool take_string(struct scanner *scanner, struct span *ret_text)
{
    if (!take(scanner, '"')) {
        return false;
    }
    const char *start = scanner->at;
    while (scanner->at < scanner->end && *scanner->at != '"' && *scanner->at != '\\') {
        scanner->at++;
    }
    *ret_text = span_of(start, (size_t)(scanner->at - start));
    return take(scanner, '"');
}

static bool is_hash(struct span text)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789+/=-";
    if (text.bytes < 16 || text.bytes > HASH_CHARS_MAX ||
        (memcmp(text.data, "sha256-", 7) != 0 && memcmp(text.data, "sha384-", 7) != 0 &&
         memcmp(text.data, "sha512-", 7) != 0)) {
        return false;
    }
    for (size_t i = 0; i < text.bytes; i++) {
        if (memchr(alphabet, text.data[i], sizeof alphabet - 1) == NULL) {
            return false;
        }
    }
    return true;
}

/* ["sha256-…",…]; `out` NULL: another page's. */
static bool take_hashes(struct scanner *scanner, struct buf *out)
{
    struct span hash;
    if (!take(scanner, '[')) {
        return false;
    }
    if (take(scanner, ']')) {
        return true;
    }
    do {
        if (!take_string(scanner, &hash) || !is_hash(hash)) {
            return false;
        }
        if (out != NULL) {
            buf_text(out, " '");
            buf_bytes(out, hash.data, hash.bytes);
            buf_char(out, '\'');
        }
    } while (take(scanner, ','));
    return take(scanner, ']');
}

/* {"script":[…],"style":[…]} */
static bool take_page(struct scanner *scanner, bool wanted)
{
    struct span kind;
    if (!take(scanner, '{')) {
        return false;
    }
    if (take(scanner, '}')) {
        return true;
    }
    do {
        if (!take_string(scanner, &kind) || !take(scanner, ':')) {
            return false;
        }
        bool script = span_equal(kind, span_of_string("script"));
        if (!script && !span_equal(kind, span_of_string("style"))) {
            return false;
        }
        struct buf *out = script ? &scanner->script : &scanner->style;
        if (!take_hashes(scanner, wanted ? out : NULL)) {
            return false;
        }
    } while (take(scanner, ','));
    return take(scanner, '}');
}

static bool take_pages(struct scanner *scanner)
{
    struct span page;
    do {
        if (!take_string(scanner, &page) || !take(scanner, ':') ||
            !take_page(scanner, span_equal(page, span_of_string(scanner->page)))) {
            return false;
        }
    } while (take(scanner, ','));
    return true;
}

static bool take_file(struct scanner *scanner)
{
    if (!take(scanner, '{')) {
        return false;
    }
    if (!take(scanner, '}') && (!take_pages(scanner) || !take(scanner, '}'))) {
        return false;
    }
    skip_space(scanner);
    return scanner->at == scanner->end;
}

static char *copy_of(const struct buf *text)
{
    return text->bytes > 0 ? strdup((const char *)text->data) : NULL;
}

enum err csp_read(struct span json, const char *page, struct csp_hashes *ret_hashes)
{
    const char *text = (const char *)json.data;
    struct scanner scanner = {.at = text, .end = text + json.bytes, .page = page};
    buf_init(&scanner.script, HASHES_BYTES_MAX);
    buf_init(&scanner.style, HASHES_BYTES_MAX);
    struct csp_hashes hashes = {0};
    enum err err = take_file(&scanner) ? ERR_OK : ERR_BAD_VALUE;
    if (err == ERR_OK && (buf_failed(&scanner.script) || buf_failed(&scanner.style))) {
        err = ERR_BAD_VALUE;
    }
    if (err == ERR_OK) {
        hashes.script = copy_of(&scanner.script);
        hashes.style = copy_of(&scanner.style);
        bool complete = (scanner.script.bytes == 0 || hashes.script != NULL) &&
                        (scanner.style.bytes == 0 || hashes.style != NULL);
        err = complete ? ERR_OK : ERR_NOMEM;
    }
    buf_fini(&scanner.script);
    buf_fini(&scanner.style);
    if (err != ERR_OK) {
        csp_hashes_fini(&hashes);
        return err;
    }
    *ret_hashes = hashes;
    return ERR_OK;
}

void csp_hashes_fini(struct csp_hashes *hashes)
{
    free(hashes->script);
    free(hashes->style);
    *hashes = (struct csp_hashes){0};
}

/* ---- the policy ---- */

static void hashes_write(struct buf *out, const char *hashes)
{
    if (hashes != NULL) {
        buf_text(out, hashes);
    }
}

void csp_write(
    struct buf *out, const char *host, bool secure, const struct csp_hashes *hashes)
{
    buf_text(out, "default-src 'none'; script-src 'self'");
    hashes_write(out, hashes != NULL ? hashes->script : NULL);
    buf_text(out, "; style-src 'self'");
    hashes_write(out, hashes != NULL ? hashes->style : NULL);
    buf_text(out, "; img-src 'self' data: blob:; connect-src 'self'");
    if (host[0] != '\0') {
        /* 'self' means WebSockets too, except to Safari before 15.4. */
        buf_printf(out, " %s://%s", secure ? "wss" : "ws", host);
    }
    buf_text(
        out, "; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'"
             "; form-action 'self'; frame-ancestors 'none'"
             "; require-trusted-types-for 'script'"
             "; trusted-types svelte-trusted-html stimmwerk-worker");
}

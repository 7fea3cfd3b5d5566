#include "net/site.h"

#include "base/bounds.h"
#include "base/hex.h"
#include "base/log.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>

#define HASH_CHARS 8 /* of a hash in a file's name */

struct site {
    struct site_file *files; /* owned, sorted by path */
    size_t count;
    size_t capacity;
    size_t bytes;
};

static const struct {
    const char *extension;
    const char *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".webmanifest", "application/manifest+json; charset=utf-8"},
    {".svg", "image/svg+xml; charset=utf-8"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
};

static const char *const coding_extensions[SITE_CODINGS] = {"", ".br", ".gz"};
static const char *const coding_names[SITE_CODINGS] = {NULL, "br", "gzip"};
static const char *const coding_marks[SITE_CODINGS] = {"", "-br", "-gz"};

static const struct {
    const char *path;
    const char *file;
} aliases[] = {
    {"/", "/index.html"},
    {"/j", "/index.html"},
    {"/m", "/moderator.html"},
    {"/stage", "/stage.html"},
    {"/kiosk", "/kiosk.html"},
    {"/office", "/office.html"},
    {"/codebook", "/codebook.html"},
    {"/codebook/", "/codebook.html"}, /* … and whatever is behind it */
    {"/i/", "/idea.html"},
};

const char *site_coding_name(enum site_coding coding)
{
    return coding_names[coding];
}

/* ---- names ---- */

static bool ends_with(const char *text, size_t bytes, const char *end)
{
    size_t end_bytes = strlen(end);
    return bytes > end_bytes && memcmp(text + bytes - end_bytes, end, end_bytes) == 0;
}

static const char *type_of(const char *path)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (ends_with(path, strlen(path), types[i].extension)) {
            return types[i].type;
        }
    }
    return NULL;
}

static bool is_hash_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-';
}

/* "/assets/NAME-HASH.ext" with a hash of eight characters, as Vite makes them. A hash
 * that looks like a word (no digit, no capital) is not believed: nothing is lost but
 * caching. */
static bool has_hash(const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *name = strrchr(path, '/') + 1;
    if (strncmp(path, "/assets/", 8) != 0 || dot - name <= HASH_CHARS + 1 ||
        dot[-HASH_CHARS - 1] != '-') {
        return false;
    }
    bool word = true;
    for (const char *c = dot - HASH_CHARS; c < dot; c++) {
        if (!is_hash_char(*c)) {
            return false;
        }
        word = word && !(*c >= '0' && *c <= '9') && !(*c >= 'A' && *c <= 'Z');
    }
    return !word;
}

static int compare_files(const void *a, const void *b)
{
    const struct site_file *left = a;
    const struct site_file *right = b;
    return strcmp(left->path, right->path);
}

const struct site_file *site_find(const struct site *site, const char *path)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        size_t bytes = strlen(aliases[i].path);
        bool below = bytes > 1 && aliases[i].path[bytes - 1] == '/';
        if (below ? strncmp(path, aliases[i].path, bytes) == 0
                  : strcmp(path, aliases[i].path) == 0) {
            path = aliases[i].file;
            break;
        }
    }
    if (site == NULL || site->count == 0) {
        return NULL;
    }
    size_t low = 0;
    size_t high = site->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, site->files[middle].path);
        if (order == 0) {
            return &site->files[middle];
        }
        low = order > 0 ? middle + 1 : low;
        high = order > 0 ? high : middle;
    }
    return NULL;
}

/* ---- reading ---- */

static enum err read_whole(int fd, uint8_t *data, size_t bytes)
{
    size_t have = 0;
    while (have < bytes) {
        ssize_t got = read(fd, data + have, bytes - have);
        if (got <= 0 && errno != EINTR) {
            return ERR_IO;
        }
        have += got > 0 ? (size_t)got : 0;
    }
    return ERR_OK;
}

/* `ret_data` is new; one byte longer than the file, never NULL. */
static enum err
read_file(struct site *site, const char *name, uint8_t **ret_data, size_t *ret_bytes)
{
    uint8_t *data = NULL;
    struct stat status;
    enum err err = ERR_IO;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) != 0 || status.st_size < 0) {
        goto close_file;
    }
    size_t bytes = (size_t)status.st_size;
    if (bytes > WEB_BYTES_MAX - site->bytes) {
        err = ERR_TOO_LARGE;
        goto close_file;
    }
    data = malloc(bytes + 1);
    err = data != NULL ? read_whole(fd, data, bytes) : ERR_NOMEM;
    if (err != ERR_OK) {
        free(data);
        goto close_file;
    }
    site->bytes += bytes;
    *ret_data = data;
    *ret_bytes = bytes;
close_file:
    if (fd >= 0) {
        close(fd);
    }
    return err;
}

/* Each form its own ETag: a cache that has the one must not take the other for it. */
static enum err name_form(struct site_form *form, enum site_coding coding)
{
    uint8_t hash[EVP_MAX_MD_SIZE];
    char digits[17];
    unsigned bytes = 0;
    if (EVP_Digest(form->data, form->bytes, hash, &bytes, EVP_sha256(), NULL) != 1) {
        return ERR_INTERNAL;
    }
    hex_encode(hash, 8, digits);
    snprintf(form->etag, sizeof form->etag, "\"%s%s\"", digits, coding_marks[coding]);
    return ERR_OK;
}

static enum err read_form(
    struct site *site, const char *name, enum site_coding coding, struct site_file *file)
{
    char coded[4096];
    int length = snprintf(coded, sizeof coded, "%s%s", name, coding_extensions[coding]);
    if (length < 0 || (size_t)length >= sizeof coded) {
        return ERR_TOO_LARGE;
    }
    if (access(coded, F_OK) != 0) {
        return ERR_OK;
    }
    struct site_form *form = &file->forms[coding];
    enum err err = read_file(site, coded, &form->data, &form->bytes);
    return err == ERR_OK ? name_form(form, coding) : err;
}

static enum err add_file(struct site *site, const char *name, const char *path)
{
    void *files = site->files;
    enum err err = vec_reserve(
        &files, &site->capacity, site->count + 1, sizeof *site->files, WEB_FILES_MAX);
    site->files = files;
    if (err != ERR_OK) {
        return err;
    }
    struct site_file *file = &site->files[site->count++];
    *file = (struct site_file){
        .path = strdup(path), .type = type_of(path), .immutable = has_hash(path)};
    err = file->path != NULL ? ERR_OK : ERR_NOMEM;
    for (int coding = 0; err == ERR_OK && coding < SITE_CODINGS; coding++) {
        err = read_form(site, name, (enum site_coding)coding, file);
    }
    return err;
}

static bool is_served(const FTSENT *entry, const char *path)
{
    return entry->fts_info == FTS_F && entry->fts_name[0] != '.' &&
           strcmp(path, "/csp.json") != 0 && type_of(path) != NULL;
}

static enum err add_folder(struct site *site, const char *folder)
{
    char *root = strdup(folder);
    if (root == NULL) {
        return ERR_NOMEM;
    }
    size_t root_bytes = strlen(root);
    while (root_bytes > 1 && root[root_bytes - 1] == '/') {
        root[--root_bytes] = '\0';
    }
    char *const roots[] = {root, NULL};
    enum err err = ERR_OK;
    FTS *walk = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    if (walk == NULL) {
        free(root);
        return ERR_NOMEM;
    }
    FTSENT *entry = NULL;
    while (err == ERR_OK && (entry = fts_read(walk)) != NULL) {
        const char *path = entry->fts_path + root_bytes;
        if (is_served(entry, path)) {
            err = add_file(site, entry->fts_path, path);
        }
        if (err != ERR_OK) {
            log_line(LOG_ERROR, "web file %s: %s", entry->fts_path, err_code(err));
        }
    }
    fts_close(walk);
    free(root);
    return err;
}

static enum err add_hashes(struct site *site, const char *folder)
{
    char name[4096];
    uint8_t *json = NULL;
    size_t bytes = 0;
    snprintf(name, sizeof name, "%s/csp.json", folder);
    if (access(name, F_OK) != 0) {
        return ERR_OK;
    }
    enum err err = read_file(site, name, &json, &bytes);
    for (size_t i = 0; err == ERR_OK && i < site->count; i++) {
        err =
            csp_read(span_of(json, bytes), site->files[i].path + 1, &site->files[i].csp);
    }
    free(json);
    if (err != ERR_OK) {
        log_line(LOG_ERROR, "web file %s: %s", name, err_code(err));
    }
    return err;
}

/* Without index.html there is nothing to serve; without the others somebody will miss
 * them. */
static enum err check_pages(const struct site *site, const char *folder)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (site_find(site, aliases[i].path) == NULL) {
            log_line(
                LOG_ERROR, "web folder %s has no %s: %s will not be found", folder,
                aliases[i].file + 1, aliases[i].path);
        }
    }
    return site_find(site, "/") != NULL ? ERR_OK : ERR_NOT_FOUND;
}

enum err site_load(const char *folder, struct site **ret_site)
{
    struct site *site = calloc(1, sizeof *site);
    if (site == NULL) {
        return ERR_NOMEM;
    }
    enum err err = add_folder(site, folder);
    if (err == ERR_OK && site->count > 0) {
        qsort(site->files, site->count, sizeof *site->files, compare_files);
        err = add_hashes(site, folder);
    }
    if (err == ERR_OK) {
        err = check_pages(site, folder);
    }
    if (err != ERR_OK) {
        site_free(site);
        return err;
    }
    *ret_site = site;
    return ERR_OK;
}

void site_free(struct site *site)
{
    if (site == NULL) {
        return;
    }
    for (size_t i = 0; i < site->count; i++) {
        struct site_file *file = &site->files[i];
        for (size_t coding = 0; coding < SITE_CODINGS; coding++) {
            free(file->forms[coding].data);
        }
        csp_hashes_fini(&file->csp);
        free(file->path);
    }
    free(site->files);
    free(site);
}

/* The real server on files with changed bytes: it says in words why it will not start, or
 * it serves the truth, or (where its log was damaged) the truth up to some commit. It
 * neither crashes nor hangs, and what it refuses it leaves alone.
 *
 *     flipped_files STIMMWERK [FILES [SEED]] */
#include "casters.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES      20
#define CLIENTS    12
#define CAST_MS    400
#define SETTLE_MS  60000
#define RUN_BYTES  64
#define PAGE_BYTES 4096
#define PATIENCE_S 60

static uint64_t chance;

static size_t below(size_t bound)
{
    uint64_t z = chance += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (size_t)((z ^ (z >> 31)) % bound);
}

/* ---- files ---- */

struct image {
    unsigned char *data; /* owned; NULL: there is no such file */
    size_t bytes;
};

struct store_files {
    struct image file; /* FOLDER/hall.db */
    struct image log;  /* … -wal */
};

static struct image read_image(const char *path)
{
    struct image image = {NULL, 0};
    struct stat info;
    FILE *file = fopen(path, "rb");
    if (file != NULL && stat(path, &info) == 0) {
        image.data = malloc((size_t)info.st_size + 1);
        image.bytes =
            image.data != NULL ? fread(image.data, 1, (size_t)info.st_size, file) : 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    return image;
}

static void write_image(const char *path, const struct image *image)
{
    unlink(path);
    FILE *file = image->data != NULL ? fopen(path, "wb") : NULL;
    if (file != NULL && (fwrite(image->data, 1, image->bytes, file) != image->bytes ||
                         fclose(file) != 0)) {
        die("%s can't be written", path);
    }
}

static void path_of(const struct serve *serve, const char *ending, char ret_path[192])
{
    snprintf(ret_path, 192, "%s/hall.db%s", serve->folder, ending);
}

static struct store_files read_files(const struct serve *serve)
{
    char file[192];
    char log[192];
    path_of(serve, "", file);
    path_of(serve, "-wal", log);
    return (struct store_files){read_image(file), read_image(log)};
}

static void write_files(const struct serve *serve, const struct store_files *files)
{
    char path[192];
    path_of(serve, "-shm", path);
    unlink(path);
    path_of(serve, "", path);
    write_image(path, &files->file);
    path_of(serve, "-wal", path);
    write_image(path, &files->log);
}

static void free_files(struct store_files *files)
{
    free(files->file.data);
    free(files->log.data);
}

static bool same(const struct image *a, const struct image *b)
{
    return a->bytes == b->bytes && (a->data == NULL) == (b->data == NULL) &&
           (a->data == NULL || memcmp(a->data, b->data, a->bytes) == 0);
}

static struct image copy_of(const struct image *image)
{
    struct image copy = {malloc(image->bytes + 1), image->bytes};
    if (copy.data == NULL || image->data == NULL) {
        die("there is no file to spoil");
    }
    memcpy(copy.data, image->data, image->bytes);
    return copy;
}

static void swap_pages(struct image *image)
{
    unsigned char page[PAGE_BYTES];
    size_t pages = image->bytes / PAGE_BYTES;
    unsigned char *one = image->data + below(pages) * PAGE_BYTES;
    unsigned char *other = image->data + below(pages) * PAGE_BYTES;
    memcpy(page, one, sizeof page);
    memmove(one, other, sizeof page);
    memcpy(other, page, sizeof page);
}

static const char *spoil(struct image *image)
{
    size_t at = below(image->bytes);
    switch (below(5)) {
    case 0:
    case 1:
        image->data[at] ^= (unsigned char)(1 + below(255));
        return "a byte";
    case 2:
        for (size_t i = at; i < image->bytes && i < at + RUN_BYTES; i++) {
            image->data[i] = (unsigned char)below(256);
        }
        return "a run of bytes";
    case 3:
        image->bytes = at;
        return "the end";
    default:
        swap_pages(image);
        return "two pages";
    }
}

/* ---- the truth ---- */

struct truth {
    struct serve serve;
    struct serve_event event;
    struct store_files running; /* as a crash leaves it: the newest is in the log */
    struct store_files closed;
    char folder[192]; /* its export */
};

static bool export_to(const struct truth *truth, const char *folder)
{
    char out[4096];
    const char *clear[] = {"/bin/rm", "-rf", folder, NULL};
    const char *argv[] = {
        truth->serve.program,
        "export",
        "--store",
        truth->serve.store,
        "--event",
        truth->event.code,
        "--out",
        folder,
        NULL};
    return child_run(clear, out, sizeof out) == 0 &&
           child_run(argv, out, sizeof out) == 0;
}

static void make_truth(struct truth *truth, const char *program, uint64_t seed)
{
    struct casters casters;
    *truth = (struct truth){.serve = {0}};
    serve_init(&truth->serve, program, NULL);
    snprintf(truth->folder, sizeof truth->folder, "%s/truth", truth->serve.folder);
    serve_create_event(&truth->serve, &truth->event);
    serve_start(&truth->serve);
    casters_init(&casters, &truth->serve, &truth->event, CLIENTS, seed);
    casters_run(&casters, CAST_MS);
    casters_rest(&casters, SETTLE_MS);
    if (!export_to(truth, truth->folder)) {
        die("no export");
    }
    if (serve_stop(&truth->serve, SIGKILL) != -SIGKILL) {
        die("the server ended by itself");
    }
    truth->running = read_files(&truth->serve);
    casters_fini(&casters);
    serve_start(&truth->serve);
    if (serve_stop(&truth->serve, SIGTERM) != 0) {
        die("the server did not end well");
    }
    truth->closed = read_files(&truth->serve);
}

/* ---- what comes of it ---- */

struct figures {
    int refused;
    int whole;
    int shorter; /* without the last commits */
};

static int trial;
static const char *trial_words = "";

static void too_long(int signal)
{
    (void)signal;
    static const char words[] = "flipped_files: the server hangs\n";
    ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
    _exit(written > 0 ? 1 : 2);
}

static bool has_words(const struct serve *serve)
{
    struct stat info;
    return stat(serve->log, &info) == 0 && info.st_size > 0;
}

static void expect_refusal(struct truth *truth, const struct store_files *given)
{
    int code = child_end(&truth->serve.child, 0);
    struct store_files left = read_files(&truth->serve);
    bool untouched = same(&left.file, &given->file) && same(&left.log, &given->log);
    free_files(&left);
    if (code <= 0 || code > 78) {
        serve_show_log(&truth->serve);
        die("file %d, %s: the server ends with %d", trial, trial_words, code);
    }
    if (!has_words(&truth->serve)) {
        die("file %d, %s: it says nothing", trial, trial_words);
    }
    if (!untouched) {
        die("file %d, %s: what was refused was changed", trial, trial_words);
    }
}

static bool same_folders(const char *one, const char *other)
{
    char out[4096];
    const char *argv[] = {"/usr/bin/diff", "-rq", one, other, NULL};
    return child_run(argv, out, sizeof out) == 0;
}

/* Are these ideas, in the order of their coming, the first of those? */
static bool begins(const char *folder, const char *truth)
{
    char path[224];
    snprintf(path, sizeof path, "%s/ideas.csv", folder);
    struct image ours = read_image(path);
    snprintf(path, sizeof path, "%s/ideas.csv", truth);
    struct image theirs = read_image(path);
    bool is = ours.data != NULL && theirs.data != NULL && ours.bytes <= theirs.bytes &&
              memcmp(ours.data, theirs.data, ours.bytes) == 0;
    free(ours.data);
    free(theirs.data);
    return is;
}

/* A damaged row may be met only when it is read: then the server says so and ends. */
static void expect_truth(struct truth *truth, bool log, struct figures *figures)
{
    char folder[192];
    snprintf(folder, sizeof folder, "%s/now", truth->serve.folder);
    bool exported = export_to(truth, folder);
    bool whole = exported && same_folders(folder, truth->folder);
    bool shorter = exported && !whole && log && begins(folder, truth->folder);
    int code = serve_stop(&truth->serve, SIGTERM);
    if (exported && !whole && !shorter) {
        die("file %d, %s: something wrong is served", trial, trial_words);
    }
    if (code != 0 && (exported || code < 0)) {
        serve_show_log(&truth->serve);
        die("file %d, %s: the server ends with %d", trial, trial_words, code);
    }
    figures->refused += exported ? 0 : 1;
    figures->whole += whole ? 1 : 0;
    figures->shorter += shorter ? 1 : 0;
}

static void try_one(struct truth *truth, struct figures *figures)
{
    bool log = trial % 3 == 0;
    struct store_files files = trial % 3 == 1 ? truth->closed : truth->running;
    struct image spoilt = copy_of(log ? &files.log : &files.file);
    trial_words = spoil(&spoilt);
    *(log ? &files.log : &files.file) = spoilt;
    write_files(&truth->serve, &files);
    unlink(truth->serve.log);
    alarm(PATIENCE_S);
    if (serve_try_start(&truth->serve)) {
        expect_truth(truth, log, figures);
    } else {
        expect_refusal(truth, &files);
        figures->refused++;
    }
    alarm(0);
    free(spoilt.data);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        die("usage: flipped_files STIMMWERK [FILES [SEED]]");
    }
    int files = argc > 2 ? (int)strtol(argv[2], NULL, 10) : FILES;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 2026;
    struct truth truth;
    struct figures figures = {0};
    signal(SIGALRM, too_long);
    make_truth(&truth, argv[1], seed);
    for (trial = 0; trial < files; trial++) {
        chance = seed * 1000003U + (uint64_t)trial;
        try_one(&truth, &figures);
    }
    printf(
        "flipped_files: %d files, seed %llu: %d refused, %d whole, %d without their last "
        "commits, nothing wrong\n",
        files, (unsigned long long)seed, figures.refused, figures.whole, figures.shorter);
    free_files(&truth.running);
    free_files(&truth.closed);
    serve_fini(&truth.serve);
    return figures.refused > 0 ? 0 : 1;
}

/* Files with changed bytes: what opens holds the truth, or the truth up to a commit whose
 * successors stood in a log that was damaged; everything else is refused and left alone.
 *
 * STIMMWERK_FLIPS: how many files, FLIPS by default. */
#include "base/buf.h"
#include "sqlite_files.h"

#define FLIPS      500
#define COMMITS    48 /* the first half of them is in the file, the rest in the log */
#define PAGE_BYTES 4096
#define RUN_BYTES  64

static struct hall hall;
static const char *const kinds[] = {"content", "seat", "sealed"};

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(flips, .init = enter, .fini = leave);

/* ---- the state, spelled out ---- */

static enum err write_row(void *ctx, int64_t seq, struct span body)
{
    buf_printf(ctx, "%lld:", (long long)seq);
    buf_bytes(ctx, body.data, body.bytes);
    buf_char(ctx, '|');
    return ERR_OK;
}

static enum err write_lane(void *ctx, const struct store_lane_info *info)
{
    buf_printf(
        ctx, "\n%lld.%lld %lld %d: ", (long long)info->lane.event,
        (long long)info->lane.poll, (long long)info->seq, info->open ? 1 : 0);
    return store_tail(hall.store, info->lane, 0, write_row, ctx);
}

static enum err write_doc(void *ctx, struct span name, struct span body)
{
    buf_bytes(ctx, name.data, name.bytes);
    buf_char(ctx, '=');
    buf_bytes(ctx, body.data, body.bytes);
    buf_char(ctx, '|');
    return ERR_OK;
}

static enum err write_state(struct buf *out)
{
    buf_init(out, 1UL << 20);
    enum err err = store_lanes(hall.store, write_lane, out);
    for (size_t i = 0; err == ERR_OK && i < sizeof kinds / sizeof *kinds; i++) {
        buf_printf(out, "\n%s: ", kinds[i]);
        err = store_docs(hall.store, kinds[i], write_doc, out);
    }
    return err;
}

/* ---- the truth ---- */

struct truth {
    struct buf states[COMMITS + 1];
    struct files_image running; /* as a crash leaves it: half of it in the log */
    struct files_image closed;
};

static void commit_one(size_t i)
{
    static struct answer answer;
    char body[700];
    memset(body, 'a' + (int)(i % 26), sizeof body);
    body[40 + i * 97 % 600] = '\0';
    struct store_lane lane = {1 + (int64_t)(i % 2), 0};
    if (i % 8 == 1) {
        hall_fence(&hall, 1, 1 + (int64_t)(i / 16), i % 16 == 1, 1000 + i, &answer);
    } else if (i % 4 == 3) {
        char name[16];
        snprintf(name, sizeof name, "doc %zu", i % 12);
        hall_put(&hall, kinds[i % 3], name, body, &answer);
    } else {
        hall_append(&hall, lane, i + 1, body, &answer);
    }
    hall_await(&hall, hall.done + 1);
}

static void make_truth(struct truth *truth)
{
    cr_assert_eq(write_state(&truth->states[0]), ERR_OK);
    for (size_t i = 0; i < COMMITS; i++) {
        if (i == COMMITS / 2) {
            hall_reopen(&hall);
        }
        commit_one(i);
        cr_assert_eq(write_state(&truth->states[i + 1]), ERR_OK);
    }
    truth->running = files_read(&hall);
    cr_assert_gt(truth->running.files[1].bytes, 0);
    hall_shut(&hall);
    truth->closed = files_read(&hall);
}

static void forget_truth(struct truth *truth)
{
    for (size_t i = 0; i <= COMMITS; i++) {
        buf_fini(&truth->states[i]);
    }
    files_image_fini(&truth->running);
    files_image_fini(&truth->closed);
}

/* ---- damage ---- */

static uint64_t random_state;

static size_t below(size_t bound)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (size_t)((z ^ (z >> 31)) % bound);
}

static void swap_pages(struct file_image *image)
{
    uint8_t page[PAGE_BYTES];
    size_t pages = image->bytes / PAGE_BYTES;
    uint8_t *one = image->data + below(pages) * PAGE_BYTES;
    uint8_t *other = image->data + below(pages) * PAGE_BYTES;
    memcpy(page, one, sizeof page);
    memmove(one, other, sizeof page);
    memcpy(other, page, sizeof page);
}

static const char *spoil(struct file_image *image)
{
    size_t at = below(image->bytes);
    switch (below(5)) {
    case 0:
    case 1:
        image->data[at] ^= (uint8_t)(1 + below(255));
        return "a byte";
    case 2:
        for (size_t i = at; i < image->bytes && i < at + RUN_BYTES; i++) {
            image->data[i] = (uint8_t)below(256);
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

/* ---- what comes of it ---- */

struct figures {
    int refused;
    int whole;
    int shorter; /* without the last commits */
};

/* Whichever way it goes, a store that opened takes work or says that it failed. */
static void try_to_write(void)
{
    static struct answer answer;
    hall.failed = 0;
    hall_append(&hall, (struct store_lane){1, 0}, 777777, "one more", &answer);
    hall_await(&hall, hall.done + 1);
    hall.failed = 0;
}

static size_t find_state(const struct truth *truth, const struct buf *state)
{
    for (size_t i = COMMITS + 1; i > COMMITS / 2; i--) {
        if (span_equal(buf_span(&truth->states[i - 1]), buf_span(state))) {
            return i - 1;
        }
    }
    return 0;
}

static void judge(
    const struct truth *truth, const char *what, int flip, bool log,
    struct figures *figures)
{
    struct buf state;
    enum err err = write_state(&state);
    cr_assert(err == ERR_OK || err == ERR_DAMAGED, "file %d: %s", flip, err_code(err));
    size_t found = err == ERR_OK ? find_state(truth, &state) : 0;
    cr_assert(
        err != ERR_OK || found != 0, "file %d, %s %s: something wrong is served", flip,
        what, log ? "of the log" : "");
    cr_assert(
        err != ERR_OK || found == COMMITS || log, "file %d, %s: commits are lost", flip,
        what);
    figures->refused += err != ERR_OK;
    figures->whole += err == ERR_OK && found == COMMITS;
    figures->shorter += err == ERR_OK && found < COMMITS;
    buf_fini(&state);
    try_to_write();
    hall_shut(&hall);
}

static struct file_image copy_of(const struct file_image *image)
{
    struct file_image copy = *image;
    copy.data = malloc(image->bytes + 1);
    cr_assert_not_null(copy.data);
    memcpy(copy.data, image->data, image->bytes);
    return copy;
}

static void flip_one(const struct truth *truth, int flip, struct figures *figures)
{
    random_state = (uint64_t)flip * 1000003U;
    bool log = flip % 3 == 0;
    struct files_image image = flip % 3 == 1 ? truth->closed : truth->running;
    struct file_image spoilt = copy_of(&image.files[log ? 1 : 0]);
    const char *what = spoil(&spoilt);
    image.files[log ? 1 : 0] = spoilt;
    files_restore(&hall, &image);
    struct files_image before = files_read(&hall);
    enum err err = hall_open(&hall, false);
    if (err == ERR_OK) {
        judge(truth, what, flip, log, figures);
    } else {
        hall.store = NULL;
        figures->refused++;
        cr_assert(files_unchanged(&hall, &before), "a refused file was changed");
    }
    files_image_fini(&before);
    file_image_fini(&spoilt);
}

Test(flips, of_any_bytes_are_refused_or_change_nothing_that_is_served)
{
    static struct truth truth;
    struct figures figures = {0};
    const char *wanted = getenv("STIMMWERK_FLIPS");
    int flips = wanted != NULL ? (int)strtol(wanted, NULL, 10) : FLIPS;
    make_truth(&truth);
    for (int i = 0; i < flips; i++) {
        flip_one(&truth, i, &figures);
    }
    cr_log_info(
        "%d files: %d refused, %d whole, %d without their last commits", flips,
        figures.refused, figures.whole, figures.shorter);
    cr_assert_gt(figures.refused, flips / 4);
    forget_truth(&truth);
}

/* The log's byte at `at`, from its end if negative, is changed; what opening says. */
static enum err open_with_log_changed(const struct truth *truth, long at)
{
    struct files_image image = truth->running;
    struct file_image log = copy_of(&image.files[1]);
    log.data[at < 0 ? (long)log.bytes + at : at] ^= 1;
    image.files[1] = log;
    files_restore(&hall, &image);
    file_image_fini(&log);
    enum err err = hall_open(&hall, false);
    hall.store = err == ERR_OK ? hall.store : NULL;
    return err;
}

Test(flips, in_the_middle_of_the_log_are_seen)
{
    static struct truth truth;
    make_truth(&truth);
    cr_assert_eq(open_with_log_changed(&truth, 5), ERR_DAMAGED, "its header");
    cr_assert_eq(open_with_log_changed(&truth, 300), ERR_DAMAGED, "its first page");
    forget_truth(&truth);
}

Test(flips, in_the_last_commit_of_the_log_are_taken_for_a_power_cut)
{
    static struct truth truth;
    struct buf state;
    make_truth(&truth);
    cr_assert_eq(open_with_log_changed(&truth, -1), ERR_OK);
    cr_assert_eq(write_state(&state), ERR_OK);
    cr_assert_eq(find_state(&truth, &state), COMMITS - 1);
    buf_fini(&state);
    forget_truth(&truth);
}

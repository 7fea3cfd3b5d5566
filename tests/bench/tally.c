/* How fast and how small libtally is, against its goals.
 *
 *     bench_tally                    everything, as a table
 *     bench_tally write POLL FILE    one of the polls as a file (BLT)
 *     bench_tally count FILE METHOD… reads it, counts, prints the winners
 *     bench_tally peak FILE METHOD   the same, prints the peak of its memory in KiB
 *
 * Times are CPU times of one core, the median and the best of several runs in one
 * process, beside a floor that is measured in turn with them: what plain loops need to
 * parse the same bytes into numbers and to add a matrix of them (floor.h). Memory is the
 * peak of a process of its own that reads and counts once, its file mapped.
 */
#include "stimmwerk/tally.h"
#include "ballots.h"
#include "floor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define RUNS 7

struct goal {
    struct poll poll;
    int grouped;
    double total_ms; /* file to result, by any of the methods named below */
    double peak_mib; /* 0: none set */
};

static const struct goal goals[] = {
    {{"100000x20", 100000, 20, 20, 5, 3.0}, 0, 30, 32},
    {{"100000x5of60", 100000, 60, 5, 5, 3.0}, 0, 15, 0},
    {{"1000000x10", 1000000, 10, 10, 3, 5.45}, 0, 120, 0},
    {{"1000000x10-grouped", 1000000, 10, 10, 3, 5.45}, 1, 0, 0},
};

#define GOALS (sizeof goals / sizeof goals[0])

static const char *const defaults[] = {
    "ranked-pairs-wv", "irv", "stv-scottish", "approval"};

#define DEFAULTS (sizeof defaults / sizeof defaults[0])

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "bench_tally: %s failed\n", what);
        exit(1);
    }
}

/* CPU time of this process, which has one thread: neighbours take none of it. */
static double now_ms(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0, "clock");
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return *x < *y ? -1 : *x > *y;
}

struct times {
    double median;
    double best;
};

static struct times sum_up(double *times, size_t count)
{
    qsort(times, count, sizeof *times, by_time);
    return (struct times){.median = times[count / 2], .best = times[0]};
}

static struct tally_file *read_file(struct text_file text)
{
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    must(
        tally_file_read(text.data, text.bytes, NULL, &file, &fault) == TALLY_OK,
        "reading the file");
    return file;
}

/* NULL: the table has no such method. */
static struct tally_rule *make_rule(const char *name, size_t seats)
{
    struct tally_rule *rule = NULL;
    const struct tally_method *method = tally_method_find(name);
    if (method != NULL) {
        size_t places = tally_method_multi(method) ? seats : 1;
        must(tally_rule_new(method, places, &rule) == TALLY_OK, "making a rule");
    }
    return rule;
}

/* ---- file to result ---- */

struct reading {
    struct times ours;
    struct times parse; /* the floor */
    struct times matrix;
};

static double floor_ms(const struct reading *reading)
{
    return reading->parse.median + reading->matrix.median;
}

static struct reading time_reading(struct text_file text)
{
    double ours[RUNS];
    double parse[RUNS];
    double matrix[RUNS];
    volatile uint32_t cell = 0;
    for (size_t i = 0; i < RUNS; i++) {
        size_t count = 0;
        double start = now_ms();
        uint16_t *numbers = floor_parse(text, &count);
        parse[i] = now_ms() - start;
        cell += floor_matrix(numbers, count);
        matrix[i] = now_ms() - start - parse[i];
        free(numbers);
        start = now_ms();
        struct tally_file *file = read_file(text);
        ours[i] = now_ms() - start;
        tally_file_free(file);
    }
    return (struct reading){
        .ours = sum_up(ours, RUNS),
        .parse = sum_up(parse, RUNS),
        .matrix = sum_up(matrix, RUNS)};
}

/* 0: the method counts no such ballots. */
static struct times
time_counting(const struct tally_profile *profile, const struct tally_rule *rule)
{
    double times[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        struct tally_result *result = NULL;
        double start = now_ms();
        if (tally_count(profile, rule, &result) != TALLY_OK) {
            return (struct times){0};
        }
        times[i] = now_ms() - start;
        tally_result_free(result);
    }
    return sum_up(times, RUNS);
}

static int in_memory(struct text_file text)
{
    int fd = memfd_create("ballots", 0);
    must(fd >= 0, "memfd_create");
    for (size_t at = 0; at < text.bytes;) {
        ssize_t written = write(fd, text.data + at, text.bytes - at);
        must(written > 0, "writing the file");
        at += (size_t)written;
    }
    return fd;
}

/* What this process ever held at once, in KiB. Not from getrusage: there a child starts
 * with what its parent held. */
static long peak_kib(void)
{
    char line[256];
    long kib = -1;
    FILE *file = fopen("/proc/self/status", "r");
    must(file != NULL, "/proc/self/status");
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            kib = strtol(line + 6, NULL, 10);
        }
    }
    (void)fclose(file);
    return kib;
}

/* The peak of a process of its own that counts the file by one method, in MiB. */
static double peak_alone(const char *program, int fd, const char *method)
{
    char command[512];
    char line[64] = "";
    (void)snprintf(
        command, sizeof command, "'%s' peak /proc/self/fd/%d %s", program, fd, method);
    FILE *child = popen(command, "r");
    must(child != NULL && fgets(line, sizeof line, child) != NULL, "the child");
    must(pclose(child) == 0, "the child");
    return (double)strtol(line, NULL, 10) / 1024;
}

static void print_ratio(double value, double goal)
{
    if (goal > 0) {
        printf(" %9.1f %6.2f%s\n", goal, value / goal, value <= goal ? "" : "  missed");
    } else {
        printf("         –\n");
    }
}

static void bench_method(
    const struct goal *goal, const struct tally_profile *profile,
    const struct reading *reading, const char *name)
{
    struct tally_rule *rule = make_rule(name, goal->poll.seats);
    struct times counting = time_counting(profile, rule);
    if (counting.median > 0) {
        double total = reading->ours.median + counting.median;
        printf(
            "  %-24s %9.3f %9.2f %9.2f %6.2f", name, counting.median,
            reading->ours.best + counting.best, total, total / floor_ms(reading));
        print_ratio(total, goal->total_ms);
    }
    tally_rule_free(rule);
}

static void bench_peak(
    const struct goal *goal, const char *program, struct text_file text,
    const char *method)
{
    int fd = in_memory(text);
    double peak = peak_alone(program, fd, method);
    printf("  peak MiB, %-34s %9.1f       ", method, peak);
    print_ratio(peak, goal->peak_mib);
    (void)close(fd);
}

static void bench_poll(const struct goal *goal, const char *program)
{
    struct text_file text = ballots_write(&goal->poll, goal->grouped);
    struct reading reading = time_reading(text);
    struct tally_file *file = read_file(text);
    const struct tally_profile *profile = tally_file_profile(file);
    printf(
        "\n%s: %.1f MB, %zu different ballots, read in %.2f ms, at best %.2f\n",
        goal->poll.name, (double)text.bytes / 1e6, tally_profile_distinct(profile),
        reading.ours.median, reading.ours.best);
    printf(
        "  floor: numbers parsed in %.2f ms, at best %.2f, and a matrix added in %.2f\n",
        reading.parse.median, reading.parse.best, reading.matrix.median);
    printf(
        "  %-24s %9s %9s %9s %6s %9s %6s\n", "", "count ms", "best", "total ms", "/floor",
        "goal", "ratio");
    for (size_t i = 0; tally_method_at(i) != NULL; i++) {
        bench_method(goal, profile, &reading, tally_method_name(tally_method_at(i)));
    }
    tally_file_free(file);
    bench_peak(goal, program, text, "ranked-pairs-wv");
    bench_peak(goal, program, text, "irv");
    free(text.data);
}

/* ---- live ---- */

#define TICKS       201
#define TICK_VOTERS ((size_t)5000)
#define CHANGES     2000000

static const struct poll hall = {"hall", TICK_VOTERS, 60, 5, 3, 3.0};

struct hall {
    struct voters voters;
    struct tally_live *live;
    struct tally_mark (*cast)[BALLOTS_OPTIONS_MAX];
};

static void draw_marks(struct hall *of, struct tally_mark *ret_marks)
{
    uint16_t options[BALLOTS_OPTIONS_MAX];
    voters_draw(&of->voters, options);
    for (size_t m = 0; m < hall.length; m++) {
        ret_marks[m] =
            (struct tally_mark){.option = options[m], .place = (uint16_t)(m + 1)};
    }
}

static void hall_init(struct hall *of)
{
    voters_init(&of->voters, &hall, 2);
    of->cast = calloc(TICK_VOTERS, sizeof *of->cast);
    must(of->cast != NULL, "calloc");
    must(tally_live_new(hall.options, 0, &of->live) == TALLY_OK, "a live profile");
    must(
        tally_live_reserve(of->live, TICK_VOTERS, TICK_VOTERS * hall.length) == TALLY_OK,
        "a reservation");
    for (size_t i = 0; i < TICK_VOTERS; i++) {
        draw_marks(of, of->cast[i]);
        must(
            tally_live_add(of->live, of->cast[i], hall.length, 1) == TALLY_OK,
            "a ballot");
    }
}

static void change_one(struct hall *of, size_t voter, const struct tally_mark *marks)
{
    must(
        tally_live_change(
            of->live, of->cast[voter], hall.length, marks, hall.length, 1) == TALLY_OK,
        "a change");
    memcpy(of->cast[voter], marks, hall.length * sizeof *marks);
}

static double tick(const struct hall *of, struct tally_rule *const *rules)
{
    double start = now_ms();
    for (size_t i = 0; i < DEFAULTS; i++) {
        struct tally_result *result = NULL;
        if (rules[i] != NULL) {
            must(tally_live_count(of->live, rules[i], &result) == TALLY_OK, "a count");
        }
        tally_result_free(result);
    }
    return now_ms() - start;
}

static struct times bench_ticks(struct hall *of, struct tally_rule *const *rules)
{
    static double times[TICKS];
    for (size_t i = 0; i < TICKS; i++) {
        struct tally_mark marks[BALLOTS_OPTIONS_MAX];
        draw_marks(of, marks);
        change_one(of, i % TICK_VOTERS, marks);
        times[i] = tick(of, rules);
    }
    return sum_up(times, TICKS);
}

static void make_rules(struct tally_rule **rules, size_t one, bool search)
{
    uint16_t order[BALLOTS_OPTIONS_MAX];
    for (uint16_t i = 0; i < hall.options; i++) {
        order[i] = (uint16_t)(i * 7 % hall.options);
    }
    for (size_t i = 0; i < DEFAULTS; i++) {
        rules[i] = NULL;
        if (one < DEFAULTS && one != i) {
            continue;
        }
        rules[i] = make_rule(defaults[i], hall.seats);
        if (rules[i] != NULL) {
            must(
                tally_rule_tie_order(rules[i], order, hall.options) == TALLY_OK,
                "a tie order");
            /* approval has no search */
            (void)tally_rule_set(rules[i], "search", search ? "bounded" : "none");
        }
    }
}

static void
bench_tick(struct hall *of, const char *name, size_t one, bool search, double goal)
{
    struct tally_rule *rules[DEFAULTS];
    make_rules(rules, one, search);
    if (one == DEFAULTS || rules[one] != NULL) {
        struct times ms = bench_ticks(of, rules);
        printf("  %-34s %9.3f %9.3f", name, ms.best, ms.median);
        print_ratio(ms.median, goal);
    }
    for (size_t i = 0; i < DEFAULTS; i++) {
        tally_rule_free(rules[i]);
    }
}

/* Ballots are drawn beforehand: only the change is timed. */
static void bench_changes(struct hall *of)
{
    static struct tally_mark marks[4096][BALLOTS_OPTIONS_MAX];
    for (size_t i = 0; i < 4096; i++) {
        draw_marks(of, marks[i]);
    }
    double start = now_ms();
    for (size_t i = 0; i < CHANGES; i++) {
        change_one(of, i * 2654435761u % TICK_VOTERS, marks[i % 4096]);
    }
    double us = (now_ms() - start) * 1e3 / CHANGES;
    printf("  %-34s %9s %9.3f", "one ballot changed, us", "", us);
    print_ratio(us, 1);
}

static void bench_live(void)
{
    struct hall of;
    hall_init(&of);
    printf(
        "\nlive: %zu voters, top %zu of %zu\n", TICK_VOTERS, hall.length, hall.options);
    bench_tick(&of, "tick of the defaults, no search, ms", DEFAULTS, false, 1);
    for (size_t i = 0; i < DEFAULTS; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "  %s", defaults[i]);
        bench_tick(&of, name, i, false, 0);
    }
    bench_tick(&of, "tick of the defaults, searching, ms", DEFAULTS, true, 0);
    bench_changes(&of);
    tally_live_free(of.live);
    free(of.cast);
}

/* ---- one file ---- */

static int write_file(const struct poll *poll, int grouped, const char *path)
{
    struct text_file text = ballots_write(poll, grouped);
    FILE *file = fopen(path, "wb");
    must(file != NULL, path);
    must(fwrite(text.data, 1, text.bytes, file) == text.bytes, path);
    must(fclose(file) == 0, path);
    free(text.data);
    return 0;
}

/* By the name of a goal, or any other of its form: 1000x20, 500x5of60. */
static int write_poll(const char *name, const char *path)
{
    for (size_t i = 0; i < GOALS; i++) {
        if (strcmp(goals[i].poll.name, name) == 0) {
            return write_file(&goals[i].poll, goals[i].grouped, path);
        }
    }
    struct poll poll = {.name = name, .seats = 1, .slope = goals[0].poll.slope};
    char *rest = NULL;
    poll.ballots = strtoul(name, &rest, 10);
    poll.length = *rest == 'x' ? strtoul(rest + 1, &rest, 10) : 0;
    poll.options =
        strncmp(rest, "of", 2) == 0 ? strtoul(rest + 2, &rest, 10) : poll.length;
    if (*rest != '\0' || poll.length < 1 || poll.options > BALLOTS_OPTIONS_MAX ||
        poll.length > poll.options) {
        fprintf(stderr, "bench_tally: no poll %s\n", name);
        return 2;
    }
    return write_file(&poll, 0, path);
}

static void count_one(const struct tally_file *file, const char *name, bool say)
{
    struct tally_rule *rule = make_rule(name, tally_file_seats(file));
    struct tally_result *result = NULL;
    must(rule != NULL, name);
    must(tally_count(tally_file_profile(file), rule, &result) == TALLY_OK, name);
    const uint16_t *winners = NULL;
    size_t count = tally_result_winners(result, &winners);
    printf("%s", say ? name : "");
    for (size_t i = 0; say && i < count; i++) {
        struct tally_text winner = tally_file_name(file, winners[i]);
        printf("\t%.*s", (int)winner.bytes, winner.data);
    }
    printf("%s", say ? "\n" : "");
    tally_result_free(result);
    tally_rule_free(rule);
}

static int count_file(const char *path, char *const *methods, int method_count, bool say)
{
    struct text_file text = {0};
    struct stat stat;
    int fd = open(path, O_RDONLY);
    must(fd >= 0 && fstat(fd, &stat) == 0, path);
    text.bytes = (size_t)stat.st_size;
    text.data = mmap(NULL, text.bytes, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    must(text.data != MAP_FAILED, path);
    struct tally_file *file = read_file(text);
    for (int i = 0; i < method_count; i++) {
        count_one(file, methods[i], say);
    }
    tally_file_free(file);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "write") == 0) {
        return write_poll(argv[2], argv[3]);
    }
    if (argc >= 4 && strcmp(argv[1], "count") == 0) {
        return count_file(argv[2], argv + 3, argc - 3, true);
    }
    if (argc == 4 && strcmp(argv[1], "peak") == 0) {
        (void)count_file(argv[2], argv + 3, 1, false);
        printf("%ld\n", peak_kib());
        return 0;
    }
    if (argc != 1) {
        fprintf(
            stderr,
            "bench_tally [write POLL FILE | count FILE METHOD… | peak FILE METHOD]\n");
        return 2;
    }
    printf("file to result on one core, medians and best of %d\n", RUNS);
    for (size_t i = 0; i < GOALS; i++) {
        bench_poll(goals + i, argv[0]);
    }
    bench_live();
    return 0;
}

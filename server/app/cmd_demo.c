/* stimmwerk demo: simulated people fill a running event with life. */
#include "app/command.h"
#include "app/demo.h"
#include "app/options.h"
#include "base/bounds.h"

#include <stdlib.h>

#define TURN_MS 20

struct demo_options {
    const char *url;
    const char *moderator;
    const char *seconds;
    const char *ca;
    int64_t phones;
    int64_t seed;
    int64_t speed;
};

#define FIELD(name) offsetof(struct demo_options, name)

static const struct option_row ROWS[] = {
    {.name = "url",
     .kind = OPTION_TEXT,
     .offset = FIELD(url),
     .value = "URL",
     .required = true,
     .help = "the server: http://HOST:PORT or https://HOST:PORT"},
    {.name = "moderator",
     .kind = OPTION_TEXT,
     .offset = FIELD(moderator),
     .value = "LINK",
     .required = true,
     .help = "an unused moderator link, or what stands behind its #"},
    {.name = "phones",
     .kind = OPTION_INT,
     .offset = FIELD(phones),
     .value = "N",
     .fallback = "60",
     .min = 1,
     .max = 10000,
     .help = "how many people come"},
    {.name = "seconds",
     .kind = OPTION_TEXT,
     .offset = FIELD(seconds),
     .value = "S|forever",
     .fallback = "forever",
     .help = "when to end"},
    {.name = "seed",
     .kind = OPTION_INT,
     .offset = FIELD(seed),
     .value = "N",
     .fallback = "1",
     .max = INT64_MAX,
     .help = "the same number gives the same people, tastes and polls"},
    {.name = "speed",
     .kind = OPTION_INT,
     .offset = FIELD(speed),
     .value = "N",
     .fallback = "1",
     .min = 1,
     .max = 100,
     .help = "so many times faster than people"},
    {.name = "ca",
     .kind = OPTION_TEXT,
     .offset = FIELD(ca),
     .value = "FILE",
     .help = "with https: certificates to trust (PEM); without it any is taken"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk demo",
    .summary =
        "Brings an event to life: people join by simulated phones over real sockets and "
        "send forty ideas for their city; a desk releases and merges them, opens polls, "
        "closes and publishes them, again and again.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
};

#undef FIELD

int64_t demo_now_ms(const struct demo *demo)
{
    return (client_now_ms() - demo->start_ms) * demo->speed;
}

/* 0: forever; −1: it is neither a number nor "forever". */
static int64_t read_seconds(const char *text)
{
    char *end = NULL;
    if (strcmp(text, "forever") == 0) {
        return 0;
    }
    long long seconds = strtoll(text, &end, 10);
    return *end == '\0' && seconds > 0 && seconds < INT64_MAX / 1000 ? seconds : -1;
}

static enum err play(struct demo *demo, int64_t seconds)
{
    static const char open_call[] = ",\"open\":true";
    int64_t end_ms = seconds > 0 ? client_now_ms() + seconds * 1000 : INT64_MAX;
    demo_labels_watch(demo);
    enum err err =
        desk_do(demo->desk, "call", span_of(open_call, sizeof open_call - 1), NULL);
    if (err == ERR_OK) {
        err = demo_labels_make(demo);
    }
    demo->start_ms = client_now_ms();
    demo_notes_plan(demo);
    while (err == ERR_OK && client_now_ms() < end_ms) {
        err = demo_people_step(demo);
        if (err == ERR_OK) {
            err = demo_notes_step(demo);
        }
        if (err == ERR_OK) {
            err = demo_polls_step(demo);
        }
        if (err == ERR_OK) {
            err = crowd_run(demo->crowd, TURN_MS);
        }
    }
    return err;
}

static enum err
run(struct demo *demo, const struct demo_options *options, int64_t seconds)
{
    demo->people = calloc(demo->people_max, sizeof *demo->people);
    if (demo->people == NULL) {
        return ERR_NOMEM;
    }
    enum err err = crowd_new(options->url, options->ca, &demo->crowd);
    if (err != ERR_OK) {
        fprintf(stderr, "%s: --url %s: %s\n", TABLE.command, options->url, err_code(err));
        return err;
    }
    err = desk_new(demo->crowd, TABLE.command, options->moderator, &demo->desk);
    return err == ERR_OK ? play(demo, seconds) : err;
}

int cmd_demo(int argc, char **argv)
{
    struct demo_options options = {0};
    int code = options_parse(&TABLE, argc, argv, &options, NULL);
    if (code != OPTIONS_GO) {
        return code;
    }
    int64_t seconds = read_seconds(options.seconds);
    if (seconds < 0) {
        return options_refuse(
            &TABLE, "--seconds: a number above 0 or \"forever\", not \"%s\"",
            options.seconds);
    }
    struct demo demo = {
        .who = TABLE.command,
        .seed = (uint64_t)options.seed,
        .random = {(uint64_t)options.seed},
        .speed = options.speed,
        .people_max = (size_t)options.phones,
    };
    enum err err = run(&demo, &options, seconds);
    desk_free(demo.desk);
    crowd_free(demo.crowd);
    free(demo.people);
    return err == ERR_OK ? 0 : 1;
}

/* The hall of a rehearsal: its desk, its poll, and the loop that all phones share. */
#include "app/load.h"

#include "base/bounds.h"
#include "trust/trust.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define WHO          "stimmwerk load"
#define TICK_US      50000LL
#define SOURCES      254   /* loopback addresses: each has its own ports … */
#define SOURCE_LINES 20000 /* … and a hall has one address as long as they last */
#define LIVE_WAIT_MS 10000

/* ---- what the pool calls ---- */

static void on_opened(void *ctx, struct client *client)
{
    (void)client;
    if (*(const bool *)ctx) {
        load_abuser_opened(ctx);
    } else {
        load_phone_opened(ctx);
    }
}

static void on_message(void *ctx, struct client *client, struct span text)
{
    (void)client;
    if (*(const bool *)ctx) {
        load_abuser_message(ctx, text);
    } else {
        load_phone_message(ctx, text);
    }
}

static void on_closed(void *ctx, struct client *client, uint16_t code)
{
    (void)client;
    (void)code;
    if (*(const bool *)ctx) {
        load_abuser_closed(ctx);
    } else {
        load_phone_closed(ctx);
    }
}

static void on_replied(void *ctx, struct client *client, const struct client_reply *reply)
{
    (void)client;
    if (*(const bool *)ctx) {
        load_abuser_replied(ctx, reply);
    } else {
        load_phone_replied(ctx, reply);
    }
}

/* ---- the loop ---- */

/* Has somebody pressed Ctrl-C? cmd_load keeps these signals waiting, to tidy up after. */
static bool is_stopped(void)
{
    static const struct timespec at_once = {0, 0};
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGTERM);
    return sigtimedwait(&signals, NULL, &at_once) > 0;
}

/* Is whoever started us gone, or has closed what we hang on? */
static bool is_let_go(void)
{
    char byte;
    struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&ready, 1, 0) == 1 && read(STDIN_FILENO, &byte, 1) != 1;
}

static void tick(struct load *load, int64_t now_us)
{
    if (is_stopped() || (load->options.leash && is_let_go())) {
        load->err = ERR_CLOSED;
    }
    load->tick_us = now_us + TICK_US;
    for (size_t i = 0; i < load->options.phones; i++) {
        load_phone_tick(&load->phones[i], now_us);
    }
    for (size_t i = 0; i < load->abuser_count && load->abused; i++) {
        load_abuser_tick(&load->abusers[i], now_us);
    }
}

static void turn_phones(struct load *load, int64_t wait_us)
{
    size_t i = 0;
    int64_t due_us = 0;
    int64_t now_us = client_now_us();
    while (schedule_take(&load->schedule, now_us, &i, &due_us)) {
        load->act(load, i, due_us);
    }
    wait_us = schedule_wait_us(&load->schedule, now_us, wait_us);
    if (load->tick_us <= now_us) {
        tick(load, now_us);
    }
    enum err err = client_pool_run_us(load->pool, wait_us < TICK_US ? wait_us : TICK_US);
    load->err = err != ERR_OK ? err : load->err;
}

void load_turn(struct load *load, int64_t wait_us)
{
    turn_phones(load, wait_us);
    enum err err = crowd_run(load->crowd, 0);
    load->err = err != ERR_OK ? err : load->err;
}

void load_run_for(struct load *load, int64_t span_us)
{
    int64_t end_us = client_now_us() + span_us;
    int64_t left_us = span_us;
    while (load->err == ERR_OK && left_us > 0) {
        load_turn(load, left_us);
        left_us = end_us - client_now_us();
    }
}

/* The phones live on while the desk waits for an answer. */
static void while_desk_waits(void *ctx)
{
    turn_phones(ctx, 1000);
}

/* ---- opening ---- */

struct newcomer { /* what the desk hears first of its event */
    bool heard;
    double joined;
};

static void on_pushed(void *ctx, const cJSON *message)
{
    struct newcomer *newcomer = ctx;
    const cJSON *joined = cJSON_GetObjectItemCaseSensitive(message, "joined");
    if (strcmp(phone_text(message, "op"), "live") == 0 && cJSON_IsNumber(joined)) {
        newcomer->heard = true;
        newcomer->joined = joined->valuedouble;
    }
}

static enum err complain(enum err err, const char *what)
{
    fprintf(stderr, WHO ": %s\n", what);
    return err;
}

/* Is there nothing in this event yet, and nobody? */
static enum err check_empty(struct load *load)
{
    struct newcomer newcomer = {0};
    char path[64];
    struct client_reply reply;
    const struct crowd_seat *seat = desk_seat(load->desk);
    int64_t end_ms = client_now_ms() + LIVE_WAIT_MS;
    desk_on_push(load->desk, on_pushed, &newcomer);
    enum err err = ERR_OK;
    while (err == ERR_OK && !newcomer.heard && client_now_ms() < end_ms) {
        err = crowd_run(load->crowd, 20);
    }
    desk_on_push(load->desk, NULL, NULL);
    snprintf(path, sizeof path, "/snapshot/%s?desk", load->event);
    if (err == ERR_OK) {
        err = client_http(load->pool, "GET", path, NULL, seat->cookie, &reply);
    }
    if (err != ERR_OK) {
        return complain(err, "the server does not answer");
    }
    cJSON *event = cJSON_ParseWithLength(reply.body, reply.body_bytes);
    free(reply.body);
    bool fresh =
        newcomer.heard && newcomer.joined < 1 && event != NULL &&
        cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(event, "ideas")) == 0 &&
        cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(event, "polls")) == 0;
    cJSON_Delete(event);
    return fresh ? ERR_OK
                 : complain(
                       ERR_WRONG_STATE,
                       "this event is in use: a rehearsal needs one of its own");
}

static enum err make_ideas(struct load *load)
{
    enum err err = desk_do(load->desk, "call", span_of_string(",\"open\":true"), NULL);
    for (int i = 0; i < BALLOT_IDEAS && err == ERR_OK; i++) {
        char members[96];
        snprintf(
            members, sizeof members,
            ",\"title\":\"Rehearsal %c\",\"text\":\"\",\"lang\":\"en\"", 'A' + i);
        err = desk_make(
            load->desk, "idea.submit", span_of_string(members), "idea",
            &load->ballots.ideas[i]);
    }
    return err;
}

static enum err make_poll(struct load *load)
{
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    buf_printf(
        &members,
        ",\"question\":\"Rehearsal\",\"lang\":\"en\",\"form\":\"ranking\",\"method\":"
        "\"" BALLOT_METHOD "\",\"seats\":1,\"ranks\":%d,\"ties\":false,\"live\":false,"
        "\"publication\":\"order\",\"options\":[",
        BALLOT_PLACES);
    for (int i = 0; i < BALLOT_IDEAS; i++) {
        buf_printf(
            &members, "%s\"%lld\"", i > 0 ? "," : "", (long long)load->ballots.ideas[i]);
    }
    buf_char(&members, ']');
    enum err err =
        desk_make(load->desk, "poll.create", buf_span(&members), "poll", &load->poll);
    buf_fini(&members);
    load->ballots.poll = load->poll;
    return err;
}

static enum err look_for_page(struct load *load)
{
    struct client_reply reply;
    enum err err = client_http(load->pool, "GET", "/", NULL, NULL, &reply);
    if (err == ERR_OK) {
        load->page = reply.status == 200;
        free(reply.body);
    }
    return err;
}

/* Every phone is a file; the system says how many a process may have. */
static enum err make_room(size_t lines)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return ERR_OK;
    }
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < lines + FILES_RESERVED) {
        fprintf(
            stderr,
            WHO ": %zu lines are more than this system lets one program have (%llu); "
                "raise it by ulimit -n\n",
            lines, (unsigned long long)limit.rlim_cur);
        return ERR_TOO_MANY;
    }
    return ERR_OK;
}

static enum err make_pool(struct load *load)
{
    static const struct client_handlers handlers = {
        .opened = on_opened,
        .message = on_message,
        .closed = on_closed,
        .replied = on_replied,
    };
    const struct load_options *options = &load->options;
    enum err err = client_pool_new(options->url, options->ca, &handlers, &load->pool);
    if (err == ERR_OK) {
        err = crowd_new(options->url, options->ca, &load->crowd);
    }
    if (err != ERR_OK) {
        fprintf(stderr, WHO ": --url %s: %s\n", options->url, err_code(err));
        return err;
    }
    size_t sources = 1 + options->phones * 3 / SOURCE_LINES;
    client_pool_use_sources(
        load->pool, (unsigned)(sources < SOURCES ? sources : SOURCES));
    return ERR_OK;
}

static enum err make_phones(struct load *load)
{
    const struct load_options *options = &load->options;
    load->phones = calloc(options->phones, sizeof *load->phones);
    load->abusers = calloc(load->abuser_count + 1, sizeof *load->abusers);
    if (load->phones == NULL || load->abusers == NULL) {
        return complain(ERR_NOMEM, "out of memory");
    }
    for (size_t i = 0; i < options->phones; i++) {
        load->phones[i].load = load;
        load->phones[i].last_ballot = BALLOT_NONE;
    }
    for (size_t i = 0; i < load->abuser_count; i++) {
        load->abusers[i] = (struct load_abuser){.abuser = true, .load = load};
    }
    return ERR_OK;
}

enum err load_open(const struct load_options *options, struct load *load)
{
    *load = (struct load){.options = *options};
    load->figures.phones = options->phones;
    load->readers = options->phones;
    load->figures.idle_percent = -1;
    load->abuser_count =
        (size_t)(options->phones * (size_t)options->share_percent + 99) / 100;
    trust_random(&load->ballots.seed, sizeof load->ballots.seed);
    enum err err = make_room(options->phones + load->abuser_count);
    if (err == ERR_OK) {
        err = make_pool(load);
    }
    if (err == ERR_OK) {
        err = make_phones(load);
    }
    if (err == ERR_OK) {
        err = desk_new(load->crowd, WHO, options->link, &load->desk);
    }
    if (err == ERR_OK) {
        snprintf(load->event, sizeof load->event, "%s", desk_seat(load->desk)->event);
        err = check_empty(load);
    }
    if (err == ERR_OK) {
        err = look_for_page(load);
    }
    if (err == ERR_OK) {
        err = make_ideas(load);
    }
    if (err == ERR_OK) {
        err = make_poll(load);
        desk_while_waiting(load->desk, while_desk_waits, load);
    }
    return err;
}

void load_hang_up(struct load *load)
{
    desk_free(load->desk);
    crowd_free(load->crowd);
    client_pool_free(load->pool);
    load->desk = NULL;
    load->crowd = NULL;
    load->pool = NULL;
}

void load_close(struct load *load)
{
    load_hang_up(load);
    load_ballots_fini(&load->ballots);
    for (size_t i = 0; load->phones != NULL && i < load->options.phones; i++) {
        client_memory_fini(&load->phones[i].memory);
    }
    free(load->phones);
    free(load->abusers);
}

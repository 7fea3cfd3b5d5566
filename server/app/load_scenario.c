/* The scenarios: which stages, in which order. */
#include "app/load.h"

#include "app/load_process.h"
#include "base/bounds.h"

#define GATHER_US    1000LL /* a phone, of the first JOINS_BURST */
#define GATHER_PER_S (JOINS_PER_S * 4 / 5)
#define SETTLE_US    (2LL * 1000000)

/* Lets everybody in as fast as the server takes them, and forgets how long it took. */
static void gather(struct load *load)
{
    size_t phones = load->options.phones;
    size_t first = phones < JOINS_BURST ? phones : JOINS_BURST;
    load_arrive(
        load,
        (int64_t)first * GATHER_US + (int64_t)(phones - first) * 1000000 / GATHER_PER_S);
    memset(load->figures.times, 0, sizeof load->figures.times);
    load->figures.told_to_wait = 0;
    load->figures.late_us_max = 0;
    load->figures.part_cpu_us = process_cpu_us(load->options.server_pid);
}

static void vote(struct load *load, size_t ballots, int64_t span_us)
{
    load_vote_begin(load, ballots, span_us);
    load_vote_end(load);
}

/* Half of the ballots while all is well; their times are what the others are held to. */
static void vote_before(struct load *load)
{
    struct histogram *receipts = &load->figures.times[TIME_RECEIPT];
    vote(load, load->options.ballots / 2, load->options.span_us / 2);
    load->figures.before_us = histogram_at(receipts, 0.99);
    *receipts = (struct histogram){0};
}

static void play_hall(struct load *load)
{
    int64_t span_us = load->options.span_us;
    load_arrive(load, span_us);
    load_submit(load, span_us / 2);
    load_push(load, "call", ",\"open\":false");
    load_open_poll(load);
    vote(load, load->options.ballots, span_us);
    load_storm(load, 3);
}

static void play_arrive(struct load *load)
{
    load_arrive(load, load->options.span_us);
    load_open_poll(load);
}

static void play_vote(struct load *load)
{
    gather(load);
    load_open_poll(load);
    vote(load, load->options.ballots, load->options.span_us);
}

static void play_watch(struct load *load)
{
    gather(load);
    load_run_for(load, SETTLE_US);
    load_watch(load, load->options.span_us);
    load_open_poll(load);
}

static void play_storm(struct load *load)
{
    gather(load);
    load_open_poll(load);
    load_storm(load, 1);
}

static void play_slow(struct load *load)
{
    gather(load);
    load_open_poll(load);
    vote_before(load);
    load_deafen(load);
    load_vote_begin(load, load->options.ballots / 2, load->options.span_us / 2);
    while (load->err == ERR_OK && load->schedule.done < load->schedule.count) {
        load_push_text(load);
    }
    load_vote_end(load);
}

static void play_abuse(struct load *load)
{
    gather(load);
    load_open_poll(load);
    vote_before(load);
    load_let_abuse(load);
    vote(load, load->options.ballots / 2, load->options.span_us / 2);
}

void load_play(struct load *load, enum load_scenario scenario)
{
    static void (*const plays[SCENARIO_COUNT])(struct load * load) = {
        [SCENARIO_HALL] = play_hall,   [SCENARIO_ARRIVE] = play_arrive,
        [SCENARIO_VOTE] = play_vote,   [SCENARIO_WATCH] = play_watch,
        [SCENARIO_STORM] = play_storm, [SCENARIO_SLOW] = play_slow,
        [SCENARIO_ABUSE] = play_abuse,
    };

    int64_t start_us = client_now_us();
    load->figures.part_cpu_us = process_cpu_us(load->options.server_pid);
    plays[scenario](load);
    load->figures.part_cpu_us =
        process_cpu_us(load->options.server_pid) - load->figures.part_cpu_us;
    load_finish(load);
    load->figures.took_us = client_now_us() - start_us;
}

/* What happens in a hall, one thing after another. */
#include "app/load.h"

#include "app/load_export.h"
#include "app/load_process.h"
#include "base/bounds.h"

#include <stdlib.h>

#define ARRIVE_WAIT_US  (120LL * 1000000)
#define RECEIPT_WAIT_US (60LL * 1000000)
#define BACK_WAIT_US    (180LL * 1000000)
#define PUSH_WAIT_US    (15LL * 1000000)
#define WATCH_PUSH_US   (2LL * 1000000)
#define RELEASES_MAX    40

static void fail(struct load *load, enum err err)
{
    load->err = load->err != ERR_OK ? load->err : err;
}

static void begin(
    struct load *load, size_t count, int64_t span_us,
    void (*act)(struct load *load, size_t i, int64_t due_us))
{
    load->act = act;
    load->schedule = (struct schedule){
        .start_us = client_now_us(), .span_us = span_us, .count = count};
}

/* Turns until all that is scheduled was done. */
static void finish_schedule(struct load *load)
{
    while (load->err == ERR_OK && load->schedule.done < load->schedule.count) {
        load_turn(load, INT64_MAX);
    }
    int64_t late_us = load->schedule.late_us_max;
    struct load_figures *figures = &load->figures;
    figures->late_us_max =
        late_us > figures->late_us_max ? late_us : figures->late_us_max;
    load->schedule = (struct schedule){0};
}

/* Turns until `*left` is `goal`, or for `wait_us`. */
static void run_until(struct load *load, const size_t *left, size_t goal, int64_t wait_us)
{
    int64_t end_us = client_now_us() + wait_us;
    while (load->err == ERR_OK && *left != goal && client_now_us() < end_us) {
        load_turn(load, 1000);
    }
}

static void act_arrive(struct load *load, size_t i, int64_t due_us)
{
    load_phone_come(&load->phones[i], due_us);
}

void load_arrive(struct load *load, int64_t span_us)
{
    begin(load, load->options.phones, span_us, act_arrive);
    finish_schedule(load);
    run_until(load, &load->figures.arrived, load->options.phones, ARRIVE_WAIT_US);
}

static void act_vote(struct load *load, size_t i, int64_t due_us)
{
    struct load_phone *phone = &load->phones[i % load->readers];
    enum err err = load_phone_cast(phone, due_us);
    if (err != ERR_OK) {
        fail(load, err);
    }
}

void load_vote_begin(struct load *load, size_t ballots, int64_t span_us)
{
    begin(load, ballots, span_us, act_vote);
}

void load_vote_end(struct load *load)
{
    finish_schedule(load);
    run_until(load, &load->figures.receipts, load->ballots.count, RECEIPT_WAIT_US);
}

static void act_submit(struct load *load, size_t i, int64_t due_us)
{
    load_phone_submit(&load->phones[i * 4], due_us);
}

void load_submit(struct load *load, int64_t span_us)
{
    begin(load, (load->options.phones + 3) / 4, span_us, act_submit);
    finish_schedule(load);
    run_until(load, &load->ideas_waiting, 0, RECEIPT_WAIT_US);
    load->figures.ideas_unanswered += load->ideas_waiting;
    size_t left = RELEASES_MAX;
    for (size_t i = 0; i < load->options.phones && left > 0; i++) {
        if (load->phones[i].idea > 0 && load->err == ERR_OK) {
            left--;
            fail(
                load,
                desk_do_to(load->desk, "idea.release", "idea", load->phones[i].idea));
        }
    }
}

void load_storm(struct load *load, size_t each)
{
    int64_t now_us = client_now_us();
    for (size_t i = 0; i < load->options.phones && load->err == ERR_OK; i += each) {
        act_vote(load, i, now_us);
    }
    for (size_t i = 0; i < load->options.phones; i += each) {
        if (load->phones[i].state == LOAD_READY) {
            load_phone_drop(&load->phones[i]);
            load_phone_come(&load->phones[i], now_us);
        }
    }
    run_until(load, &load->away, 0, BACK_WAIT_US);
    run_until(load, &load->figures.receipts, load->ballots.count, RECEIPT_WAIT_US);
}

void load_push(struct load *load, const char *op, const char *members)
{
    load->push_waits = 0;
    for (size_t i = 0; i < load->options.phones; i++) {
        const struct load_phone *phone = &load->phones[i];
        load->push_waits += phone->state == LOAD_READY && !phone->deaf ? 1 : 0;
    }
    load->push++;
    load->push_us = client_now_us();
    if (load->err == ERR_OK) {
        fail(load, desk_do(load->desk, op, span_of_string(members), NULL));
    }
    run_until(load, &load->push_waits, 0, PUSH_WAIT_US);
    load->figures.pushes_missed += load->push_waits;
    load->push_waits = 0;
}

void load_push_text(struct load *load)
{
    struct buf members;
    buf_init(&members, FRAME_IDEA_BYTES_MAX);
    buf_printf(
        &members, ",\"idea\":\"%lld\",\"title\":\"Rehearsal A\",\"text\":\"%u",
        (long long)load->ballots.ideas[0], load->push);
    for (int i = 0; i < TEXT_CHARS_MAX - 10; i++) {
        buf_text(&members, "\xf0\x9f\x8e\xaa");
    }
    buf_text(&members, "\",\"lang\":\"en\"");
    load_push(load, "idea.edit", (const char *)members.data);
    buf_fini(&members);
}

void load_watch(struct load *load, int64_t span_us)
{
    int64_t pid = load->options.server_pid;
    int64_t spent_us = process_cpu_us(pid);
    int64_t start_us = client_now_us();
    load_run_for(load, span_us / 2);
    int64_t took_us = client_now_us() - start_us;
    if (pid != 0 && took_us > 0) {
        load->figures.idle_percent =
            100.0 * (double)(process_cpu_us(pid) - spent_us) / (double)took_us;
    }
    for (int64_t i = 0; i < span_us / 2 && load->err == ERR_OK; i += WATCH_PUSH_US) {
        bool open = i / WATCH_PUSH_US % 2 == 1;
        load_push(load, "call", open ? ",\"open\":true" : ",\"open\":false");
        load_run_for(load, WATCH_PUSH_US);
    }
}

void load_deafen(struct load *load)
{
    size_t phones = load->options.phones;
    load->readers = phones - (phones * (size_t)load->options.share_percent + 99) / 100;
    for (size_t i = load->readers; i < phones; i++) {
        struct load_phone *phone = &load->phones[i];
        if (phone->state == LOAD_READY) {
            phone->deaf = true;
            client_deafen(phone->client);
            load->figures.deaf++;
        }
    }
}

void load_let_abuse(struct load *load)
{
    load->abused = true;
}

void load_open_poll(struct load *load)
{
    char members[64];
    snprintf(members, sizeof members, ",\"poll\":\"%lld\"", (long long)load->poll);
    load_push(load, "poll.open", members);
}

static void close_and_publish(struct load *load)
{
    char members[64];
    snprintf(members, sizeof members, ",\"poll\":\"%lld\"", (long long)load->poll);
    if (load->err == ERR_OK) {
        fail(load, desk_do_to(load->desk, "poll.close", "poll", load->poll));
    }
    load->push_is_result = true;
    load_push(load, "poll.publish", members);
}

void load_finish(struct load *load)
{
    struct load_figures *figures = &load->figures;
    load->abused = false;
    figures->not_back = load->options.phones - load->ready;
    close_and_publish(load);
    if (load->err == ERR_OK) {
        fail(load, load_export_check(load));
    }
    figures->server_cpu_us = process_cpu_us(load->options.server_pid);
    figures->server_bytes = process_bytes_max(load->options.server_pid);
    figures->resumed = client_pool_resumed(load->pool);
    figures->own_cpu_us = process_cpu_us(-1);
}

#include "house.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void must(enum err err, const char *what)
{
    if (err != ERR_OK) {
        die("%s: %s", what, err_code(err));
    }
}

void house_new_poll(struct house *house)
{
    struct flood_target *target = &house->target;
    char members[512];
    snprintf(
        members, sizeof members,
        ",\"question\":\"?\",\"lang\":\"de\",\"form\":\"ranking\",\"method\":"
        "\"ranked-pairs-wv\",\"seats\":1,\"ranks\":3,\"ties\":false,\"live\":false,"
        "\"publication\":\"ballots\",\"options\":[\"%lld\",\"%lld\",\"%lld\"]",
        (long long)target->ideas[0], (long long)target->ideas[1],
        (long long)target->ideas[2]);
    if (target->poll != 0) {
        must(desk_do_to(house->desk, "poll.close", "poll", target->poll), "closing");
    }
    must(
        desk_make(
            house->desk, "poll.create", span_of_string(members), "poll", &target->poll),
        "a poll");
    must(desk_do_to(house->desk, "poll.open", "poll", target->poll), "opening");
}

void house_take_seats(struct house *house, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct crowd_seat seat;
        char refusal[32] = "";
        must(crowd_join(house->crowd, house->event.code, &seat, refusal), "joining");
        memcpy(house->cookies[i], seat.cookie, sizeof seat.cookie);
        house->cookie_list[i] = house->cookies[i];
    }
}

static void make_ideas(struct house *house)
{
    static const char idea[] = ",\"title\":\"Idee\",\"text\":\"\",\"lang\":\"de\"";
    for (int i = 0; i < FLOOD_OPTIONS; i++) {
        must(
            desk_make(
                house->desk, "idea.submit", span_of_string(idea), "idea",
                &house->target.ideas[i]),
            "an idea");
    }
}

static void open_door(struct house *house, size_t seats_max)
{
    serve_start(&house->serve);
    must(crowd_new(house->serve.url, NULL, &house->crowd), "the crowd");
    must(desk_new(house->crowd, "bench", house->event.token, &house->desk), "the desk");
    house->cookies = calloc(seats_max, sizeof *house->cookies);
    house->cookie_list = calloc(seats_max, sizeof *house->cookie_list);
    house->target.url = house->serve.url;
    house->target.event = house->event.code;
    make_ideas(house);
}

static void build(struct house *house, const char *program)
{
    *house = (struct house){.target = {.poll = 0}};
    serve_init(&house->serve, program, NULL);
    serve_create_event(&house->serve, &house->event);
}

void house_open(struct house *house, const char *program, size_t seats_max)
{
    build(house, program);
    open_door(house, seats_max);
}

void house_open_secure(struct house *house, const char *program, size_t seats_max)
{
    build(house, program);
    serve_use_tls(&house->serve);
    open_door(house, seats_max);
}

void house_close(struct house *house)
{
    desk_free(house->desk);
    crowd_free(house->crowd);
    if (serve_stop(&house->serve, SIGTERM) != 0) {
        serve_show_log(&house->serve);
        die("the server did not end well");
    }
    serve_fini(&house->serve);
    free(house->cookies);
    free(house->cookie_list);
}

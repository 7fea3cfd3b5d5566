/* libuv's loop and clock, simulated: nothing happens by itself. loop.c defines the
 * functions of libuv that the hall and its screens use. */
#ifndef SIM_LOOP_H
#define SIM_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#define LOOP_HANDLES_MAX 12

struct loop_timer {
    uv_timer_t *handle;
    uv_timer_cb call;
    int64_t due_ms; /* 0: not running */
    int64_t repeat_ms;
};

struct loop_idle {
    uv_idle_t *handle;
    uv_idle_cb call;
};

struct loop {
    int64_t now_ms; /* monotonic */
    struct loop_timer timers[LOOP_HANDLES_MAX];
    size_t timer_count;
    uv_prepare_t *prepare;
    uv_prepare_cb prepare_call;
    struct loop_idle idles[LOOP_HANDLES_MAX];
    size_t idle_count; /* that do not rest */
    uv_async_t *async;
    uv_async_cb async_call;
    bool async_due;
};

/* `uv` is the loop as libuv's users see it. */
void loop_attach(struct loop *loop, uv_loop_t *uv);
/* All handles are gone; the clock goes on. */
void loop_clear(struct loop *loop);

/* The end of a turn: before the loop would wait. True: an idle handle ran. */
bool loop_turn(struct loop *loop);
/* Calls what uv_async_send asked for; false if nothing was. */
bool loop_wake(struct loop *loop);
/* Time passes; timers are called when they are due. */
void loop_pass(struct loop *loop, int64_t ms);

/* What the wall clock says: UTC is `offset_ms` before the loop's clock. */
void loop_set_wall(const struct loop *loop, int64_t offset_ms);

#endif

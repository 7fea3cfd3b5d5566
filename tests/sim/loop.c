#include "loop.h"

#include "disk.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const struct loop *wall_loop;
static int64_t wall_offset_ms;

void loop_attach(struct loop *loop, uv_loop_t *uv)
{
    uv->data = loop;
}

void loop_clear(struct loop *loop)
{
    *loop = (struct loop){.now_ms = loop->now_ms};
}

bool loop_turn(struct loop *loop)
{
    struct loop_idle idles[LOOP_HANDLES_MAX];
    size_t count = loop->idle_count;
    memcpy(idles, loop->idles, sizeof idles);
    for (size_t i = 0; i < count; i++) {
        idles[i].call(idles[i].handle);
    }
    if (loop->prepare != NULL) {
        loop->prepare_call(loop->prepare);
    }
    return count > 0;
}

bool loop_wake(struct loop *loop)
{
    bool due = loop->async_due;
    loop->async_due = false;
    if (due) {
        loop->async_call(loop->async);
    }
    return due;
}

static struct loop_timer *next_timer(struct loop *loop, int64_t until_ms)
{
    struct loop_timer *next = NULL;
    for (size_t i = 0; i < loop->timer_count; i++) {
        struct loop_timer *timer = &loop->timers[i];
        if (timer->due_ms != 0 && timer->due_ms <= until_ms &&
            (next == NULL || timer->due_ms < next->due_ms)) {
            next = timer;
        }
    }
    return next;
}

void loop_pass(struct loop *loop, int64_t ms)
{
    int64_t until_ms = loop->now_ms + ms;
    struct loop_timer *timer = next_timer(loop, until_ms);
    while (timer != NULL) {
        loop->now_ms = timer->due_ms;
        timer->due_ms = timer->repeat_ms != 0 ? timer->due_ms + timer->repeat_ms : 0;
        timer->call(timer->handle);
        timer = next_timer(loop, until_ms);
    }
    loop->now_ms = until_ms;
}

void loop_set_wall(const struct loop *loop, int64_t offset_ms)
{
    wall_loop = loop;
    wall_offset_ms = offset_ms;
}

/* ---- libuv ---- */

uint64_t uv_now(const uv_loop_t *uv)
{
    const struct loop *loop = uv->data;
    return (uint64_t)loop->now_ms;
}

int uv_gettimeofday(uv_timeval64_t *tv)
{
    int64_t now_ms = wall_loop->now_ms + wall_offset_ms;
    tv->tv_sec = now_ms / 1000;
    tv->tv_usec = (int32_t)(now_ms % 1000 * 1000);
    return 0;
}

int uv_timer_init(uv_loop_t *uv, uv_timer_t *handle)
{
    struct loop *loop = uv->data;
    assert(loop->timer_count < LOOP_HANDLES_MAX);
    handle->loop = uv;
    loop->timers[loop->timer_count++] = (struct loop_timer){.handle = handle};
    return 0;
}

static struct loop_timer *timer_of(uv_timer_t *handle)
{
    struct loop *loop = handle->loop->data;
    size_t i = 0;
    while (loop->timers[i].handle != handle) {
        i++;
        assert(i < loop->timer_count);
    }
    return &loop->timers[i];
}

int uv_timer_start(uv_timer_t *handle, uv_timer_cb cb, uint64_t timeout, uint64_t repeat)
{
    struct loop_timer *timer = timer_of(handle);
    timer->call = cb;
    timer->due_ms = (int64_t)(uv_now(handle->loop) + timeout);
    timer->repeat_ms = (int64_t)repeat;
    return 0;
}

int uv_timer_stop(uv_timer_t *handle)
{
    timer_of(handle)->due_ms = 0;
    return 0;
}

int uv_async_init(uv_loop_t *uv, uv_async_t *async, uv_async_cb async_cb)
{
    struct loop *loop = uv->data;
    async->loop = uv;
    loop->async = async;
    loop->async_call = async_cb;
    return 0;
}

int uv_async_send(uv_async_t *async)
{
    struct loop *loop = async->loop->data;
    loop->async_due = true;
    return 0;
}

int uv_prepare_init(uv_loop_t *uv, uv_prepare_t *prepare)
{
    prepare->loop = uv;
    return 0;
}

int uv_prepare_start(uv_prepare_t *prepare, uv_prepare_cb cb)
{
    struct loop *loop = prepare->loop->data;
    loop->prepare = prepare;
    loop->prepare_call = cb;
    return 0;
}

int uv_idle_init(uv_loop_t *uv, uv_idle_t *idle)
{
    idle->loop = uv;
    idle->type = UV_IDLE;
    return 0;
}

int uv_idle_stop(uv_idle_t *idle)
{
    struct loop *loop = idle->loop->data;
    size_t kept = 0;
    for (size_t i = 0; i < loop->idle_count; i++) {
        if (loop->idles[i].handle != idle) {
            loop->idles[kept++] = loop->idles[i];
        }
    }
    loop->idle_count = kept;
    return 0;
}

int uv_idle_start(uv_idle_t *idle, uv_idle_cb cb)
{
    struct loop *loop = idle->loop->data;
    uv_idle_stop(idle);
    assert(loop->idle_count < LOOP_HANDLES_MAX);
    loop->idles[loop->idle_count++] = (struct loop_idle){.handle = idle, .call = cb};
    return 0;
}

void uv_unref(uv_handle_t *handle)
{
    (void)handle;
}

/* A handle is told at once that it is closed: nobody here can see the difference. */
void uv_close(uv_handle_t *handle, uv_close_cb close_cb)
{
    struct loop *loop = handle->loop->data;
    if (handle == (uv_handle_t *)loop->prepare) {
        loop->prepare = NULL;
    }
    if (handle->type == UV_IDLE) {
        uv_idle_stop((uv_idle_t *)handle);
    }
    if (handle == (uv_handle_t *)loop->async) {
        loop->async = NULL;
        loop->async_due = false;
    }
    if (close_cb != NULL) {
        close_cb(handle);
    }
}

/* ---- a loop of its own, for what runs while no server does ---- */

static struct loop own;

int uv_loop_init(uv_loop_t *uv)
{
    own = (struct loop){.now_ms = wall_loop->now_ms};
    loop_attach(&own, uv);
    return 0;
}

int uv_loop_close(uv_loop_t *uv)
{
    uv->data = NULL;
    return 0;
}

/* A turn, with the store's and a moment's. Nothing is left to do at an end. */
int uv_run(uv_loop_t *uv, uv_run_mode mode)
{
    if (uv->data == &own && mode == UV_RUN_ONCE) { /* else the store is closed by now */
        loop_turn(&own);
        (void)disk_work();
        loop_wake(&own);
        loop_pass(&own, 2);
    }
    return 0;
}

/* The server's side of the control socket. */
#include "app/control.h"

#include "app/control_socket.h"
#include "app/office.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

struct visitor {             /* one command at the socket */
    struct control *control; /* NULL once it is closed */
    uv_pipe_t pipe;
    uv_write_t write;
    struct buf request;
    char *answer; /* owned while it is written */
    bool asked;   /* the office will answer; the visitor must live until then */
    bool answered;
    bool closed; /* libuv has let go of the pipe */
};

struct control {
    struct hall *hall;
    struct control_path path;
    uv_pipe_t listener;
    struct visitor *visitors[CONTROL_CLIENTS_MAX];
    uv_pipe_t turned_away; /* who comes while there is no memory */
    bool turning_away;     /* libuv has that pipe */
    bool over;             /* to be freed when it has not any more */
};

/* ---- a visitor's end ---- */

static void visitor_free(struct visitor *visitor)
{
    buf_fini(&visitor->request);
    free(visitor->answer);
    free(visitor);
}

static bool is_over(const struct visitor *visitor)
{
    return visitor->closed && (!visitor->asked || visitor->answered);
}

static void on_visitor_closed(uv_handle_t *handle)
{
    struct visitor *visitor = handle->data;
    visitor->closed = true;
    if (is_over(visitor)) {
        visitor_free(visitor);
    }
}

static void visitor_close(struct visitor *visitor)
{
    for (size_t i = 0; visitor->control != NULL && i < CONTROL_CLIENTS_MAX; i++) {
        if (visitor->control->visitors[i] == visitor) {
            visitor->control->visitors[i] = NULL;
        }
    }
    visitor->control = NULL;
    if (uv_is_closing((uv_handle_t *)&visitor->pipe) == 0) {
        uv_close((uv_handle_t *)&visitor->pipe, on_visitor_closed);
    }
}

/* ---- asking and answering ---- */

static void on_written(uv_write_t *write, int status)
{
    (void)status;
    visitor_close(write->data);
}

static void on_answer(void *ctx, struct span answer)
{
    struct visitor *visitor = ctx;
    visitor->answered = true;
    if (visitor->closed) {
        visitor_free(visitor);
        return;
    }
    visitor->answer = malloc(answer.bytes + 1);
    if (visitor->answer == NULL || visitor->control == NULL) {
        visitor_close(visitor);
        return;
    }
    memcpy(visitor->answer, answer.data, answer.bytes);
    visitor->answer[answer.bytes] = '\n';
    const uv_buf_t out = {.base = visitor->answer, .len = answer.bytes + 1};
    visitor->write.data = visitor;
    uv_stream_t *stream = (uv_stream_t *)&visitor->pipe;
    if (uv_write(&visitor->write, stream, &out, 1, on_written) != 0) {
        visitor_close(visitor);
    }
}

static void take_request(struct visitor *visitor)
{
    const struct buf *request = &visitor->request;
    const uint8_t *end =
        request->bytes > 0 ? memchr(request->data, '\n', request->bytes) : NULL;
    if (end != NULL && !visitor->asked) {
        visitor->asked = true;
        office_handle(
            visitor->control->hall, span_of(request->data, (size_t)(end - request->data)),
            on_answer, visitor);
    }
}

static void on_read(uv_stream_t *stream, ssize_t bytes, const uv_buf_t *piece)
{
    struct visitor *visitor = stream->data;
    if (bytes > 0) {
        buf_bytes(&visitor->request, piece->base, (size_t)bytes);
    }
    free(piece->base);
    if (bytes < 0 || buf_failed(&visitor->request)) {
        visitor_close(visitor);
    } else {
        take_request(visitor);
    }
}

static void on_space(uv_handle_t *handle, size_t bytes, uv_buf_t *ret_piece)
{
    (void)handle;
    (void)bytes;
    ret_piece->base = malloc(4096);
    ret_piece->len = ret_piece->base != NULL ? 4096 : 0;
}

/* ---- coming in ---- */

/* What glibc calls struct ucred, for _GNU_SOURCE only: unix(7). */
struct peer {
    pid_t pid;
    uid_t uid;
    gid_t gid;
};

static bool is_ours(const uv_pipe_t *pipe)
{
    uv_os_fd_t fd = -1;
    struct peer peer = {.uid = (uid_t)-1};
    socklen_t bytes = sizeof peer;
    return uv_fileno((const uv_handle_t *)pipe, &fd) == 0 &&
           getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &bytes) == 0 &&
           bytes == sizeof peer && (peer.uid == geteuid() || peer.uid == 0);
}

static struct visitor **free_place(struct control *control)
{
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
        if (control->visitors[i] == NULL) {
            return &control->visitors[i];
        }
    }
    return NULL;
}

static void on_turned_away(uv_handle_t *handle)
{
    struct control *control = handle->data;
    control->turning_away = false;
    if (control->over) {
        free(control);
    }
}

/* Pitfall: a connection that is not accepted keeps libuv from hearing of any other. */
static void turn_away(struct control *control)
{
    if (control->turning_away) {
        return;
    }
    (void)uv_pipe_init(control->listener.loop, &control->turned_away, 0);
    control->turned_away.data = control;
    control->turning_away = true;
    (void)uv_accept(
        (uv_stream_t *)&control->listener, (uv_stream_t *)&control->turned_away);
    uv_close((uv_handle_t *)&control->turned_away, on_turned_away);
}

static void on_visit(uv_stream_t *listener, int status)
{
    struct control *control = listener->data;
    if (status != 0) {
        return;
    }
    struct visitor *visitor = calloc(1, sizeof *visitor);
    if (visitor == NULL) {
        turn_away(control);
        return;
    }
    visitor->control = control;
    buf_init(&visitor->request, CONTROL_BYTES_MAX);
    (void)uv_pipe_init(listener->loop, &visitor->pipe, 0);
    visitor->pipe.data = visitor;
    struct visitor **place = free_place(control);
    uv_stream_t *stream = (uv_stream_t *)&visitor->pipe;
    if (uv_accept(listener, stream) != 0 || place == NULL || !is_ours(&visitor->pipe) ||
        uv_read_start(stream, on_space, on_read) != 0) {
        visitor_close(visitor);
        return;
    }
    *place = visitor;
}

/* ---- opening and closing ---- */

static void on_listener_closed(uv_handle_t *handle)
{
    struct control *control = handle->data;
    control->over = true;
    if (!control->turning_away) {
        free(control);
    }
}

enum err control_open(
    struct hall *hall, struct uv_loop_s *loop, const char *store_url,
    struct control **ret_control)
{
    int fd = -1;
    struct control *control = calloc(1, sizeof *control);
    if (control == NULL) {
        return ERR_NOMEM;
    }
    control->hall = hall;
    enum err err = control_path_init(store_url, &control->path);
    if (err != ERR_OK) {
        free(control);
        return err;
    }
    err = control_listen(&control->path, &fd);
    if (err != ERR_OK) {
        control_path_fini(&control->path);
        free(control);
        return err;
    }
    (void)uv_pipe_init(loop, &control->listener, 0);
    control->listener.data = control;
    if (uv_pipe_open(&control->listener, fd) != 0) {
        (void)close(fd);
        control_close(control);
        return ERR_IO;
    }
    uv_stream_t *stream = (uv_stream_t *)&control->listener;
    if (uv_listen(stream, CONTROL_CLIENTS_MAX, on_visit) != 0) {
        control_close(control);
        return ERR_IO;
    }
    *ret_control = control;
    return ERR_OK;
}

void control_close(struct control *control)
{
    if (control == NULL) {
        return;
    }
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
        if (control->visitors[i] != NULL) {
            visitor_close(control->visitors[i]);
        }
    }
    control_unlink(&control->path);
    control_path_fini(&control->path);
    uv_close((uv_handle_t *)&control->listener, on_listener_closed);
}

/* A command's side of the control socket: the server if there is one, else the store. */
#include "app/control.h"

#include "app/control_socket.h"
#include "app/office.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#define RETRY_MS 50

/* ---- over the socket ---- */

static bool send_all(int fd, struct span data)
{
    size_t sent = 0;
    while (sent < data.bytes) {
        ssize_t n = send(fd, data.data + sent, data.bytes - sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        sent += (size_t)n;
    }
    return true;
}

/* Reads up to the line's end. */
static bool receive_line(int fd, struct buf *out)
{
    while (!buf_failed(out) && (out->bytes == 0 || out->data[out->bytes - 1] != '\n')) {
        uint8_t piece[16384];
        ssize_t n = recv(fd, piece, sizeof piece, 0);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        buf_bytes(out, piece, (size_t)n);
    }
    return !buf_failed(out);
}

static enum err
ask_server(const struct control_path *path, struct span request, char **ret_answer)
{
    int fd = -1;
    enum err err = control_connect(path, &fd);
    if (err != ERR_OK) {
        return err;
    }
    struct buf answer;
    buf_init(&answer, ANSWER_BYTES_MAX + 1);
    bool answered = send_all(fd, request) && send_all(fd, span_of("\n", 1)) &&
                    receive_line(fd, &answer);
    (void)close(fd);
    if (!answered) {
        buf_fini(&answer);
        return ERR_IO;
    }
    answer.data[answer.bytes - 1] = '\0';
    *ret_answer = (char *)answer.data; /* the buffer's memory goes to the caller */
    return ERR_OK;
}

/* ---- without a server ---- */

struct errand {
    char *answer; /* owned */
    bool over;
    enum err err;
};

static void on_answer(void *ctx, struct span answer)
{
    struct errand *errand = ctx;
    errand->over = true;
    errand->answer = malloc(answer.bytes + 1);
    if (errand->answer == NULL) {
        errand->err = ERR_NOMEM;
        return;
    }
    memcpy(errand->answer, answer.data, answer.bytes);
    errand->answer[answer.bytes] = '\0';
}

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)what;
    struct errand *errand = ctx;
    errand->over = true;
    errand->err = err;
}

static enum err do_it(
    uv_loop_t *loop, const char *store_url, bool create, struct span request,
    char **ret_answer)
{
    struct errand errand = {.err = ERR_OK};
    struct hall *hall = NULL;
    const struct hall_options options = {
        .store = store_url,
        .create = create,
        .need = office_reads(request) ? HALL_LOOKS_WITHOUT : HALL_NEEDS_KEYS,
        .loop = loop,
        .failed = on_failed,
        .ctx = &errand,
    };
    enum err err = hall_open(&options, &hall);
    if (err != ERR_OK) {
        return err;
    }
    office_handle(hall, request, on_answer, &errand);
    while (!errand.over) {
        uv_run(loop, UV_RUN_ONCE);
    }
    hall_close(hall);
    if (errand.err != ERR_OK) {
        free(errand.answer);
        return errand.err;
    }
    *ret_answer = errand.answer;
    return ERR_OK;
}

static enum err
ask_store(const char *store_url, bool create, struct span request, char **ret_answer)
{
    uv_loop_t loop;
    if (uv_loop_init(&loop) != 0) {
        return ERR_NOMEM;
    }
    enum err err = do_it(&loop, store_url, create, request, ret_answer);
    uv_run(&loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&loop);
    return err;
}

/* A server that has just locked its store replays the log before it listens. */
enum err
control_ask(const char *store_url, bool create, struct span request, char **ret_answer)
{
    struct control_path path;
    enum err err = control_path_init(store_url, &path);
    if (err != ERR_OK) {
        return err;
    }
    for (int waited_ms = 0; waited_ms < CONTROL_START_MS; waited_ms += RETRY_MS) {
        err = ask_server(&path, request, ret_answer);
        if (err != ERR_NOT_FOUND) {
            break;
        }
        err = ask_store(store_url, create, request, ret_answer);
        if (err != ERR_LOCKED) {
            break;
        }
        uv_sleep(RETRY_MS);
    }
    control_path_fini(&path);
    return err;
}

#include "app/rehearsal_run.h"

#include "app/server.h"
#include "base/log.h"

#include <inttypes.h>
#include <signal.h>

#define SECONDS_MIN  2  /* to come in, for a few … */
#define SECONDS_MORE 16 /* … and for as many as there may be */
#define URL_BYTES    96
#define NUMBER_BYTES 24
#define HANDLES      3

void rehearsal_run_url(
    const char *listen, int port, bool tls, char *ret_url, size_t url_bytes)
{
    size_t bytes = (size_t)(strrchr(listen, ':') - listen);
    const char *host = listen;
    if (strncmp(listen, "0.0.0.0:", 8) == 0) {
        host = "127.0.0.1";
        bytes = strlen(host);
    } else if (strncmp(listen, "[::]:", 5) == 0) {
        host = "[::1]";
        bytes = strlen(host);
    }
    snprintf(
        ret_url, url_bytes, "%s://%.*s:%d", tls ? "https" : "http", (int)bytes, host,
        port);
}

/* ---- its end ---- */

static void on_handle_closed(uv_handle_t *handle)
{
    struct rehearsal_run *run = handle->data;
    if (--run->handles == 0 && run->over != NULL) {
        run->over(run->ctx, buf_span(&run->printed));
        buf_fini(&run->printed);
    }
}

static void close_handle(struct rehearsal_run *run, void *handle)
{
    ((uv_handle_t *)handle)->data = run;
    uv_close(handle, on_handle_closed);
}

static void close_all(struct rehearsal_run *run)
{
    if (!run->alive && !run->printing) {
        close_handle(run, &run->process);
        close_handle(run, &run->in);
        close_handle(run, &run->out);
    }
}

static void on_exit_of(uv_process_t *process, int64_t status, int signal)
{
    struct rehearsal_run *run = process->data;
    log_line(
        LOG_INFO, "rehearsal: its program ended (%" PRId64 ", signal %d)", status,
        signal);
    run->alive = false;
    close_all(run);
}

/* ---- what it prints ---- */

static void lend_piece(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buffer)
{
    (void)suggested;
    struct rehearsal_run *run = handle->data;
    *ret_buffer = uv_buf_init(run->piece, sizeof run->piece);
}

static void on_printed(uv_stream_t *stream, ssize_t bytes, const uv_buf_t *buffer)
{
    struct rehearsal_run *run = stream->data;
    if (bytes > 0) {
        buf_bytes(&run->printed, (const uint8_t *)buffer->base, (size_t)bytes);
    }
    if (bytes < 0 || buf_failed(&run->printed)) {
        (void)uv_read_stop(stream);
        run->printing = false;
        rehearsal_run_kill(run); /* who has closed its output has nothing more to say */
        close_all(run);
    }
}

/* ---- its start ---- */

static int spawn(struct rehearsal_run *run, char **arguments)
{
    uv_stdio_container_t stdio[] = {
        {.flags = UV_CREATE_PIPE | UV_READABLE_PIPE,
         .data.stream = (uv_stream_t *)&run->in},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
         .data.stream = (uv_stream_t *)&run->out},
        {.flags = UV_INHERIT_FD, .data.fd = 2},
    };
    const uv_process_options_t options = {
        .exit_cb = on_exit_of,
        .file = "/proc/self/exe", /* us, also if another version lies there by now */
        .args = arguments,
        .stdio_count = sizeof stdio / sizeof *stdio,
        .stdio = stdio,
    };
    return uv_spawn(&run->server->loop, &run->process, &options);
}

static int spawn_load(struct rehearsal_run *run, int64_t phones)
{
    char url[URL_BYTES];
    char count[NUMBER_BYTES];
    char seconds[NUMBER_BYTES];
    const struct serve_options *options = &run->server->options;
    rehearsal_run_url(
        options->listen, net_port(run->server->net), options->tls_cert != NULL, url,
        sizeof url);
    snprintf(count, sizeof count, "%" PRId64, phones);
    snprintf(
        seconds, sizeof seconds, "%" PRId64,
        SECONDS_MIN + phones * SECONDS_MORE / REHEARSAL_PHONES_MAX);
    const char *const arguments[] = {
        "stimmwerk", "load",     "hall", "--url",     url,     "--public", "--moderator",
        "-",         "--phones", count,  "--seconds", seconds, "--json",   NULL};
    char *
        argv[sizeof arguments / sizeof *arguments]; /* uv asks for what it leaves alone */
    memcpy(argv, arguments, sizeof argv);
    return spawn(run, argv);
}

static void on_written(uv_write_t *write, int status)
{
    (void)status; /* one that does not read its link ends by itself */
    struct rehearsal_run *run = write->data;
    trust_wipe(run->link, sizeof run->link);
}

void rehearsal_run_start(struct rehearsal_run *run, int64_t phones, const char *token)
{
    (void)uv_pipe_init(&run->server->loop, &run->in, 0);
    (void)uv_pipe_init(&run->server->loop, &run->out, 0);
    run->process.data = run->in.data = run->out.data = run->write.data = run;
    buf_init(&run->printed, REHEARSAL_BYTES_MAX);
    int failure = spawn_load(run, phones);
    run->handles = HANDLES;
    run->alive = failure == 0;
    run->printing = failure == 0;
    if (failure != 0) {
        log_line(LOG_ERROR, "rehearsal: it does not start: %s", uv_strerror(failure));
        close_all(run);
        return;
    }
    int bytes = snprintf(run->link, sizeof run->link, "%s\n", token);
    const uv_buf_t link = uv_buf_init(run->link, (unsigned)bytes);
    (void)uv_write(&run->write, (uv_stream_t *)&run->in, &link, 1, on_written);
    (void)uv_read_start((uv_stream_t *)&run->out, lend_piece, on_printed);
}

void rehearsal_run_init(
    struct rehearsal_run *run, struct server *server, rehearsal_run_over *over, void *ctx)
{
    *run = (struct rehearsal_run){.server = server, .over = over, .ctx = ctx};
}

/* Not by SIGTERM, which it looks for now and then only: it has nothing to tidy up. */
void rehearsal_run_kill(struct rehearsal_run *run)
{
    if (run->alive) {
        (void)uv_process_kill(&run->process, SIGKILL);
    }
}

bool rehearsal_run_is_over(const struct rehearsal_run *run)
{
    return run->handles == 0;
}

void rehearsal_run_close(struct rehearsal_run *run)
{
    run->over = NULL;
    if (run->alive || run->printing) {
        rehearsal_run_kill(run);
        run->alive = run->printing = false;
        close_all(run);
    }
}

void rehearsal_run_fini(struct rehearsal_run *run)
{
    buf_fini(&run->printed);
}

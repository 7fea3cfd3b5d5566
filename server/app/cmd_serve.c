/* `stimmwerk serve`: opens the hall, puts the network before it, runs until told to stop.
 */
#include "app/command.h"
#include "app/options.h"
#include "app/passphrase.h"
#include "app/server.h"
#include "app/store_path.h"
#include "app/story.h"

#include "base/log.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* ---- stopping ---- */

static void on_backed_up(void *ctx)
{
    struct server *server = ctx;
    uv_stop(&server->loop);
}

/* What the last backup has not seen goes into one more. */
static void on_cleared(void *ctx)
{
    struct server *server = ctx;
    if (server->backups != NULL) {
        backups_finish(server->backups, on_backed_up, server);
    } else {
        on_backed_up(server);
    }
}

/* Nobody is connected any more; a rehearsal's event still has to go. */
static void on_drained(void *ctx)
{
    struct server *server = ctx;
    server->drained = true;
    rehearsal_wait(server, on_cleared, server);
}

static void stop(struct server *server)
{
    if (server->drained && server->backups != NULL) {
        backups_finish(server->backups, on_backed_up, server); /* it is not waited for */
    }
    if (server->stopping) {
        return;
    }
    server->stopping = true;
    log_line(LOG_INFO, "stopping");
    rehearsal_stop(server, CAUSE_ASKED);
    net_drain(server->net, on_drained, server);
}

static void on_signal(uv_signal_t *signal, int number)
{
    struct server *server = signal->data;
    if (number == SIGHUP) {
        enum err err = server->options.tls_cert != NULL
                           ? net_reload_certificate(server->net)
                           : ERR_OK;
        log_line(err == ERR_OK ? LOG_INFO : LOG_ERROR, "certificate: %s", err_code(err));
        return;
    }
    stop(server);
}

/* Nothing was acknowledged that is not durable; nothing more can be. */
static void on_store_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    log_line(
        LOG_ERROR, "the store failed (%s: %s). Nothing unsaved was acknowledged. %s",
        err_code(err), what,
        err == ERR_NO_SPACE ? "Make room on the disk and start again."
                            : "Check the disk and start again.");
    _Exit(EXIT_STORE_FAILED);
}

/* ---- starting ---- */

static void say_why(const struct serve_options *options, enum err err)
{
    static const struct {
        enum err err;
        const char *advice;
    } advices[] = {
        {ERR_NOT_FOUND, "there is no such file; `stimmwerk event create` makes one"},
        {ERR_FOREIGN, "this file belongs to another program; it was left untouched"},
        {ERR_NEWER, "a later version wrote this file; it was left untouched"},
        {ERR_DAMAGED, "the file is damaged; it was left untouched: restore a backup"},
        {ERR_LOCKED, "another process has this store open"},
        {ERR_KEYS_MISSING,
         "keys are missing in the folder beside it (PATH.keys): put it back, or bring in "
         "a backup with `stimmwerk restore`"},
        {ERR_NO_SPACE, "less than 64 MB are free on its disk"},
    };

    const char *advice = "check the path, its folder and its permissions";
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        advice = advices[i].err == err ? advices[i].advice : advice;
    }
    log_line(LOG_ERROR, "%s: %s (%s)", options->store, advice, err_code(err));
}

static enum err start_signals(struct server *server)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (uv_signal_init(&server->loop, &server->signals[i]) != 0 ||
            uv_signal_start(&server->signals[i], on_signal, numbers[i]) != 0) {
            return ERR_IO;
        }
        server->signals[i].data = server;
    }
    uv_timer_init(&server->loop, &server->tick);
    uv_timer_init(&server->loop, &server->seal_timer);
    uv_timer_init(&server->loop, &server->clock_timer);
    uv_timer_init(&server->loop, &server->close_timer);
    server->tick.data = server;
    server->seal_timer.data = server;
    server->clock_timer.data = server;
    server->close_timer.data = server;
    return ERR_OK;
}

static enum err start_hall(struct server *server)
{
    const struct hall_options options = {
        .store = server->options.store,
        .create = server->options.create,
        .base_url = server->options.base_url,
        .loop = &server->loop,
        .failed = on_store_failed,
        .changed = live_changed,
        .ctx = server,
    };
    enum err err = hall_open(&options, &server->hall);
    if (err != ERR_OK) {
        say_why(&server->options, err);
        return err;
    }
    return control_open(
        server->hall, &server->loop, server->options.store, &server->control);
}

static enum err start_backups_under(struct server *server, const struct wrap_key *key)
{
    const struct backups_options backups = {
        .hall = server->hall,
        .loop = &server->loop,
        .store_url = server->options.store,
        .folder = server->options.backup,
        .every_ms = server->options.backup_every_s * 1000,
        .key = key,
    };
    return backups_start(&backups, &server->backups);
}

static void warn_of_one_disk(const struct serve_options *options)
{
    struct stat store;
    struct stat backup;
    if (stat(store_path(options->store), &store) == 0 &&
        stat(options->backup, &backup) == 0 && store.st_dev == backup.st_dev) {
        log_line(
            LOG_WARN, "%s lies on the disk of the store: both may be lost at once",
            options->backup);
    }
}

/* A backup that can't be written is no reason not to serve: it is said, and tried again.
 */
static enum err start_backups(struct server *server)
{
    const struct serve_options *options = &server->options;
    if (options->backup == NULL) {
        return ERR_OK;
    }
    struct passphrase passphrase;
    struct wrap_key key;
    if (passphrase_need(
            "stimmwerk serve", options->backup_passphrase_file, &passphrase) != 0) {
        return ERR_USAGE;
    }
    bool wrapped = passphrase.bytes > 0;
    struct span text = span_of(passphrase.text, passphrase.bytes);
    enum err err = wrapped ? wrap_key_new(text, WRAP_COST, &key) : ERR_OK;
    if (err == ERR_OK) {
        warn_of_one_disk(options);
        err = start_backups_under(server, wrapped ? &key : NULL);
    }
    trust_wipe(&key, sizeof key);
    passphrase_wipe(&passphrase);
    return err;
}

static enum err start_net(struct server *server)
{
    const struct net_options options = {
        .loop = &server->loop,
        .listen = server->options.listen,
        .tls_cert = server->options.tls_cert,
        .tls_key = server->options.tls_key,
        .web_dir = server->options.web,
        .session_cookie = "s",
        .handlers =
            {
                .http = http_answer,
                .admits = http_admits,
                .opened = visitor_opened,
                .message = dispatch_message,
                .closed = visitor_closed,
            },
        .ctx = server,
    };
    enum err err = net_open(&options, &server->net);
    if (err != ERR_OK) {
        return err;
    }
    server->gallery = gallery_new(server->hall, server->net);
    return server->gallery != NULL ? ERR_OK : ERR_NOMEM;
}

/* For people and for scripts: where we listen, once we do. */
static void announce(const struct server *server)
{
    const char *listen = server->options.listen;
    int host_bytes = (int)(strrchr(listen, ':') - listen);
    printf(
        "listening on %s://%.*s:%d\n",
        server->options.tls_cert != NULL ? "https" : "http", host_bytes, listen,
        net_port(server->net));
    fflush(stdout);
}

static enum err start(struct server *server)
{
    int64_t now_ms = (int64_t)uv_now(&server->loop);
    rate_init(&server->wrong_codes, WRONG_CODES_PER_S, WRONG_CODES_PER_S, now_ms);
    rate_init(&server->office_rate, OFFICE_PER_S, OFFICE_BURST, now_ms);
    enum err err = start_signals(server);
    if (err == ERR_OK) {
        err = start_hall(server);
    }
    if (err == ERR_OK) {
        server->started_ms = hall_now_ms(server->hall);
        backups_sweep(server->options.store, true);
        err = rehearsal_start(server);
    }
    if (err == ERR_OK) {
        err = start_net(server);
    }
    if (err == ERR_OK) {
        err = start_backups(server);
    }
    if (err == ERR_OK) {
        sealing_start(server);
        clocks_start(server);
        announce(server);
    }
    return err;
}

/* ---- the end ---- */

/* Only the server's own: net, hall and control close theirs. */
static void close_handles(struct server *server)
{
    for (size_t i = 0; i < sizeof server->signals / sizeof *server->signals; i++) {
        uv_close((uv_handle_t *)&server->signals[i], NULL);
    }
    uv_close((uv_handle_t *)&server->tick, NULL);
    uv_close((uv_handle_t *)&server->seal_timer, NULL);
    uv_close((uv_handle_t *)&server->clock_timer, NULL);
    uv_close((uv_handle_t *)&server->close_timer, NULL);
}

/* False: a backup hangs on a thread that nobody can stop. */
static bool finish(struct server *server)
{
    rehearsal_close(server->rehearsal);
    control_close(server->control);
    bool idle = backups_close(server->backups);
    hall_close(server->hall);
    gallery_free(server->gallery);
    staging_fini(&server->staging);
    if (server->net != NULL) {
        net_close(server->net);
    }
    live_fini(server);
    turnstiles_fini(server);
    buf_fini(&server->answer);
    close_handles(server);
    if (idle) {
        uv_run(&server->loop, UV_RUN_DEFAULT);
        uv_loop_close(&server->loop);
        rehearsal_free(server->rehearsal);
    }
    return idle;
}

static int serve(struct server *server)
{
    log_set_level((enum log_level)server->options.log_level);
    if (uv_loop_init(&server->loop) != 0) {
        log_line(LOG_ERROR, "the event loop does not start: out of memory or of files");
        return 1;
    }
    enum err err = start(server);
    if (err == ERR_OK) {
        uv_run(&server->loop, UV_RUN_DEFAULT);
    } else {
        log_line(LOG_ERROR, "the server does not start (%s)", err_code(err));
    }
    int code = err == ERR_OK ? 0 : 1;
    if (!finish(server)) {
        (void)fflush(NULL);
        _Exit(code);
    }
    return code;
}

int cmd_serve(int argc, char **argv)
{
    struct server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        log_line(LOG_ERROR, "out of memory");
        return 1;
    }
    int code = serve_options_parse(argc, argv, &server->options);
    if (code == OPTIONS_GO) {
        code = serve(server);
    }
    serve_options_fini(&server->options);
    free(server);
    return code;
}

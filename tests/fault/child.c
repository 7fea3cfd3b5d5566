#include "child.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_MS 30000

void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

/* In the child, before exec. */
static void apply_limits(const struct child_limits *limits)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (limits->stderr_path != NULL) {
        int fd = open(limits->stderr_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(fd, STDERR_FILENO);
        close(fd);
    }
    if (limits->file_bytes_max > 0) {
        rlim_t bytes = (rlim_t)limits->file_bytes_max;
        struct rlimit limit = {bytes, bytes};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
    }
}

void child_fork(
    struct child *child, int (*run)(void *ctx), void *ctx,
    const struct child_limits *limits)
{
    static const struct child_limits none;
    int pipes[2];
    if (pipe2(pipes, O_CLOEXEC) != 0) {
        die("pipe: %s", strerror(errno));
    }
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0) {
        die("fork: %s", strerror(errno));
    }
    if (pid == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        apply_limits(limits != NULL ? limits : &none);
        close(pipes[0]);
        close(pipes[1]);
        exit(run(ctx));
    }
    close(pipes[1]);
    *child = (struct child){.pid = pid, .out = pipes[0]};
}

static int run_program(void *ctx)
{
    char *const *argv = ctx;
    execv(argv[0], argv);
    _exit(127);
}

void child_start(
    struct child *child, const char *const *argv, const struct child_limits *limits)
{
    child_fork(child, run_program, (void *)(uintptr_t)argv, limits);
}

static int code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int finish(struct child *child, int status)
{
    close(child->out);
    *child = (struct child){.out = -1};
    return code_of(status);
}

int child_end(struct child *child, int signal)
{
    int status = 0;
    if (signal != 0) {
        kill(child->pid, signal);
    }
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
    return finish(child, status);
}

bool child_ended(struct child *child, int *ret_code)
{
    int status = 0;
    if (child->pid == 0 || waitpid(child->pid, &status, WNOHANG) != child->pid) {
        return false;
    }
    *ret_code = finish(child, status);
    return true;
}

int child_read(struct child *child, char *out, size_t out_bytes)
{
    size_t bytes = 0;
    ssize_t got = 1;
    while (got > 0) {
        char some[4096];
        got = read(child->out, some, sizeof some);
        size_t room = out_bytes - 1 - bytes;
        size_t taken = got > 0 ? ((size_t)got < room ? (size_t)got : room) : 0;
        memcpy(out + bytes, some, taken);
        bytes += taken;
    }
    out[bytes] = '\0';
    return child_end(child, 0);
}

int child_run(const char *const *argv, char *out, size_t out_bytes)
{
    struct child child;
    child_start(&child, argv, NULL);
    return child_read(&child, out, out_bytes);
}

void serve_init(struct serve *serve, const char *program, const char *folder)
{
    *serve = (struct serve){.program = program, .listen = "127.0.0.1:0"};
    if (folder != NULL) {
        snprintf(serve->folder, sizeof serve->folder, "%s", folder);
    } else {
        snprintf(serve->folder, sizeof serve->folder, "/tmp/stimmwerk-fault-XXXXXX");
        if (mkdtemp(serve->folder) == NULL) {
            die("mkdtemp: %s", strerror(errno));
        }
    }
    snprintf(serve->store, sizeof serve->store, "sqlite:%s/hall.db", serve->folder);
    snprintf(serve->log, sizeof serve->log, "%s/stderr", serve->folder);
}

bool child_listens(const struct child *child, char ret_url[64])
{
    static const char words[] = "listening on ";
    char text[1024] = "";
    size_t bytes = 0;
    char *at = NULL;
    while (at == NULL || strchr(at, '\n') == NULL) {
        struct pollfd ready = {.fd = child->out, .events = POLLIN};
        if (poll(&ready, 1, START_MS) != 1 || bytes + 1 >= sizeof text) {
            return false;
        }
        ssize_t got = read(child->out, text + bytes, sizeof text - 1 - bytes);
        if (got <= 0) {
            return false;
        }
        bytes += (size_t)got;
        text[bytes] = '\0';
        at = strstr(text, words);
    }
    at += strlen(words);
    snprintf(ret_url, 64, "%.*s", (int)strcspn(at, "\n"), at);
    return true;
}

struct start {
    struct serve *serve;
    const char *argv[CHILD_ARGS_MAX];
};

static int run_serve(void *ctx)
{
    struct start *start = ctx;
    struct serve *serve = start->serve;
    if (serve->arm != NULL) {
        serve->arm(serve->arm_ctx);
    }
    if (serve->run == NULL) {
        return run_program(start->argv);
    }
    int argc = 0;
    while (start->argv[argc] != NULL) {
        argc++;
    }
    return serve->run(argc, (char **)(uintptr_t)start->argv);
}

bool serve_try_start(struct serve *serve)
{
    struct start start = {
        .serve = serve,
        .argv = {
            serve->program, "serve", "--store", serve->store, "--listen", serve->listen}};
    size_t argc = 6;
    if (serve->create) {
        start.argv[argc++] = "--create";
    }
    for (size_t i = 0; i < sizeof serve->more / sizeof *serve->more; i++) {
        start.argv[argc++] = serve->more[i];
    }
    struct child_limits limits = {serve->log, serve->file_bytes_max};
    child_fork(&serve->child, run_serve, &start, &limits);
    if (!child_listens(&serve->child, serve->url)) {
        return false;
    }
    const char *port = strrchr(serve->url, ':');
    snprintf(serve->listen, sizeof serve->listen, "127.0.0.1%s", port);
    return true;
}

void serve_start(struct serve *serve)
{
    if (!serve_try_start(serve)) {
        serve_show_log(serve);
        die("the server does not listen (%d)", child_end(&serve->child, SIGKILL));
    }
}

int serve_stop(struct serve *serve, int signal)
{
    return serve->child.pid != 0 ? child_end(&serve->child, signal) : 0;
}

void serve_fini(struct serve *serve)
{
    char out[16];
    const char *argv[] = {"/bin/rm", "-rf", serve->folder, NULL};
    if (child_run(argv, out, sizeof out) != 0) {
        die("%s can't be removed", serve->folder);
    }
}

/* A text member of what a command printed as JSON. */
static void take_text(const char *json, const char *key, char *ret_text, size_t bytes)
{
    cJSON *object = cJSON_Parse(json);
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    if (text == NULL || strlen(text) >= bytes) {
        die("no \"%s\" in: %s", key, json);
    }
    snprintf(ret_text, bytes, "%s", text);
    cJSON_Delete(object);
}

void serve_create_event(const struct serve *serve, struct serve_event *ret_event)
{
    char out[2048];
    const char *argv[] = {serve->program, "event", "create", "--store", serve->store,
                          "--title",      "Probe", "--json", NULL};
    if (child_run(argv, out, sizeof out) != 0) {
        die("event create failed");
    }
    take_text(out, "event", ret_event->code, sizeof ret_event->code);
    take_text(out, "token", ret_event->token, sizeof ret_event->token);
}

void serve_link(const struct serve *serve, const char *code, char ret_token[64])
{
    char out[2048];
    const char *argv[] = {serve->program, "event", "link",   "--store", serve->store,
                          "--event",      code,    "--json", NULL};
    if (child_run(argv, out, sizeof out) != 0) {
        die("event link failed");
    }
    take_text(out, "token", ret_token, 64);
}

void serve_show_log(const struct serve *serve)
{
    char line[1024];
    FILE *file = fopen(serve->log, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        fprintf(stderr, "server: %s", line);
    }
    if (file != NULL) {
        fclose(file);
    }
}

#include "hall_server.h"

#include <stdint.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_MS 20000
#define ARGS_MAX 32

static pid_t spawn(const char *const *args, int *ret_out)
{
    int pipes[2];
    const char *argv[ARGS_MAX + 2] = {STIMMWERK_BIN};
    for (size_t i = 0; args[i] != NULL; i++) {
        cr_assert_lt(i, ARGS_MAX);
        argv[i + 1] = args[i];
    }
    cr_assert_eq(pipe(pipes), 0);
    pid_t pid = fork();
    cr_assert_geq(pid, 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* no server outlives a failed test */
        dup2(pipes[1], STDOUT_FILENO);
        close(pipes[0]);
        close(pipes[1]);
        execv(STIMMWERK_BIN, (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(pipes[1]);
    *ret_out = pipes[0];
    return pid;
}

static int wait_code(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void server_init(struct hall_server *server)
{
    *server = (struct hall_server){0};
    snprintf(server->folder, sizeof server->folder, "/tmp/stimmwerk-talk-XXXXXX");
    cr_assert_not_null(mkdtemp(server->folder));
    snprintf(server->store, sizeof server->store, "sqlite:%s/hall.db", server->folder);
}

/* Reads until the line "listening on URL" is whole. */
static void read_url(struct hall_server *server)
{
    char text[1024] = "";
    size_t bytes = 0;
    struct pollfd ready = {.fd = server->out, .events = POLLIN};
    while (strstr(text, "listening on ") == NULL || strchr(text, '\n') == NULL) {
        cr_assert_eq(poll(&ready, 1, START_MS), 1, "the server does not listen");
        ssize_t n = read(server->out, text + bytes, sizeof text - 1 - bytes);
        cr_assert_gt(n, 0, "the server ended: %s", text);
        bytes += (size_t)n;
        text[bytes] = '\0';
    }
    const char *url = strstr(text, "listening on ") + strlen("listening on ");
    snprintf(server->url, sizeof server->url, "%.*s", (int)strcspn(url, "\n"), url);
}

void server_start(struct hall_server *server, const char *const *extra)
{
    const char *args[ARGS_MAX + 1] = {"serve",    "--store",  server->store,
                                      "--create", "--listen", "127.0.0.1:0"};
    size_t count = 6;
    for (size_t i = 0; extra != NULL && extra[i] != NULL; i++) {
        args[count++] = extra[i];
    }
    server->pid = spawn(args, &server->out);
    read_url(server);
}

int server_stop(struct hall_server *server, int signal)
{
    kill(server->pid, signal);
    int code = wait_code(server->pid);
    close(server->out);
    server->pid = 0;
    return code;
}

void server_fini(struct hall_server *server)
{
    char command[128];
    int code = server->pid != 0 ? server_stop(server, SIGTERM) : 0;
    snprintf(command, sizeof command, "rm -rf '%s'", server->folder);
    cr_assert_eq(system(command), 0);
    cr_assert_eq(code, 0, "the server ended with %d", code);
}

int server_run(
    const struct hall_server *server, const char *const *args, bool store, char *out,
    size_t out_bytes)
{
    const char *all[ARGS_MAX + 1] = {0};
    size_t count = 0;
    int pipe_out = -1;
    while (args[count] != NULL) {
        all[count] = args[count];
        count++;
    }
    if (store) {
        all[count++] = "--store";
        all[count++] = server->store;
    }
    pid_t pid = spawn(all, &pipe_out);
    size_t bytes = 0;
    for (ssize_t n = 1; n > 0;) {
        char chunk[4096];
        n = read(pipe_out, chunk, sizeof chunk);
        for (ssize_t i = 0; i < n && bytes + 1 < out_bytes; i++) {
            out[bytes++] = chunk[i];
        }
    }
    out[bytes] = '\0';
    close(pipe_out);
    return wait_code(pid);
}

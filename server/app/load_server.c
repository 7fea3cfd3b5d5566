#include "app/load_server.h"

#include "app/err_text.h"

#include <fcntl.h>
#include <fts.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WHO      "stimmwerk load"
#define START_MS 30000
#define ARGS_MAX 24

static enum err complain(const char *what)
{
    fprintf(stderr, WHO ": %s: %s\n", what, errno_text());
    return ERR_IO;
}

enum err load_server_prepare(
    const struct load_server_options *options, struct load_server *ret_server)
{
    const char *temporary = getenv("TMPDIR");
    const char *where = options->folder != NULL ? options->folder
                        : temporary != NULL     ? temporary
                                                : "/tmp";
    struct load_server server = {0};
    int bytes =
        snprintf(server.folder, sizeof server.folder, "%s/stimmwerk-load-XXXXXX", where);
    if (bytes >= (int)sizeof server.folder || mkdtemp(server.folder) == NULL) {
        return complain(where);
    }
    snprintf(server.store, sizeof server.store, "sqlite:%s/hall.db", server.folder);
    *ret_server = server;
    return ERR_OK;
}

/* In the child: becomes the server. It dies with us. */
static void
become(const struct load_server_options *options, struct load_server *server, int out)
{
    const char *args[ARGS_MAX] = {"stimmwerk",   "serve",    "--store",
                                  server->store, "--listen", "127.0.0.1:0",
                                  "--log-level", "warn"};
    size_t count = 8;
    if (options->web != NULL) {
        args[count++] = "--web";
        args[count++] = options->web;
    }
    if (options->tls_cert != NULL) {
        args[count++] = "--tls-cert";
        args[count++] = options->tls_cert;
        args[count++] = "--tls-key";
        args[count++] = options->tls_key;
    }
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL); /* ours may be blocked */
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setpgid(0, 0); /* Ctrl-C is for us: we stop it */
    (void)dup2(out, STDOUT_FILENO);
    char *argv[ARGS_MAX]; /* execv asks for what it leaves alone */
    memcpy(argv, args, sizeof argv);
    (void)execv("/proc/self/exe", argv);
    _exit(127);
}

/* Reads "listening on URL". */
static bool read_url(int fd, char *ret_url, size_t url_bytes)
{
    static const char WORDS[] = "listening on ";
    char text[512] = "";
    size_t bytes = 0;
    while (strchr(text, '\n') == NULL) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, START_MS) != 1 || bytes + 1 >= sizeof text) {
            return false;
        }
        ssize_t got = read(fd, text + bytes, sizeof text - 1 - bytes);
        if (got <= 0) {
            return false;
        }
        bytes += (size_t)got;
        text[bytes] = '\0';
    }
    const char *at = strstr(text, WORDS);
    at = at != NULL ? at + strlen(WORDS) : text;
    snprintf(ret_url, url_bytes, "%.*s", (int)strcspn(at, "\n"), at);
    return true;
}

enum err
load_server_start(const struct load_server_options *options, struct load_server *server)
{
    int pipes[2];
    if (pipe(pipes) != 0) {
        return complain("pipe");
    }
    (void)fcntl(pipes[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(pipes[1], F_SETFD, FD_CLOEXEC);
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        become(options, server, pipes[1]);
    }
    (void)close(pipes[1]);
    server->pid = pid > 0 ? pid : 0;
    bool listens = pid > 0 && read_url(pipes[0], server->url, sizeof server->url);
    (void)close(pipes[0]);
    return listens ? ERR_OK : complain("the server does not start");
}

static void remove_folder(char *folder)
{
    char *const paths[] = {folder, NULL};
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    const FTSENT *entry = NULL;
    while (walk != NULL && (entry = fts_read(walk)) != NULL) {
        if (entry->fts_info != FTS_D) { /* folders when they are left */
            (void)remove(entry->fts_accpath);
        }
    }
    if (walk != NULL) {
        (void)fts_close(walk);
    }
}

bool load_server_stop(struct load_server *server)
{
    int status = 0;
    bool well = true;
    if (server->pid > 0) {
        (void)kill(server->pid, SIGTERM);
        well = waitpid(server->pid, &status, 0) == server->pid && WIFEXITED(status) &&
               WEXITSTATUS(status) == 0;
        if (!well) {
            fprintf(stderr, WHO ": the server did not end well (status %d)\n", status);
        }
    }
    server->pid = 0;
    return well;
}

bool load_server_end(struct load_server *server)
{
    bool well = load_server_stop(server);
    if (server->folder[0] != '\0') {
        remove_folder(server->folder);
    }
    *server = (struct load_server){0};
    return well;
}

/* Other programs, above all the real server: started, waited for, ended. These tests are
 * plain programs: what can't be is said on stderr and ends them with exit code 1. */
#ifndef FAULT_CHILD_H
#define FAULT_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define CHILD_ARGS_MAX 32

/* Says what went wrong and exits with 1. */
void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

struct child {
    pid_t pid; /* 0: not running */
    int out;   /* its stdout; −1: closed */
};

struct child_limits {
    const char *stderr_path; /* appended to; NULL: ours */
    int64_t file_bytes_max;  /* RLIMIT_FSIZE, SIGXFSZ ignored; 0: none */
};

/* argv ends with NULL. The child dies with us. */
void child_start(
    struct child *child, const char *const *argv, const struct child_limits *limits);
/* The same with a function of this program for a program: what it returns is the exit
 * code. Hand on nothing that is open. */
void child_fork(
    struct child *child, int (*run)(void *ctx), void *ctx,
    const struct child_limits *limits);
/* Sends a signal (0: none) and waits: its exit code, or −signal. */
int child_end(struct child *child, int signal);
/* Has it ended by itself? Then *ret_code is as child_end's. */
bool child_ended(struct child *child, int *ret_code);
/* Reads its stdout into `out`, NUL-terminated, cut at the size, and waits for its end. */
int child_read(struct child *child, char *out, size_t out_bytes);
/* Reads "listening on URL" from its stdout; false if it ended before, or takes too long.
 */
bool child_listens(const struct child *child, char ret_url[64]);
/* Runs it to its end; the same. */
int child_run(const char *const *argv, char *out, size_t out_bytes);

/* ---- a server on a store in a folder of its own ---- */

struct serve {
    const char *program;
    char folder[128];
    char store[160]; /* "sqlite:FOLDER/hall.db" */
    char log[160];   /* the server's stderr */
    char cert[160];  /* after serve_use_tls */
    char key[160];
    char url[64];
    char listen[32]; /* the port stays over restarts */
    struct child child;
    int64_t file_bytes_max;
    const char *more[8];      /* options of serve, up to a NULL */
    bool create;              /* the store, if there is none */
    int (*run)(int, char **); /* the program as a function, in place of `program` */
    void (*arm)(void *ctx);   /* called in its process first; may be NULL */
    void *arm_ctx;
};

/* `folder` NULL: a new one under /tmp. */
void serve_init(struct serve *serve, const char *program, const char *folder);
/* Before it starts, and before other options: with a certificate of its own, in its
 * folder. Not while `serve` moves. */
void serve_use_tls(struct serve *serve);
/* Starts and waits until it listens. */
void serve_start(struct serve *serve);
/* The same; false if it ended, or will not listen: child_end then tells. */
bool serve_try_start(struct serve *serve);
int serve_stop(struct serve *serve, int signal);
/* Removes the folder; the server must not run. */
void serve_fini(struct serve *serve);

struct serve_event {
    char code[16];
    char token[64]; /* of a moderator link */
};

void serve_create_event(const struct serve *serve, struct serve_event *ret_event);
/* A new moderator link. */
void serve_link(const struct serve *serve, const char *code, char ret_token[64]);
/* Prints the server's stderr to ours. */
void serve_show_log(const struct serve *serve);

#endif

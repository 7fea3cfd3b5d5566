/* One frame to many phones: server/net's broadcast against a loop that sends the same
 * bytes and does nothing else, interleaved in one run. CPU of the server and the time
 * until the last phone has it.
 *
 *     bench_fanout [PHONES]
 *     bench_fanout serve net|raw    (itself, as the other end) */
#include "child.h"
#include "flood.h"
#include "measure.h"
#include "net/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#define CHANNEL 7
#define ROUNDS  5
#define SIZES   2

static const size_t sizes[SIZES] = {200, 8192};

/* ---- the other end: each signal is a frame of another size to all ---- */

static struct net *net;
static uv_loop_t loop;
static bool raw;
static int raw_fds[65536];
static size_t raw_count;
static char text[8192];

static void send_raw(size_t bytes)
{
    static uint8_t frame[8192 + 4] = {0x81, 126};
    frame[2] = (uint8_t)(bytes >> 8);
    frame[3] = (uint8_t)bytes;
    memset(frame + 4, 'x', bytes);
    for (size_t i = 0; i < raw_count; i++) {
        if (send(raw_fds[i], frame, 4 + bytes, MSG_NOSIGNAL) < 0) {
            die("a frame did not fit");
        }
    }
}

static void on_signal(uv_signal_t *signal, int number)
{
    (void)signal;
    size_t bytes = sizes[number == SIGUSR1 ? 0 : 1];
    if (raw) {
        send_raw(bytes);
        return;
    }
    struct net_frame *frame = net_frame_new(span_of(text, bytes));
    net_broadcast(net, CHANNEL, frame);
    net_frame_unref(frame);
}

static enum net_answer
on_http(void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    (void)ctx;
    (void)request;
    (void)ret_response;
    return NET_UNKNOWN;
}

/* The raw loop writes to the same sockets: libwebsockets has nothing to say meanwhile. */
static void on_opened(void *ctx, struct net_conn conn, const struct net_peer *peer)
{
    (void)ctx;
    (void)peer;
    net_greeted(net, conn);
    net_listen_channel(net, conn, CHANNEL);
}

static void on_message(void *ctx, struct net_conn conn, struct span message)
{
    (void)ctx;
    (void)conn;
    (void)message;
}

static void on_closed(void *ctx, struct net_conn conn)
{
    (void)ctx;
    (void)conn;
}

/* Every connected socket of this process but the listener. */
static void find_sockets(uv_signal_t *signal, int number)
{
    (void)signal;
    (void)number;
    raw_count = 0;
    for (int fd = 3; fd < 65536; fd++) {
        struct sockaddr_in peer;
        socklen_t bytes = sizeof peer;
        if (getpeername(fd, (struct sockaddr *)&peer, &bytes) == 0 &&
            peer.sin_family == AF_INET) {
            raw_fds[raw_count++] = fd;
        }
    }
    puts("ready");
    fflush(stdout);
}

static int serve(const char *how)
{
    static uv_signal_t signals[3];
    static const int numbers[3] = {SIGUSR1, SIGUSR2, SIGHUP};
    raw = strcmp(how, "raw") == 0;
    memset(text, 'x', sizeof text);
    uv_loop_init(&loop);
    const struct net_options options = {
        .loop = &loop,
        .listen = "127.0.0.1:0",
        .session_cookie = "s",
        .handlers =
            {
                .http = on_http,
                .opened = on_opened,
                .message = on_message,
                .closed = on_closed,
            },
        .waits = {.dead_ms = 3600000, .hello_ms = 3600000},
    };
    if (net_open(&options, &net) != ERR_OK) {
        die("net_open failed");
    }
    for (int i = 0; i < 3; i++) {
        uv_signal_init(&loop, &signals[i]);
        uv_signal_start(
            &signals[i], numbers[i] == SIGHUP ? find_sockets : on_signal, numbers[i]);
    }
    printf("listening on http://127.0.0.1:%d\n", net_port(net));
    fflush(stdout);
    return uv_run(&loop, UV_RUN_DEFAULT);
}

/* ---- the phones ---- */

struct end {
    struct child child;
    struct flood *flood;
    double us[SIZES][ROUNDS];
    double cpu[SIZES][ROUNDS];
    double us_median[SIZES];
    double cpu_median[SIZES];
};

static void start(struct end *end, const char *program, const char *how, size_t phones)
{
    static char urls[2][64];
    char *url = urls[strcmp(how, "raw") == 0];
    const char *argv[] = {program, "serve", how, NULL};
    child_start(&end->child, argv, NULL);
    ssize_t got = read(end->child.out, url, sizeof urls[0] - 1);
    char *at = got > 0 ? strstr(url, "http") : NULL;
    if (at == NULL) {
        die("%s does not listen", how);
    }
    at[strcspn(at, "\n")] = '\0';
    const struct flood_target target = {.url = at, .poll = 1, .ideas = {1, 2, 3}};
    end->flood = flood_open(&target, NULL, phones);
    char ready[16];
    kill(end->child.pid, SIGHUP);
    if (read(end->child.out, ready, sizeof ready) <= 0) {
        die("%s does not find its sockets", how);
    }
}

static void push(struct end *end, int size, int round, size_t phones)
{
    double before_us = cpu_us(end->child.pid);
    int64_t start_us = now_us();
    kill(end->child.pid, size == 0 ? SIGUSR1 : SIGUSR2);
    flood_hear(end->flood, phones);
    end->us[size][round] = (double)(now_us() - start_us);
    end->cpu[size][round] = cpu_us(end->child.pid) - before_us;
}

static void tell(const char *name, struct end *end, size_t phones)
{
    for (int i = 0; i < SIZES; i++) {
        end->us_median[i] = median(end->us[i], ROUNDS);
        end->cpu_median[i] = median(end->cpu[i], ROUNDS);
        printf(
            "%-10s %5zu bytes: last of %zu after %6.1f ms, %5.2f µs CPU each\n", name,
            sizes[i], phones, end->us_median[i] / 1e3,
            end->cpu_median[i] / (double)phones);
    }
}

int main(int argc, char **argv)
{
    static struct end ours;
    static struct end loop_alone;
    struct rlimit limit = {0};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (argc == 3 && strcmp(argv[1], "serve") == 0) {
        return serve(argv[2]);
    }
    size_t phones = argc > 1 ? strtoul(argv[1], NULL, 10) : 8000;
    printf("machine %.0f %% idle before\n", idle_percent(1000));
    start(&ours, argv[0], "net", phones);
    start(&loop_alone, argv[0], "raw", phones);
    for (int round = 0; round < ROUNDS; round++) {
        for (int size = 0; size < SIZES; size++) {
            push(&ours, size, round, phones);
            push(&loop_alone, size, round, phones);
        }
    }
    tell("server/net", &ours, phones);
    tell("send loop", &loop_alone, phones);
    tell_goal(
        "CPU, 8 KB: server/net / send loop",
        ours.cpu_median[1] / loop_alone.cpu_median[1], 1.25);
    tell_goal(
        "time to the last, 8 KB: the same", ours.us_median[1] / loop_alone.us_median[1],
        1.25);
    tell_goal("CPU: 8 KB / 200 bytes", ours.cpu_median[1] / ours.cpu_median[0], 1.3);
    child_end(&ours.child, SIGKILL);
    child_end(&loop_alone.child, SIGKILL);
    return 0;
}

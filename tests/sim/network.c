#include "network.h"

#include "check.h"
#include "net/frame.h"
#include "world.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

void network_init(struct net *net, struct world *world, size_t phones)
{
    *net = (struct net){
        .world = world,
        .lines = calloc(phones * LINES_PER_PHONE, sizeof *net->lines),
        .line_count = phones * LINES_PER_PHONE,
        .errands = calloc(phones, sizeof *net->errands),
        .errand_count = phones,
    };
    assert(net->lines != NULL && net->errands != NULL);
}

/* ---- lines ---- */

static void forget_out(struct line *line)
{
    for (size_t i = 0; i < line->out_count; i++) {
        net_frame_unref(line->out[i]);
    }
    for (size_t i = 0; i < NET_LATEST_SLOTS; i++) {
        net_frame_unref(line->latest[i]);
        line->latest[i] = NULL;
    }
    line->out_count = 0;
    line->out_bytes = 0;
    line->out_large = 0;
}

static void forget_in(struct line *line, size_t keep)
{
    while (line->in_count > keep) {
        buf_fini(&line->in[--line->in_count]);
    }
}

static void free_line(struct line *line)
{
    forget_out(line);
    forget_in(line, 0);
    *line = (struct line){.state = LINE_FREE};
}

static void free_errand(struct errand *errand)
{
    buf_fini(&errand->body);
    *errand = (struct errand){.state = ERRAND_NONE};
}

void network_drop_all(struct net *net)
{
    for (size_t i = 0; i < net->line_count; i++) {
        free_line(&net->lines[i]);
    }
    for (size_t i = 0; i < net->errand_count; i++) {
        free_errand(&net->errands[i]);
    }
}

void network_fini(struct net *net)
{
    network_drop_all(net);
    free(net->lines);
    free(net->errands);
}

static struct line *line_of(struct net *net, struct net_conn name)
{
    struct line *line = name.slot < net->line_count ? &net->lines[name.slot] : NULL;
    bool known = line != NULL && !net->deaf && line->name.generation == name.generation &&
                 line->state != LINE_FREE && line->state != LINE_OPENING && !line->cut;
    return known ? line : NULL;
}

/* ---- the phone's side ---- */

struct line *network_dial(struct net *net, size_t phone, const struct net_peer *peer)
{
    for (size_t i = 0; i < LINES_PER_PHONE; i++) {
        size_t slot = phone * LINES_PER_PHONE + i;
        struct line *line = &net->lines[slot];
        if (line->state == LINE_FREE) {
            *line = (struct line){
                .state = LINE_OPENING,
                .name = {.slot = (uint32_t)slot, .generation = ++net->generation},
                .peer = *peer,
            };
            return line;
        }
    }
    return NULL;
}

bool network_say(struct line *line, struct span text)
{
    if (line->in_count == LINE_QUEUE_MAX) {
        return false;
    }
    struct buf *message = &line->in[line->in_count++];
    buf_init(message, FRAME_BYTES_MAX);
    buf_bytes(message, text.data, text.bytes);
    return true;
}

void network_hang_up(struct line *line, size_t arrive)
{
    forget_out(line);
    forget_in(line, arrive);
    if (line->state == LINE_OPENING) {
        free_line(line);
    } else {
        line->state = LINE_GONE;
    }
}

static struct net_frame *take_latest(struct line *line)
{
    for (size_t i = 0; i < NET_LATEST_SLOTS; i++) {
        struct net_frame *frame = line->latest[i];
        if (frame != NULL) {
            line->latest[i] = NULL;
            return frame;
        }
    }
    return NULL;
}

static bool is_large(const struct net_frame *frame)
{
    return frame_cost(frame) > OUTBOX_BYTES_MAX;
}

struct net_frame *network_hear(struct line *line)
{
    if (line->out_count == 0) {
        return take_latest(line);
    }
    struct net_frame *frame = line->out[0];
    line->out_count--;
    memmove(line->out, line->out + 1, line->out_count * sizeof *line->out);
    line->out_large -= is_large(frame) ? 1 : 0;
    line->out_bytes -= is_large(frame) ? 0 : frame_cost(frame);
    return frame;
}

bool network_post(
    struct net *net, size_t phone, const char *path, struct span body,
    const struct net_peer *peer)
{
    struct errand *errand = &net->errands[phone];
    if (errand->state != ERRAND_NONE) {
        return false;
    }
    *errand = (struct errand){
        .state = ERRAND_ASKED,
        .name = {.slot = (uint32_t)phone, .generation = ++net->generation},
        .method = NET_POST,
        .peer = *peer,
    };
    snprintf(errand->path, sizeof errand->path, "%s", path);
    buf_init(&errand->body, POST_BYTES_MAX);
    buf_bytes(&errand->body, body.data, body.bytes);
    return true;
}

bool network_get(
    struct net *net, size_t phone, const char *path, const struct net_peer *peer)
{
    bool asked = network_post(net, phone, path, span_of(NULL, 0), peer);
    if (asked) {
        net->errands[phone].method = NET_GET;
    }
    return asked;
}

void network_lose_errand(struct net *net, size_t phone)
{
    free_errand(&net->errands[phone]);
}

/* ---- the server's side ---- */

static void deliver_message(struct net *net, struct line *line)
{
    struct buf message = line->in[0];
    line->in_count--;
    memmove(line->in, line->in + 1, line->in_count * sizeof *line->in);
    trace_line(
        &net->world->trace, "line %u: \"%.*s\"", line->name.slot, (int)message.bytes,
        (const char *)message.data);
    check_arrival(net->world, line->name, buf_span(&message));
    net->handlers.message(net->ctx, line->name, buf_span(&message));
    buf_fini(&message);
}

static void deliver_end(struct net *net, struct line *line)
{
    trace_line(&net->world->trace, "line %u is gone", line->name.slot);
    struct net_conn name = line->name;
    free_line(line);
    net->handlers.closed(net->ctx, name);
}

bool network_deliver(struct net *net, struct line *line)
{
    bool kicked = line->kick_code != 0 && line->out_count == 0;
    switch (line->state) {
    case LINE_FREE:
        return false;
    case LINE_OPENING:
        line->state = LINE_UP;
        trace_line(&net->world->trace, "line %u is up", line->name.slot);
        net->handlers.opened(net->ctx, line->name, &line->peer);
        return true;
    case LINE_UP:
    case LINE_GONE:
        break;
    }
    if (line->cut || kicked || (line->state == LINE_GONE && line->in_count == 0)) {
        deliver_end(net, line);
        return true;
    }
    if (line->in_count == 0) {
        return false;
    }
    deliver_message(net, line);
    return true;
}

static void answer(struct net *net, const struct net_response *response, uint32_t slot)
{
    struct errand *errand = &net->errands[slot];
    struct span body =
        response->frame != NULL ? net_frame_text(response->frame) : response->body;
    errand->state = ERRAND_ANSWERED;
    errand->status = response->status;
    check_member(body, "{\"err\":\"", errand->err, sizeof errand->err);
    if (response->set_session != NULL) {
        strncpy(errand->cookie, response->set_session, sizeof errand->cookie - 1);
    }
    trace_line(
        &net->world->trace, "phone %u: http %d %.*s", slot, response->status,
        (int)(body.bytes < 160 ? body.bytes : 160), (const char *)body.data);
    check_promise(net->world, body);
    if (errand->method == NET_GET && errand->status == 200) {
        check_read(net->world, errand->path, body);
    }
}

bool network_deliver_errand(struct net *net, struct errand *errand)
{
    if (errand->state != ERRAND_ASKED) {
        return false;
    }
    struct net_response response = {.status = 404};
    const struct net_request request = {
        .id = errand->name,
        .method = errand->method,
        .path = errand->path,
        .query = "",
        .body = buf_span(&errand->body),
        .peer = errand->peer,
        .host = "sim",
    };
    uint32_t slot = errand->name.slot;
    errand->state = ERRAND_WAITING;
    trace_line(&net->world->trace, "phone %u asks %s", slot, errand->path);
    if (net->handlers.http(net->ctx, &request, &response) != NET_LATER) {
        answer(net, &response, slot);
    }
    return true;
}

/* ---- net.h ---- */

enum err net_open(const struct net_options *options, struct net **ret_net)
{
    (void)options;
    (void)ret_net;
    return ERR_INTERNAL; /* the world is there before the server */
}

int net_port(const struct net *net)
{
    (void)net;
    return 0;
}

void net_respond(struct net *net, struct net_conn id, const struct net_response *response)
{
    const struct errand *errand = &net->errands[id.slot];
    if (!net->deaf && errand->name.generation == id.generation &&
        errand->state == ERRAND_WAITING) {
        answer(net, response, id.slot);
    }
}

enum err net_reload_certificate(struct net *net)
{
    (void)net;
    return ERR_OK;
}

void net_drain(struct net *net, void (*drained)(void *ctx), void *ctx)
{
    (void)net;
    drained(ctx);
}

void net_close(struct net *net)
{
    (void)net;
}

static void push(struct net *net, struct line *line, struct net_frame *frame)
{
    bool large = is_large(frame);
    bool full = line->out_count == OUTBOX_FRAMES_MAX ||
                (large ? line->out_large == OUTBOX_LARGE_MAX
                       : line->out_count > 0 &&
                             line->out_bytes + frame_cost(frame) > OUTBOX_BYTES_MAX);
    if (full) {
        line->cut = true;
        net->world->stats.full++;
        forget_out(line);
        return;
    }
    if (line->state == LINE_GONE) {
        return; /* into the void */
    }
    line->out[line->out_count++] = net_frame_ref(frame);
    line->out_large += large ? 1 : 0;
    line->out_bytes += large ? 0 : frame_cost(frame);
}

void net_send(struct net *net, struct net_conn conn, struct net_frame *frame)
{
    if (net->deaf) {
        return;
    }
    check_promise(net->world, net_frame_text(frame));
    struct line *line = line_of(net, conn);
    if (line != NULL && line->kick_code == 0) {
        struct span text = net_frame_text(frame);
        trace_bytes(&net->world->trace, text);
        trace_line(
            &net->world->trace, "to line %u: %.*s", conn.slot,
            (int)(text.bytes < 160 ? text.bytes : 160), (const char *)text.data);
        push(net, line, frame);
    }
}

void net_kick(struct net *net, struct net_conn conn, uint16_t code)
{
    struct line *line = line_of(net, conn);
    if (line != NULL) {
        line->kick_code = code;
    }
}

void net_listen_channel(struct net *net, struct net_conn conn, uint32_t channel)
{
    struct line *line = line_of(net, conn);
    if (line != NULL) {
        line->channel = channel;
    }
}

void net_broadcast(struct net *net, uint32_t channel, struct net_frame *frame)
{
    for (size_t i = 0; !net->deaf && i < net->line_count; i++) {
        struct line *line = &net->lines[i];
        if (line->channel == channel && line->state == LINE_UP && !line->cut &&
            line->kick_code == 0) {
            push(net, line, frame);
        }
    }
}

void net_publish(
    struct net *net, uint32_t channel, unsigned slot, struct net_frame *frame)
{
    for (size_t i = 0; !net->deaf && i < net->line_count; i++) {
        struct line *line = &net->lines[i];
        if (line->channel == channel && line->state == LINE_UP && !line->cut) {
            net_frame_unref(line->latest[slot]);
            line->latest[slot] = net_frame_ref(frame);
        }
    }
}

void net_stats(const struct net *net, struct net_stats *ret_stats)
{
    (void)net;
    *ret_stats = (struct net_stats){0};
}

int net_greeted(struct net *net, struct net_conn conn)
{
    struct line *line = line_of(net, conn);
    if (line != NULL) {
        line->greeted = true;
    }
    return HEARTBEAT_MS;
}

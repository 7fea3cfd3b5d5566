#include "network.h"

#include "check.h"
#include "world.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

void network_init(
    struct network *network, struct world *world, struct trace *trace, size_t phones)
{
    *network = (struct network){
        .world = world,
        .trace = trace,
        .lines = calloc(phones * LINES_PER_PHONE + 1, sizeof *network->lines),
        .line_count = phones * LINES_PER_PHONE,
        .errands = calloc(phones + 1, sizeof *network->errands),
        .errand_count = phones,
        .heartbeats_per_s = HEARTBEATS_PER_S,
    };
    assert(network->lines != NULL && network->errands != NULL);
}

/* ---- lines ---- */

static void forget_out(struct line *line)
{
    for (size_t i = 0; i < line->out_count; i++) {
        net_frame_unref(line->out[i].frame);
    }
    free(line->out);
    buf_fini(&line->begun);
    line->out = NULL;
    line->out_count = 0;
    line->out_capacity = 0;
    line->begun_bytes = 0;
    line->bytes = 0;
}

static void forget_in(struct line *line, size_t keep)
{
    while (line->in_count > keep) {
        buf_fini(&line->in[--line->in_count]);
    }
}

void network_forget_line(struct line *line)
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

void network_fini(struct network *network)
{
    for (size_t i = 0; i < network->line_count; i++) {
        network_forget_line(&network->lines[i]);
    }
    for (size_t i = 0; i < network->errand_count; i++) {
        free_errand(&network->errands[i]);
    }
    free(network->lines);
    free(network->errands);
}

/* ---- the phone's side ---- */

struct line *network_dial(
    struct network *network, size_t phone, const struct net_peer *peer, size_t room)
{
    for (size_t i = 0; i < LINES_PER_PHONE; i++) {
        size_t slot = phone * LINES_PER_PHONE + i;
        struct line *line = &network->lines[slot];
        if (line->state == LINE_FREE) {
            *line = (struct line){
                .network = network,
                .state = LINE_OPENING,
                .name = {.slot = (uint32_t)slot, .generation = ++network->generation},
                .peer = *peer,
                .room = room,
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

/* Of whom nobody tells the server it goes on filling the socket. */
void network_hang_up(struct line *line, size_t arrive, bool silent)
{
    forget_in(line, arrive);
    if (!silent) {
        forget_out(line);
    }
    if (line->state == LINE_OPENING) {
        network_forget_line(line);
    } else {
        line->state = LINE_GONE;
        line->silent = silent;
    }
}

/* What has come of a frame that is larger than the socket. */
static bool read_begun(struct line *line)
{
    bool any = line->begun_bytes > 0;
    line->bytes -= line->begun_bytes;
    line->begun_bytes = 0;
    return any;
}

bool network_hear(struct line *line, struct net_frame **ret_frame)
{
    *ret_frame = NULL;
    if (line->out_count == 0) {
        return read_begun(line);
    }
    *ret_frame = line->out[0].frame;
    line->bytes -= line->out[0].bytes;
    line->out_count--;
    memmove(line->out, line->out + 1, line->out_count * sizeof *line->out);
    return true;
}

bool network_post(
    struct network *network, size_t phone, const char *path, struct span body,
    const struct net_peer *peer)
{
    struct errand *errand = &network->errands[phone];
    if (errand->state != ERRAND_NONE) {
        return false;
    }
    *errand = (struct errand){
        .state = ERRAND_ASKED,
        .name = {.slot = (uint32_t)phone, .generation = ++network->generation},
        .method = NET_POST,
        .content_type = "application/json",
        .peer = *peer,
    };
    snprintf(errand->path, sizeof errand->path, "%s", path);
    buf_init(&errand->body, POST_BYTES_MAX);
    buf_bytes(&errand->body, body.data, body.bytes);
    return true;
}

bool network_get(
    struct network *network, size_t phone, const char *path, const struct net_peer *peer)
{
    bool asked = network_post(network, phone, path, span_of(NULL, 0), peer);
    if (asked) {
        network->errands[phone].method = NET_GET;
        network->errands[phone].content_type = "";
    }
    return asked;
}

void network_lose_errand(struct network *network, size_t phone)
{
    free_errand(&network->errands[phone]);
}

/* ---- the server's side ---- */

static void deliver_end(struct line *line)
{
    trace_line(line->network->trace, "line %u is gone", line->name.slot);
    line_end(line);
    network_forget_line(line);
}

/* Close is answered by a phone that is there, once it has read what came before. */
static bool is_at_its_end(const struct line *line)
{
    bool read = line->out_count == 0 && line->begun_bytes == 0;
    bool gone = line->state == LINE_GONE && !line->silent && line->in_count == 0;
    return line->killed || gone || (line->closing && read && !line->silent);
}

bool network_deliver(struct network *network, struct line *line)
{
    switch (line->state) {
    case LINE_FREE:
        return false;
    case LINE_OPENING:
        trace_line(network->trace, "line %u is up", line->name.slot);
        line_open(line);
        return true;
    case LINE_UP:
    case LINE_GONE:
        break;
    }
    if (is_at_its_end(line)) {
        deliver_end(line);
        return true;
    }
    return line_deliver(line);
}

static void
answer(struct network *network, const struct net_response *response, uint32_t slot)
{
    struct errand *errand = &network->errands[slot];
    struct span body =
        response->frame != NULL ? net_frame_text(response->frame) : response->body;
    errand->state = ERRAND_ANSWERED;
    errand->status = response->status;
    check_member(body, "{\"err\":\"", errand->err, sizeof errand->err);
    if (strcmp(errand->path, "/media") == 0) {
        check_member(body, "{\"photo\":\"", errand->found, sizeof errand->found);
    }
    if (response->set_session != NULL) {
        strncpy(errand->cookie, response->set_session, sizeof errand->cookie - 1);
    }
    trace_line(
        network->trace, "phone %u: http %d %.*s", slot, response->status,
        (int)(body.bytes < 160 ? body.bytes : 160), (const char *)body.data);
    check_promise(network->world, body);
    if (errand->method == NET_GET && errand->status == 200) {
        check_read(network->world, errand->path, body);
    }
}

bool network_deliver_errand(struct network *network, struct errand *errand)
{
    if (errand->state != ERRAND_ASKED) {
        return false;
    }
    struct net_response response = {.status = 404};
    const struct net_request request = {
        .id = errand->name,
        .method = errand->method,
        .path = errand->path,
        .query = errand->query,
        .body = buf_span(&errand->body),
        .content_type = errand->content_type,
        .peer = errand->peer,
        .host = "sim",
    };
    uint32_t slot = errand->name.slot;
    errand->state = ERRAND_WAITING;
    trace_line(network->trace, "phone %u asks %s", slot, errand->path);
    struct net_request head = request;
    head.body = span_of(NULL, 0);
    bool asks = strcmp(errand->path, "/media") == 0;
    if (asks && !network->admits(network->http_ctx, &head, &response)) {
        answer(network, &response, slot);
    } else if (network->http(network->http_ctx, &request, &response) != NET_LATER) {
        answer(network, &response, slot);
    }
    return true;
}

void network_respond(
    struct network *network, struct net_conn id, const struct net_response *response)
{
    const struct errand *errand = &network->errands[id.slot];
    if (!network->deaf && errand->name.generation == id.generation &&
        errand->state == ERRAND_WAITING) {
        answer(network, response, id.slot);
    }
}

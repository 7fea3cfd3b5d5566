/* Somebody who means harm: malformed frames, messages that are too large, codes that are
 * wrong. Every deed must be answered by a refusal or a close. */
#include "app/load.h"

#include "base/bounds.h"

#include <stdlib.h>

#define DEED_US       50000LL          /* one after another, each line of theirs */
#define UNANSWERED_US (15LL * 1000000) /* then the next */
#define BARE          0xff
#define OPCODE_TEXT   0x1
#define OPCODE_BINARY 0x2
#define OPCODE_UNUSED 0x3
#define OPCODE_PING   0x9

struct deed {
    uint8_t opcode; /* BARE: `text` is the whole frame */
    bool final;
    const char *text; /* NULL: `bytes` letters */
    size_t bytes;
};

static const struct deed DEEDS[] = {
    {OPCODE_TEXT, true, "{\"op\":", 0},
    {OPCODE_BINARY, true, "\x01\x02", 0},
    {OPCODE_TEXT, true, NULL, FRAME_BYTES_MAX + 1},
    {OPCODE_UNUSED, true, "?", 0},
    {OPCODE_PING, false, "half a ping", 0},
    {OPCODE_TEXT, true, "{\"op\":\"cast\",\"id\":\"00\"}", 0},
    {OPCODE_TEXT, true, "[[[[[[[[[[[[[[[[[[[[", 0},
    {OPCODE_TEXT, true, "\xc3\x28", 0},
    {OPCODE_TEXT, true, "{\"op\":\"be.moderator\"}", 0},
    /* not masked, as only a server may speak; libwebsockets takes it */
    {BARE, true, "\x81\x15{\"op\":\"be.moderator\"}", 0},
    /* nor masked, nor lawful: a Close with half a code */
    {BARE, true, "\x88\x01x", 0},
};

#define DEED_COUNT (sizeof DEEDS / sizeof DEEDS[0])

static void finish(struct load_abuser *abuser)
{
    client_free(abuser->client);
    abuser->client = NULL;
    abuser->sent = false;
}

static void note_refusal(struct load_abuser *abuser)
{
    abuser->load->figures.deeds_refused++;
    finish(abuser);
}

static void note_obedience(struct load_abuser *abuser)
{
    abuser->load->figures.deeds_obeyed++;
    finish(abuser);
}

void load_abuser_opened(struct load_abuser *abuser)
{
    static char letters[FRAME_BYTES_MAX + 1];
    const struct deed *deed = &DEEDS[abuser->turn % (DEED_COUNT + 1)];
    memset(letters, 'a', sizeof letters);
    struct span payload =
        deed->text != NULL ? span_of_string(deed->text) : span_of(letters, deed->bytes);
    (void)!(
        deed->opcode == BARE
            ? client_send_bytes(abuser->client, payload)
            : client_send_frame(abuser->client, deed->opcode, deed->final, payload));
    abuser->sent = true;
}

void load_abuser_message(struct load_abuser *abuser, struct span text)
{
    static const char refused[] = "{\"op\":\"refused\"";
    bool is = text.bytes >= sizeof refused - 1 &&
              memcmp(text.data, refused, sizeof refused - 1) == 0;
    if (is) {
        note_refusal(abuser);
    } else {
        note_obedience(abuser);
    }
}

/* A line that was gone before anything was done is no refusal. */
void load_abuser_closed(struct load_abuser *abuser)
{
    if (abuser->sent) {
        note_refusal(abuser);
    } else {
        finish(abuser);
    }
}

void load_abuser_replied(struct load_abuser *abuser, const struct client_reply *reply)
{
    if (reply->status == 200) {
        note_obedience(abuser);
    } else {
        note_refusal(abuser);
    }
}

static void begin(struct load_abuser *abuser, int64_t now_us)
{
    struct load *load = abuser->load;
    enum err err = ERR_OK;
    abuser->turn++;
    abuser->step_us = now_us;
    load->figures.deeds++;
    if (abuser->turn % (DEED_COUNT + 1) == DEED_COUNT) {
        err = client_fetch(
            load->pool, "POST", "/join", "{\"code\":\"AAAAAA\"}", abuser,
            &abuser->client);
    } else {
        err = client_open(load->pool, NULL, abuser, &abuser->client);
    }
    load->err = err != ERR_OK ? err : load->err;
}

void load_abuser_tick(struct load_abuser *abuser, int64_t now_us)
{
    if (abuser->client != NULL && now_us - abuser->step_us > UNANSWERED_US) {
        finish(abuser);
    }
    if (abuser->client == NULL && now_us - abuser->step_us >= DEED_US) {
        begin(abuser, now_us);
    }
}

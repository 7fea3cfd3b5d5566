/* RFC 6455 on the wire: what a server must take, answer and refuse, one raw case after
 * the other. A case is written as frames, with blanks between:
 *
 *     81:hello      the first byte in hex, then the payload; masked, in the shortest form
 *     81:           no payload
 *     81/16:hello   its length in 16 bits although 7 do; /64 likewise
 *     81/raw:hello  not masked
 *     81#126        so many letters
 *
 * What is heard is written alike; besides `=1002` is a Close with that code, `=` one
 * without, `end` the end of the connection, with a Close or not. After a case that ends
 * well the connection must still echo. A blank within a payload is written as %20, any
 * other byte too. */
#include "base/bounds.h"
#include "harness.h"

#include <criterion/criterion.h>

#define LETTERS_MAX 70000

struct exchange {
    const char *sent;
    const char *heard;
};

static struct server server;

static void setup(void)
{
    server_init(&server);
    server_start(&server);
}

static void teardown(void)
{
    server_stop(&server);
}

TestSuite(conformance, .init = setup, .fini = teardown);

/* ---- the notation ---- */

struct written_frame {
    uint8_t first;
    const char *form; /* behind the slash: "16", "64", "raw", or "" */
    uint8_t payload[LETTERS_MAX];
    size_t bytes;
};

static unsigned hex(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

static void read_payload(const char *text, const char *end, struct written_frame *frame)
{
    while (text < end) {
        bool escape = *text == '%';
        frame->payload[frame->bytes++] =
            escape ? (uint8_t)(hex(text[1]) << 4 | hex(text[2])) : (uint8_t)*text;
        text += escape ? 3 : 1;
    }
}

static void read_frame(const char *text, const char *end, struct written_frame *frame)
{
    static const char *const forms[] = {"16", "64", "raw"};
    frame->first = (uint8_t)(hex(text[0]) << 4 | hex(text[1]));
    frame->form = "";
    frame->bytes = 0;
    text += 2;
    for (size_t i = 0; *text == '/' && i < sizeof forms / sizeof forms[0]; i++) {
        if (strncmp(text + 1, forms[i], strlen(forms[i])) == 0) {
            frame->form = forms[i];
            text += 1 + strlen(forms[i]);
        }
    }
    if (*text == '#') {
        frame->bytes = strtoul(text + 1, NULL, 10);
        memset(frame->payload, 'x', frame->bytes);
        return;
    }
    cr_assert_eq(*text, ':', "%s", text);
    read_payload(text + 1, end, frame);
}

static void write_length(struct buf *out, const struct written_frame *frame)
{
    uint8_t mask = strcmp(frame->form, "raw") != 0 ? 0x80 : 0;
    int wide = frame->bytes < 126 ? 0 : frame->bytes < 65536 ? 2 : 8;
    wide = strcmp(frame->form, "16") == 0 ? 2 : strcmp(frame->form, "64") == 0 ? 8 : wide;
    uint8_t seven = wide == 0 ? (uint8_t)frame->bytes : wide == 2 ? 126 : 127;
    buf_char(out, (char)(mask | seven));
    for (int byte = wide - 1; byte >= 0; byte--) {
        buf_char(out, (char)(frame->bytes >> (8 * byte)));
    }
}

static void write_frame(struct buf *out, const struct written_frame *frame)
{
    static const uint8_t key[4] = {0x37, 0xfa, 0x21, 0x3d};
    bool masked = strcmp(frame->form, "raw") != 0;
    buf_char(out, (char)frame->first);
    write_length(out, frame);
    if (masked) {
        buf_bytes(out, key, sizeof key);
    }
    for (size_t i = 0; i < frame->bytes; i++) {
        buf_char(out, (char)(frame->payload[i] ^ (masked ? key[i % 4] : 0)));
    }
}

/* The next word of the notation; `*at` moves behind it. */
static bool next_word(const char **at, const char **ret_start, const char **ret_end)
{
    *ret_start = *at + strspn(*at, " ");
    *ret_end = *ret_start + strcspn(*ret_start, " ");
    *at = *ret_end;
    return *ret_start != *ret_end;
}

/* ---- one case ---- */

static void send_frames(struct client *client, const char *sent)
{
    static struct written_frame frame;
    const char *start = NULL;
    const char *end = NULL;
    struct buf out;
    buf_init(&out, 4UL * LETTERS_MAX);
    while (next_word(&sent, &start, &end)) {
        read_frame(start, end, &frame);
        write_frame(&out, &frame);
    }
    client_send_bytes(client, buf_span(&out));
    buf_fini(&out);
}

static bool is_close(const char *word, const struct frame *heard)
{
    long code = strtol(word + 1, NULL, 10);
    if (heard->opcode != OP_CLOSE) {
        return false;
    }
    return code == 0 ? heard->bytes == 0
                     : heard->bytes >= 2 &&
                           (heard->payload[0] << 8 | heard->payload[1]) == code;
}

/* A message whole, though it may come in pieces; any other frame as it is. */
static struct frame next_whole(struct client *client)
{
    struct frame whole = client_next(client);
    while (whole.opcode == OP_TEXT && !whole.final) {
        struct frame more = client_next(client);
        cr_assert_eq(more.opcode, OP_CONTINUATION);
        whole.payload = realloc(whole.payload, whole.bytes + more.bytes + 1);
        memcpy(whole.payload + whole.bytes, more.payload, more.bytes);
        whole.bytes += more.bytes;
        whole.final = more.final;
        frame_free(&more);
    }
    return whole;
}

/* Is that what came? */
static bool hears_word(struct client *client, const char *start, const char *end)
{
    static struct written_frame expected;
    if (strncmp(start, "end", 3) == 0) {
        return client_until_eof(client);
    }
    struct frame heard = next_whole(client);
    bool same = false;
    if (*start == '=') {
        same = is_close(start, &heard);
    } else {
        read_frame(start, end, &expected);
        same = heard.opcode == (expected.first & 0x0f) &&
               heard.final == ((expected.first & 0x80) != 0) &&
               heard.bytes == expected.bytes &&
               (heard.bytes == 0 ||
                memcmp(heard.payload, expected.payload, heard.bytes) == 0);
    }
    if (!same) {
        cr_log_error(
            "came: opcode %d, %zu bytes %.*s", heard.opcode, heard.bytes,
            (int)(heard.bytes < 20 ? heard.bytes : 20),
            heard.bytes > 0 ? (const char *)heard.payload : "");
    }
    frame_free(&heard);
    return same;
}

static void check(const struct exchange *exchange)
{
    struct client client;
    client_join(&client, &server);
    send_frames(&client, exchange->sent);
    const char *at = exchange->heard;
    const char *start = NULL;
    const char *end = NULL;
    bool open = true;
    while (next_word(&at, &start, &end)) {
        cr_expect(
            hears_word(&client, start, end), "%.60s: not %.60s", exchange->sent,
            exchange->heard);
        open = open && *start != '=' && *start != 'e';
    }
    if (open) {
        client_text(&client, "still here");
        cr_expect(client_hears(&client, "still here"), "%.60s", exchange->sent);
    } else {
        client_frame(&client, OP_CLOSE, true, span_of_string("")); /* as it should */
        cr_expect(client_until_eof(&client), "%.60s: it stays open", exchange->sent);
    }
    client_close(&client);
}

#define CHECK_ALL(exchanges)                                                             \
    for (size_t i = 0; i < sizeof(exchanges) / sizeof(exchanges)[0]; i++) {              \
        check(&(exchanges)[i]);                                                          \
    }

/* ---- framing (5.2) ---- */

Test(conformance, lengths_of_every_form_are_read)
{
    static const struct exchange all[] = {
        {"81:", "81:"},
        {"81:a", "81:a"},
        {"81#125", "81#125"},
        {"81#126", "81#126"},
        {"81#127", "81#127"},
        {"81#128", "81#128"},
        {"81#1000", "81#1000"},
        {"81#4096", "81#4096"},
        {"81#32767", "81#32767"},
        {"81#32768", "81#32768"},
        {"81#32769", "=1009"},
        {"81#65535", "=1009"},
        {"81#65536", "=1009"},
        {"81:a 81:b 81:c", "81:a 81:b 81:c"},
        {"81: 81: 81:", "81: 81: 81:"},
    };
    cr_assert_eq(FRAME_BYTES_MAX, 32768);
    CHECK_ALL(all);
}

Test(conformance, reserved_bits_and_opcodes_are_refused)
{
    static const struct exchange all[] = {
        {"c1:a", "=1002"},
        {"a1:a", "=1002"},
        {"91:a", "=1002"},
        {"f1:a", "=1002"},
        {"c1:", "=1002"},
        {"c9:a", "=1002"},
        {"a9:a", "=1002"},
        {"99:a", "=1002"},
        {"83:", "=1002"},
        {"83:a", "=1002"},
        {"84:", "=1002"},
        {"84:a", "=1002"},
        {"85:", "=1002"},
        {"85:a", "=1002"},
        {"86:", "=1002"},
        {"86:a", "=1002"},
        {"87:", "=1002"},
        {"87:a", "=1002"},
        {"8b:", "=1002"},
        {"8b:a", "=1002"},
        {"8c:", "=1002"},
        {"8c:a", "=1002"},
        {"8d:", "=1002"},
        {"8d:a", "=1002"},
        {"8e:", "=1002"},
        {"8e:a", "=1002"},
        {"8f:", "=1002"},
        {"8f:a", "=1002"},
        {"03:a", "=1002"},
        {"0b:a", "=1002"},
        {"81:ok c1:a", "81:ok =1002"},
        {"81:ok 83:", "81:ok =1002"},
    };
    CHECK_ALL(all);
}

/* ---- fragments (5.4) ---- */

Test(conformance, fragments_make_one_message)
{
    static const struct exchange all[] = {
        {"01:ab 80:cd", "81:abcd"},
        {"01: 80:cd", "81:cd"},
        {"01:ab 80:", "81:ab"},
        {"01: 80:", "81:"},
        {"01:a 00:b 00:c 80:d", "81:abcd"},
        {"01: 00: 00: 80:", "81:"},
        {"01:a 00: 00:b 80:", "81:ab"},
        {"01:ab 80:cd 81:e", "81:abcd 81:e"},
        {"01:ab 80:cd 01:e 80:f", "81:abcd 81:ef"},
        {"01#16384 80#16384", "81#32768"},
        {"01#16384 80#16385", "=1009"},
        {"80:a", "=1002"},
        {"00:a", "=1002"},
        {"00: 80:a", "=1002"},
        {"81:a 80:b", "81:a =1002"},
        {"01:a 80:b 80:c", "81:ab =1002"},
        {"01:a 81:b", "=1002"},
        {"01:a 01:b", "=1002"},
        {"01:a 82:b", "=1002"},
        {"02:a", "=1003"},
        {"82:a", "=1003"},
        {"82:", "=1003"},
    };
    CHECK_ALL(all);
}

/* ---- control frames (5.5) ---- */

Test(conformance, pings_are_answered_wherever_they_come)
{
    static const struct exchange all[] = {
        {"89:", "8a:"},
        {"89:hello", "8a:hello"},
        {"89:%00%ff%fe%80", "8a:%00%ff%fe%80"},
        {"89#125", "8a#125"},
        {"81:a 89:p", "81:a 8a:p"},
        {"01:a 89:p 80:b", "81:ab 8a:p"},
        {"01:a 89:p 00:b 80:c", "81:abc 8a:p"},
        {"8a:", ""},
        {"8a:hello", ""},
        {"8a#125 81:a", "81:a"},
        {"8a: 89:p", "8a:p"},
        {"01:a 8a:x 80:b", "81:ab"},
    };
    CHECK_ALL(all);
}

Test(conformance, control_frames_are_short_and_whole)
{
    static const struct exchange all[] = {
        {"89#126", "end"},      {"09:a", "=1002"},    {"0a:a", "=1002"},
        {"08:%03%e8", "=1002"}, {"09: 80:", "=1002"},
    };
    CHECK_ALL(all);
}

/* ---- UTF-8 (8.1) ---- */

Test(conformance, text_of_every_length_of_character_comes_back)
{
    static const struct exchange all[] = {
        {"81:%7f", "81:%7f"},
        {"81:%00", "81:%00"},
        {"81:%c2%80", "81:%c2%80"},
        {"81:%df%bf", "81:%df%bf"},
        {"81:%e0%a0%80", "81:%e0%a0%80"},
        {"81:%ed%9f%bf", "81:%ed%9f%bf"},
        {"81:%ee%80%80", "81:%ee%80%80"},
        {"81:%ef%bf%bd", "81:%ef%bf%bd"},
        {"81:%ef%bf%be", "81:%ef%bf%be"},
        {"81:%ef%bf%bf", "81:%ef%bf%bf"},
        {"81:%f0%90%80%80", "81:%f0%90%80%80"},
        {"81:%f4%8f%bf%bf", "81:%f4%8f%bf%bf"},
        {"81:%f0%9f%98%80", "81:%f0%9f%98%80"},
        {"81:%ef%bb%bfa", "81:%ef%bb%bfa"},
        {"01:%ce%ba 80:%e1", "=1007"},
        {"01:%c3 80:%a4", "81:%c3%a4"},
        {"01:%e2 00:%82 80:%ac", "81:%e2%82%ac"},
        {"01:%f0 00:%9f 00:%98 80:%80", "81:%f0%9f%98%80"},
        {"01:%c3 89:p 80:%a4", "81:%c3%a4 8a:p"},
    };
    CHECK_ALL(all);
}

Test(conformance, what_is_no_utf8_is_refused)
{
    static const struct exchange all[] = {
        {"81:%80", "=1007"},
        {"81:%bf", "=1007"},
        {"81:a%80b", "=1007"},
        {"81:%c0%80", "=1007"},
        {"81:%c0%af", "=1007"},
        {"81:%c1%bf", "=1007"},
        {"81:%c3", "=1007"},
        {"81:%c3%28", "=1007"},
        {"81:%e0%80%80", "=1007"},
        {"81:%e0%80%af", "=1007"},
        {"81:%e0%9f%bf", "=1007"},
        {"81:%e2%82", "=1007"},
        {"81:%e2%28%a1", "=1007"},
        {"81:%ed%a0%80", "=1007"},
        {"81:%ed%ad%bf", "=1007"},
        {"81:%ed%ae%80", "=1007"},
        {"81:%ed%af%bf", "=1007"},
        {"81:%ed%b0%80", "=1007"},
        {"81:%ed%bf%bf", "=1007"},
        {"81:%ed%a0%80%ed%b0%80", "=1007"},
        {"81:%f0%80%80%80", "=1007"},
        {"81:%f0%80%80%af", "=1007"},
        {"81:%f0%8f%bf%bf", "=1007"},
        {"81:%f0%9f%98", "=1007"},
        {"81:%f4%90%80%80", "=1007"},
        {"81:%f5%80%80%80", "=1007"},
        {"81:%f8%88%80%80%80", "=1007"},
        {"81:%fc%84%80%80%80%80", "=1007"},
        {"81:%fe", "=1007"},
        {"81:%ff", "=1007"},
        {"01:%ff 80:a", "=1007"},
        {"01:a 80:%80", "=1007"},
        {"01:%c3 80:", "=1007"},
        {"01:%f0%9f 00: 80:", "=1007"},
        {"81:ok 81:%ff", "81:ok =1007"},
    };
    CHECK_ALL(all);
    cr_expect_null(memchr(server.messages.data, 0xff, server.messages.bytes));
}

/* ---- the end (5.5.1, 7.4) ---- */

Test(conformance, a_close_is_answered_and_nothing_after_it)
{
    static const struct exchange all[] = {
        {"88:", "="},
        {"88:%03%e8", "=1000"},
        {"88:%03%e9", "=1001"},
        {"88:%03%ea", "=1002"},
        {"88:%03%eb", "=1003"},
        {"88:%03%ef", "=1007"},
        {"88:%03%f0", "=1008"},
        {"88:%03%f1", "=1009"},
        {"88:%03%f3", "=1011"},
        {"88:%0b%b8", "=3000"},
        {"88:%0f%9f", "=3999"},
        {"88:%0f%a0", "=4000"},
        {"88:%13%87", "=4999"},
        {"88:%03%e8bye", "=1000"},
        {"88:%03%e8%c3%a4", "=1000"},
        {"88:%03%e8 81:late", "=1000"},
        {"88:%03%e8 89:late", "=1000"},
        {"81:a 88:%03%e8", "81:a =1000"},
        {"01:a 88:%03%e8", "=1000"},
    };
    CHECK_ALL(all);
}

Test(conformance, a_close_of_no_meaning_is_refused)
{
    static const struct exchange all[] = {
        {"88:%00%00", "=1002"}, {"88:%03%e7", "=1002"}, {"88:%03%ec", "=1002"},
        {"88:%03%ed", "=1002"}, {"88:%03%ee", "=1002"}, {"88:%03%f7", "=1002"},
        {"88:%03%f8", "=1002"}, {"88:%04%4c", "=1002"}, {"88:%07%d0", "=1002"},
        {"88:%0b%b7", "=1002"},
    };
    CHECK_ALL(all);
}

/* ---- what the library does not do as the RFC says ---- */

/* None of it reaches a handler as anything but a message or an end. */
Test(conformance, what_the_library_takes_though_it_need_not)
{
    static const struct exchange all[] = {
        {"81/raw:hello", "81:hello"}, /* 5.1: a client masks */
        {"89:p 89:q", "8a:p"},        /* 5.5.3: the newest ping, if only one */
        {"88:a", "end"},              /* 5.5.1: half a code */
        {"88:%13%88", "=5000"},       /* 7.4.2: codes that nobody may use */
        {"88:%ff%ff", "=65535"},      /* the same */
        {"88:%03%e8%ff", "end"},      /* 7.1.6: a reason that is no UTF-8 gets no 1007 */
        {"81/16:hello", "81:hello"},  /* 5.2: the shortest form */
        {"81/64:hello", "81:hello"},  /* the same */
    };
    CHECK_ALL(all);
}

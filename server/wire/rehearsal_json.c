/* A rehearsal as the desk is told of it. */
#include "wire/reply.h"
#include "wire/wire.h"

static void write_word(struct buf *out, const char *key, const char *word)
{
    if (word != NULL) {
        reply_string(out, key, word);
    }
}

static void write_flaws(struct buf *out, const struct wire_rehearsal *rehearsal)
{
    buf_text(out, ",\"flaws\":[");
    for (size_t i = 0; i < rehearsal->flaw_count; i++) {
        buf_printf(out, "%s\"%s\"", i > 0 ? "," : "", rehearsal->flaws[i]);
    }
    buf_char(out, ']');
}

static void write_figures(struct buf *out, const struct wire_rehearsal *rehearsal)
{
    buf_text(out, ",\"figures\":{");
    for (size_t i = 0; i < rehearsal->figure_count; i++) {
        buf_printf(
            out, "%s\"%s\":%lld", i > 0 ? "," : "", rehearsal->figures[i],
            (long long)rehearsal->values[i]);
    }
    buf_char(out, '}');
}

void wire_encode_rehearsal(struct buf *out, const struct wire_rehearsal *rehearsal)
{
    reply_open(out, PUSH_REHEARSAL, NULL);
    reply_string(out, "state", rehearsal->state);
    reply_int(out, "phones", rehearsal->phones);
    if (rehearsal->at_ms != 0) {
        reply_int(out, "at", rehearsal->at_ms);
    }
    if (rehearsal->stage != NULL) {
        reply_string(out, "stage", rehearsal->stage);
        reply_int(out, "done", rehearsal->done);
        reply_int(out, "of", rehearsal->of);
    }
    write_word(out, "cause", rehearsal->cause);
    if (rehearsal->verdict != NULL) {
        reply_string(out, "verdict", rehearsal->verdict);
        write_flaws(out, rehearsal);
        write_figures(out, rehearsal);
    }
    buf_char(out, '}');
}

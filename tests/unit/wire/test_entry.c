#include "base/bounds.h"
#include "random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

struct seen {
    struct entry last;
    size_t count;
    size_t stop_at; /* 0: never */
};

static enum err keep(void *ctx, const struct entry *entry)
{
    struct seen *seen = ctx;
    seen->last = *entry;
    seen->count++;
    return seen->count == seen->stop_at ? ERR_NOMEM : ERR_OK;
}

static void encode(struct buf *out, const struct entry *entry)
{
    buf_clear(out);
    buf_char(out, '[');
    wire_encode_entry(out, entry);
    buf_char(out, ']');
    cr_assert(!buf_failed(out));
}

/* In exact memory, so that the sanitizer sees a byte too far. */
static enum err decode(struct span body, struct seen *seen)
{
    seen->count = 0;
    uint8_t *exact = malloc(body.bytes > 0 ? body.bytes : 1);
    memcpy(exact, body.data, body.bytes);
    enum err err = wire_decode_batch(span_of(exact, body.bytes), keep, seen);
    free(exact);
    return err;
}

static enum err decode_text(const char *text, struct seen *seen)
{
    return decode(span_of_string(text), seen);
}

/* ---- properties ---- */

Test(entry, every_kind_comes_back_as_it_was)
{
    struct random random = {1};
    static struct entry entry;
    static struct seen seen;
    struct buf body;
    buf_init(&body, 1 << 16);
    for (int round = 0; round < 200; round++) {
        for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
            random_entry(&random, (enum entry_kind)kind, &entry);
            encode(&body, &entry);
            memset(&seen.last, 0xff, sizeof seen.last);
            cr_assert_eq(decode(buf_span(&body), &seen), ERR_OK, "%s", (char *)body.data);
            cr_assert_eq(seen.count, 1);
            cr_assert(
                same_bytes(&seen.last, &entry, sizeof entry), "%s", (char *)body.data);
        }
    }
    buf_fini(&body);
}

Test(entry, fits_its_share_of_a_batch)
{
    struct random random = {2};
    static struct entry entry;
    struct buf body;
    buf_init(&body, 1 << 16);
    for (int round = 0; round < 2000; round++) {
        random_entry(&random, (enum entry_kind)(round % ENTRY_KIND_COUNT), &entry);
        encode(&body, &entry);
        cr_assert_leq(body.bytes, 16384);
    }
    buf_fini(&body);
}

Test(entry, no_body_cut_short_is_taken)
{
    struct random random = {3};
    static struct entry entry;
    static struct seen seen;
    struct buf body;
    buf_init(&body, 1 << 16);
    for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        random_entry(&random, (enum entry_kind)kind, &entry);
        encode(&body, &entry);
        for (size_t n = 0; n < body.bytes; n++) {
            cr_assert_eq(decode(span_of(body.data, n), &seen), ERR_DAMAGED);
        }
    }
    buf_fini(&body);
}

/* One changed byte is refused, or it is the spelling of another entry: never a second
 * spelling of one. */
static void mutate(struct random *random, struct buf *body)
{
    static struct seen seen;
    struct buf again;
    buf_init(&again, 1 << 16);
    for (size_t i = 0; i < body->bytes; i++) {
        uint8_t old = body->data[i];
        do {
            random_bytes(random, &body->data[i], 1);
        } while (body->data[i] == old);
        enum err err = decode(buf_span(body), &seen);
        if (err == ERR_OK) {
            encode(&again, &seen.last);
            cr_assert(span_equal(buf_span(body), buf_span(&again)));
        } else {
            cr_assert(err == ERR_DAMAGED || err == ERR_NEWER);
        }
        body->data[i] = old;
    }
    buf_fini(&again);
}

Test(entry, a_changed_byte_is_damage_or_another_entry)
{
    struct random random = {5};
    static struct entry entry;
    struct buf body;
    buf_init(&body, 1 << 16);
    for (int round = 0; round < 4; round++) {
        for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
            random_entry(&random, (enum entry_kind)kind, &entry);
            encode(&body, &entry);
            mutate(&random, &body);
        }
    }
    buf_fini(&body);
}

/* ---- the spelling, which never changes ---- */

#define ID   "00112233445566778899aabbccddeeff"
#define HASH ID ID
#define HEAD                                                                             \
    "\"id\":\"" ID "\",\"by\":\"7\",\"role\":\"participant\",\"at\":1790000000000"
#define CONTENT "{\"id\":\"" ID "\",\"hash\":\"" HASH "\"}"

static const char *const spellings[] = {
    "{\"v\":1,\"k\":\"event.create\"," HEAD ",\"code\":\"ABC123\",\"mode\":\"ticket\","
    "\"langs\":[\"de\",\"en\"],\"title\":" CONTENT "}",
    "{\"v\":1,\"k\":\"event.call\"," HEAD ",\"open\":false}",
    "{\"v\":1,\"k\":\"event.create\"," HEAD ",\"code\":\"ABC123\",\"mode\":\"open\","
    "\"langs\":[\"de\"],\"title\":" CONTENT ",\"youth\":true,\"nicknames\":true}",
    "{\"v\":1,\"k\":\"event.set\"," HEAD ",\"youth\":true,\"nicknames\":false}",
    "{\"v\":1,\"k\":\"person.nick\"," HEAD ",\"first\":1,\"second\":48}",
    "{\"v\":1,\"k\":\"event.restore\"," HEAD "}",
    "{\"v\":1,\"k\":\"person.join\"," HEAD ",\"as\":\"moderator\"}",
    "{\"v\":1,\"k\":\"tickets.issue\"," HEAD ",\"count\":80}",
    "{\"v\":1,\"k\":\"tickets.issue\"," HEAD ",\"count\":24,\"group\":\"5\"}",
    "{\"v\":1,\"k\":\"ticket.redeem\"," HEAD ",\"ticket\":\"80\"}",
    "{\"v\":1,\"k\":\"ticket.void\"," HEAD ",\"ticket\":\"80\"}",
    "{\"v\":1,\"k\":\"tickets.void\"," HEAD ",\"batch\":\"2\"}",
    "{\"v\":1,\"k\":\"ticket.replace\"," HEAD ",\"ticket\":\"80\"}",
    "{\"v\":1,\"k\":\"idea.submit\"," HEAD ",\"content\":" CONTENT "}",
    "{\"v\":1,\"k\":\"idea.edit\"," HEAD ",\"idea\":\"12\",\"content\":" CONTENT "}",
    "{\"v\":1,\"k\":\"idea.withdraw\"," HEAD ",\"idea\":\"12\"}",
    "{\"v\":1,\"k\":\"idea.release\"," HEAD ",\"idea\":\"12\"}",
    "{\"v\":1,\"k\":\"idea.hide\"," HEAD ",\"idea\":\"12\",\"reason\":\"offensive\"}",
    "{\"v\":1,\"k\":\"idea.hide\"," HEAD
    ",\"idea\":\"12\",\"reason\":\"other\",\"note\":" CONTENT "}",
    "{\"v\":1,\"k\":\"idea.merge\"," HEAD ",\"idea\":\"13\",\"into\":\"12\"}",
    "{\"v\":1,\"k\":\"idea.submit\"," HEAD ",\"content\":" CONTENT
    ",\"tags\":[\"6\",\"5\"]}",
    "{\"v\":1,\"k\":\"idea.edit\"," HEAD ",\"idea\":\"12\",\"content\":" CONTENT
    ",\"tags\":[]}",
    "{\"v\":1,\"k\":\"idea.tag\"," HEAD ",\"idea\":\"12\",\"tags\":[\"6\"]}",
    "{\"v\":1,\"k\":\"idea.report\"," HEAD
    ",\"idea\":\"12\",\"reason\":\"personal-data\"}",
    "{\"v\":1,\"k\":\"idea.clear\"," HEAD ",\"idea\":\"12\"}",
    "{\"v\":1,\"k\":\"event.set\"," HEAD
    ",\"youth\":true,\"nicknames\":false,\"support\":\"hidden\"}",
    "{\"v\":1,\"k\":\"idea.support\"," HEAD ",\"idea\":\"12\",\"on\":true}",
    "{\"v\":1,\"k\":\"event.words\"," HEAD ",\"words\":" CONTENT "}",
    "{\"v\":1,\"k\":\"event.words\"," HEAD "}",
    "{\"v\":1,\"k\":\"event.wifi\"," HEAD ",\"wifi\":" CONTENT ",\"shown\":true}",
    "{\"v\":1,\"k\":\"event.wifi\"," HEAD ",\"shown\":false}",
    "{\"v\":1,\"k\":\"label.add\"," HEAD ",\"kind\":\"group\",\"name\":" CONTENT "}",
    "{\"v\":1,\"k\":\"label.edit\"," HEAD ",\"label\":\"5\",\"name\":" CONTENT "}",
    "{\"v\":1,\"k\":\"label.drop\"," HEAD ",\"label\":\"5\"}",
    "{\"v\":1,\"k\":\"label.move\"," HEAD ",\"label\":\"5\",\"before\":\"2\"}",
    "{\"v\":1,\"k\":\"label.move\"," HEAD ",\"label\":\"5\"}",
    "{\"v\":1,\"k\":\"person.group\"," HEAD ",\"group\":\"5\"}",
    "{\"v\":1,\"k\":\"idea.split\"," HEAD ",\"idea\":\"13\"}",
    "{\"v\":1,\"k\":\"poll.create\"," HEAD ",\"question\":" CONTENT
    ",\"form\":\"ranking\",\"method\":\"ranked-pairs-wv\",\"seats\":1,\"ranks\":3,"
    "\"ties\":false,\"live\":false,\"publication\":\"ballots\",\"options\":[\"12\",\"7\"]"
    "}",
    "{\"v\":1,\"k\":\"poll.edit\"," HEAD ",\"poll\":\"3\",\"question\":" CONTENT
    ",\"form\":\"yesno\",\"method\":\"plurality\",\"seats\":1,\"ranks\":1,"
    "\"ties\":false,\"live\":true,\"publication\":\"order\",\"options\":[]}",
    "{\"v\":1,\"k\":\"poll.create\"," HEAD ",\"question\":" CONTENT
    ",\"form\":\"ranking\",\"method\":\"irv\",\"seats\":1,\"ranks\":3,\"ties\":false,"
    "\"live\":false,\"publication\":\"order\",\"no_own\":true,"
    "\"shares\":[{\"group\":\"7\",\"percent\":40},{\"percent\":60}],"
    "\"options\":[\"12\",\"7\"]}",
    "{\"v\":1,\"k\":\"poll.drop\"," HEAD ",\"poll\":\"3\"}",
    "{\"v\":1,\"k\":\"poll.open\"," HEAD ",\"poll\":\"3\",\"commitment\":\"" HASH "\"}",
    "{\"v\":1,\"k\":\"poll.close\"," HEAD ",\"poll\":\"3\"}",
    "{\"v\":1,\"k\":\"poll.reopen\"," HEAD
    ",\"poll\":\"3\",\"reason\":\"technical\",\"commitment\":\"" HASH "\"}",
    "{\"v\":1,\"k\":\"poll.publish\"," HEAD ",\"poll\":\"3\",\"seed\":\"" HASH "\"}",
    "{\"v\":1,\"k\":\"poll.publish\"," HEAD ",\"poll\":\"3\"}",
    "{\"v\":1,\"k\":\"poll.unpublish\"," HEAD ",\"poll\":\"3\"}",
    "{\"v\":1,\"k\":\"poll.seal\"," HEAD ",\"poll\":\"3\",\"ballots\":\"" HASH
    "\",\"count\":55,\"seed\":\"" HASH "\"}",
    "{\"v\":1,\"k\":\"poll.seal\"," HEAD ",\"poll\":\"3\",\"ballots\":\"" HASH
    "\",\"count\":55,\"seed\":\"" HASH "\",\"paper\":41}",
    "{\"v\":1,\"k\":\"idea.follow\"," HEAD ",\"idea\":\"12\",\"state\":\"pilot\"}",
    "{\"v\":1,\"k\":\"idea.follow\"," HEAD ",\"idea\":\"12\",\"state\":\"stopped\","
    "\"content\":" CONTENT ",\"next\":\"2027-03-01\"}",
    "{\"v\":1,\"k\":\"paper.enter\"," HEAD ",\"poll\":\"3\",\"piles\":[{\"count\":14,"
    "\"ballot\":{\"ranking\":[[\"12\"],[\"7\"]]}},"
    "{\"count\":2,\"ballot\":{\"ranking\":[]}}]}",
    "{\"v\":1,\"k\":\"paper.enter\"," HEAD ",\"poll\":\"3\",\"share\":2,\"piles\":["
    "{\"count\":2,\"ballot\":{\"ranking\":[]}}]}",
    "{\"v\":1,\"k\":\"paper.confirm\"," HEAD ",\"batch\":\"2\",\"ballots\":16}",
    "{\"v\":1,\"k\":\"paper.drop\"," HEAD ",\"batch\":\"2\"}",
    "{\"v\":1,\"k\":\"poll.annul\"," HEAD ",\"poll\":\"3\",\"reason\":\"mistake\"}",
    "{\"v\":1,\"k\":\"undo\"," HEAD ",\"pos\":17}",
    "{\"v\":1,\"k\":\"undo\"," HEAD ",\"pos\":17,\"commitment\":\"" HASH "\"}",
    "{\"v\":1,\"k\":\"cast\",\"slot\":\"" ID "\",\"id\":\"" ID
    "\",\"epoch\":1,\"counter\":1,\"ballot\":{\"ranking\":[[\"12\"],[\"7\",\"9\"]]},"
    "\"nonce\":\"" ID "\",\"lock\":\"" HASH "\"}",
    "{\"v\":1,\"k\":\"cast\",\"slot\":\"" ID "\",\"id\":\"" ID
    "\",\"epoch\":1,\"counter\":1,\"share\":2,\"ballot\":{\"ranking\":[]},"
    "\"nonce\":\"" ID "\",\"lock\":\"" HASH "\"}",
    "{\"v\":1,\"k\":\"fence\",\"open\":true}",
    "{\"v\":1,\"k\":\"idea.team\"," HEAD ",\"idea\":\"12\",\"team\":\"5\"}",
    "{\"v\":1,\"k\":\"idea.team\"," HEAD ",\"idea\":\"12\"}",
    "{\"v\":1,\"k\":\"idea.challenge\"," HEAD ",\"idea\":\"12\",\"challenge\":\"5\"}",
    "{\"v\":1,\"k\":\"idea.challenge\"," HEAD ",\"idea\":\"12\"}",
    "{\"v\":1,\"k\":\"idea.submit\"," HEAD ",\"content\":" CONTENT
    ",\"challenge\":\"5\"}",
    "{\"v\":1,\"k\":\"idea.edit\"," HEAD ",\"idea\":\"12\",\"content\":" CONTENT
    ",\"challenge\":\"0\"}",
    "{\"v\":1,\"k\":\"label.add\"," HEAD ",\"kind\":\"challenge\",\"name\":" CONTENT "}",
    "{\"v\":1,\"k\":\"label.edit\"," HEAD ",\"label\":\"5\",\"name\":" CONTENT
    ",\"challenge\":\"6\"}",
    "{\"v\":1,\"k\":\"tickets.void\"," HEAD ",\"batch\":\"2\",\"keep_held\":true}",
    "{\"v\":1,\"k\":\"label.add\"," HEAD ",\"kind\":\"group\",\"name\":" CONTENT
    ",\"ticket_only\":true}",
    "{\"v\":1,\"k\":\"label.edit\"," HEAD ",\"label\":\"5\",\"name\":" CONTENT
    ",\"ticket_only\":true}",
    "{\"v\":1,\"k\":\"agenda.set\"," HEAD
    ",\"phases\":[{\"phase\":\"1\",\"is\":\"collect\",\"minutes\":20},"
    "{\"is\":\"rank\",\"minutes\":0,\"poll\":\"3\"}]}",
    "{\"v\":1,\"k\":\"agenda.set\"," HEAD ",\"phases\":[]}",
    "{\"v\":1,\"k\":\"phase.start\"," HEAD ",\"phase\":\"2\"}",
    "{\"v\":1,\"k\":\"timer.set\"," HEAD
    ",\"start\":2,\"run\":61000,\"running\":true,\"add_ms\":300000}",
    "{\"v\":1,\"k\":\"timer.set\"," HEAD ",\"start\":2,\"run\":0,\"running\":false}",
    "{\"v\":1,\"k\":\"timer.tick\"," HEAD ",\"start\":2,\"run\":10000}",
    "{\"v\":1,\"k\":\"desk.invite\"," HEAD ",\"as\":\"auditor\",\"link\":\""
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"}",
    "{\"v\":1,\"k\":\"desk.invite\"," HEAD ",\"as\":\"helper\",\"link\":\""
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\",\"name\":" CONTENT
    "}",
    "{\"v\":1,\"k\":\"desk.sit\"," HEAD ",\"person\":\"9\"}",
    "{\"v\":1,\"k\":\"desk.revoke\"," HEAD ",\"person\":\"9\"}",
    "{\"v\":1,\"k\":\"person.ban\"," HEAD ",\"idea\":\"12\",\"banned\":true}",
    "{\"v\":1,\"k\":\"event.archive\"," HEAD ",\"on\":true}",
};

Test(entry, is_spelt_as_it_always_was)
{
    static struct seen seen;
    struct buf text;
    struct buf again;
    buf_init(&text, 1 << 16);
    buf_init(&again, 1 << 16);
    bool kinds[ENTRY_KIND_COUNT] = {false};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        buf_clear(&text);
        buf_char(&text, '[');
        buf_text(&text, spellings[i]);
        buf_char(&text, ']');
        cr_assert_eq(decode(buf_span(&text), &seen), ERR_OK, "%s", spellings[i]);
        encode(&again, &seen.last);
        cr_assert(span_equal(buf_span(&text), buf_span(&again)), "%s", spellings[i]);
        kinds[seen.last.kind] = true;
    }
    for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        cr_assert(kinds[kind], "%s", entry_kind_code((enum entry_kind)kind));
    }
    buf_fini(&text);
    buf_fini(&again);
}

Test(entry, decodes_to_the_values_it_names)
{
    static struct seen seen;
    struct buf text;
    buf_init(&text, 1 << 16);
    buf_char(&text, '[');
    buf_text(&text, spellings[18]);
    buf_char(&text, ']');
    cr_assert_eq(decode(buf_span(&text), &seen), ERR_OK);
    cr_assert_eq(seen.last.kind, ENTRY_IDEA_HIDE);
    cr_assert_eq(seen.last.actor, 7);
    cr_assert_eq(seen.last.role, ROLE_PARTICIPANT);
    cr_assert_eq(seen.last.at_ms, 1790000000000);
    cr_assert_eq(seen.last.command.bytes[15], 0xff);
    cr_assert_eq(seen.last.as.idea_act.idea, 12);
    cr_assert_eq(seen.last.as.idea_act.reason, REASON_OTHER);
    cr_assert_eq(seen.last.as.idea_act.note.hash.bytes[1], 0x11);
    buf_fini(&text);
}

/* ---- batches ---- */

#define FENCE "{\"v\":1,\"k\":\"fence\",\"open\":true}"

Test(batch, gives_its_entries_in_order)
{
    static struct seen seen;
    cr_assert_eq(
        decode_text("[" FENCE ",{\"v\":1,\"k\":\"fence\",\"open\":false}]", &seen),
        ERR_OK);
    cr_assert_eq(seen.count, 2);
    cr_assert(!seen.last.as.fence.open);
    cr_assert_eq(decode_text("[]", &seen), ERR_OK);
    cr_assert_eq(seen.count, 0);
}

Test(batch, stops_at_the_readers_error)
{
    static struct seen seen = {.stop_at = 2};
    cr_assert_eq(decode_text("[" FENCE "," FENCE "," FENCE "]", &seen), ERR_NOMEM);
    cr_assert_eq(seen.count, 2);
}

Test(batch, of_a_later_version_is_newer_not_damaged)
{
    static struct seen seen;
    cr_assert_eq(
        decode_text("[{\"v\":2,\"k\":\"fence\",\"open\":true}]", &seen), ERR_NEWER);
    cr_assert_eq(decode_text("[{\"v\":2,\"what\":[{}]}]", &seen), ERR_NEWER);
    cr_assert_eq(
        decode_text("[{\"v\":0,\"k\":\"fence\",\"open\":true}]", &seen), ERR_DAMAGED);
}

Test(batch, with_a_second_spelling_is_damaged)
{
    static const char *const bad[] = {
        "",
        "[",
        "]",
        "{}",
        "[{}]",
        "[1]",
        "[null]",
        "[" FENCE ",]",
        "[" FENCE FENCE "]",
        "[" FENCE ", " FENCE "]",
        "[" FENCE "] ",
        " [" FENCE "]",
        "[ " FENCE "]",
        "[" FENCE " ]",
        "[" FENCE "]"
        "]",
        FENCE,
        "[{\"v\":1,\"k\":\"fence\", \"open\":true}]",
        "[{\"v\":1,\"open\":true,\"k\":\"fence\"}]",
        "[{\"v\":1.0,\"k\":\"fence\",\"open\":true}]",
        "[{\"v\":1,\"k\":\"fence\",\"open\":true,\"open\":true}]",
        "[{\"v\":1,\"k\":\"fence\",\"open\":true,\"at\":0}]",
        "[{\"v\":1,\"k\":\"fence\"}]",
        "[{\"v\":1,\"k\":\"fenc\\u0065\",\"open\":true}]",
        "[{\"v\":1,\"k\":\"Fence\",\"open\":true}]",
        "[{\"v\":1,\"k\":7,\"open\":true}]",
        "[{\"k\":\"fence\",\"open\":true}]",
    };
    static struct seen seen;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_eq(decode_text(bad[i], &seen), ERR_DAMAGED, "%s", bad[i]);
    }
}

Test(batch, of_random_bytes_is_damaged)
{
    struct random random = {6};
    static struct seen seen;
    uint8_t noise[200];
    for (int round = 0; round < 5000; round++) {
        size_t n = (size_t)random_below(&random, sizeof noise);
        random_bytes(&random, noise, n);
        if (n > 0 && round % 2 == 0) {
            noise[0] = '[';
        }
        cr_assert_eq(decode(span_of(noise, n), &seen), ERR_DAMAGED);
    }
}

#include "casters.h"

#include "app/desk.h"
#include "base/bounds.h"
#include "base/hex.h"
#include "trust/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHOICES (CASTERS_IDEAS * (CASTERS_IDEAS - 1) * (CASTERS_IDEAS - 2))

static void must(enum err err, const char *what)
{
    if (err != ERR_OK) {
        die("%s: %s", what, err_code(err));
    }
}

int64_t casters_random(struct casters *casters, int64_t bound)
{
    casters->random += 0x9e3779b97f4a7c15U;
    uint64_t value = casters->random;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return (int64_t)((value ^ (value >> 31)) % (uint64_t)bound);
}

/* ---- one ballot ---- */

/* The choice-th way to rank three of the ideas. */
static void write_ballot(const struct casters *casters, uint32_t choice, struct buf *out)
{
    bool taken[CASTERS_IDEAS] = {false};
    uint32_t left = CASTERS_IDEAS;
    buf_text(out, "{\"ranking\":[");
    for (int place = 0; place < 3; place++, left--) {
        uint32_t skip = choice % left;
        uint32_t at = 0;
        choice /= left;
        while (taken[at] || skip-- > 0) {
            at++;
        }
        taken[at] = true;
        buf_printf(
            out, "%s[\"%lld\"]", place > 0 ? "," : "", (long long)casters->ideas[at]);
    }
    buf_text(out, "]}");
}

static void send_record(struct caster *caster, const struct cast_record *record)
{
    struct casters *casters = caster->casters;
    struct buf members;
    buf_init(&members, FRAME_CAST_BYTES_MAX);
    buf_printf(&members, ",\"poll\":\"%lld\"", (long long)casters->poll);
    buf_printf(&members, ",\"counter\":%u,\"ballot\":", (unsigned)record->counter);
    write_ballot(casters, record->choice, &members);
    buf_text(&members, ",\"nonce\":\"");
    buf_hex(&members, record->nonce.bytes, UID_BYTES);
    buf_text(&members, "\",\"lock\":\"");
    buf_hex(&members, record->lock.bytes, HASH_BYTES);
    buf_char(&members, '"');
    must(phone_ask_as(caster->phone, &record->id, "cast", buf_span(&members)), "cast");
    buf_fini(&members);
}

static struct cast_record *new_record(struct casters *casters)
{
    if (casters->record_count == casters->record_capacity) {
        size_t capacity =
            casters->record_capacity > 0 ? 2 * casters->record_capacity : 4096;
        casters->records = realloc(casters->records, capacity * sizeof *casters->records);
        casters->record_capacity = capacity;
        if (casters->records == NULL) {
            die("out of memory");
        }
    }
    struct cast_record *record = &casters->records[casters->record_count++];
    *record = (struct cast_record){0};
    return record;
}

static void cast(struct caster *caster)
{
    struct casters *casters = caster->casters;
    struct cast_record *record = new_record(casters);
    struct buf ballot;
    trust_random_uid(&record->id);
    trust_random_uid(&record->nonce);
    trust_random(record->lock.bytes, HASH_BYTES);
    record->caster = caster->index;
    record->counter = ++caster->counter;
    record->choice = (uint32_t)casters_random(casters, CHOICES);
    buf_init(&ballot, FRAME_CAST_BYTES_MAX);
    write_ballot(casters, record->choice, &ballot);
    trust_proof(
        casters->poll, &record->lock, &record->nonce, buf_span(&ballot), &record->proof);
    buf_fini(&ballot);
    caster->record = casters->record_count - 1;
    caster->due_ms = 0;
    casters->waiting++;
    send_record(caster, record);
}

static struct cast_record *find_record(struct caster *caster, const struct uid *id)
{
    struct casters *casters = caster->casters;
    for (size_t i = casters->record_count; i > 0; i--) {
        if (uid_equal(&casters->records[i - 1].id, id)) {
            return &casters->records[i - 1];
        }
    }
    die("an answer to a ballot that nobody cast");
}

static void on_answered(void *ctx, struct phone *phone, const struct phone_answer *answer)
{
    struct caster *caster = ctx;
    struct casters *casters = caster->casters;
    (void)phone;
    if (answer->refusal != NULL) {
        die("a ballot was refused: %s", answer->refusal);
    }
    struct cast_record *record = caster->verifying ? find_record(caster, &answer->id)
                                                   : &casters->records[caster->record];
    const cJSON *pos = cJSON_GetObjectItemCaseSensitive(answer->message, "pos");
    int64_t at = cJSON_IsNumber(pos) ? (int64_t)pos->valuedouble : 0;
    if (!uid_equal(&record->id, &answer->id) || at <= 0 ||
        !phone_proof_matches(answer->message, &record->proof)) {
        die("a receipt does not fit its ballot");
    }
    if (record->pos != 0 && record->pos != at) {
        die("a repeated ballot got another position: %lld, not %lld", (long long)at,
            (long long)record->pos);
    }
    casters->acknowledged += record->pos == 0 ? 1 : 0;
    record->pos = at;
    casters->waiting--;
    caster->due_ms = client_now_ms() + casters->gap_ms;
}

static void on_lost(void *ctx, struct phone *phone, const char *why)
{
    (void)ctx;
    (void)phone;
    die("a phone was lost: %s", why);
}

/* ---- the poll and its phones ---- */

static void make_poll(struct casters *casters, struct desk *desk)
{
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    buf_text(
        &members, ",\"question\":\"Was zuerst?\",\"lang\":\"de\",\"form\":\"ranking\","
                  "\"method\":\"ranked-pairs-wv\",\"seats\":1,\"ranks\":3,\"ties\":false,"
                  "\"live\":false,\"publication\":\"ballots\",\"options\":[");
    for (int i = 0; i < CASTERS_IDEAS; i++) {
        char idea[96];
        snprintf(
            idea, sizeof idea, ",\"title\":\"Idee %d\",\"text\":\"\",\"lang\":\"de\"", i);
        struct span title = span_of_string(idea);
        must(
            desk_make(desk, "idea.submit", title, "idea", &casters->ideas[i]), "an idea");
        buf_printf(
            &members, "%s\"%lld\"", i > 0 ? "," : "", (long long)casters->ideas[i]);
    }
    buf_char(&members, ']');
    must(
        desk_make(desk, "poll.create", buf_span(&members), "poll", &casters->poll),
        "a poll");
    must(desk_do_to(desk, "poll.open", "poll", casters->poll), "opening");
    buf_fini(&members);
}

static void seat(struct casters *casters, struct caster *caster)
{
    static const struct phone_handlers handlers = {
        .answered = on_answered, .lost = on_lost};
    struct phone_setup setup = {
        .role = "participant", .handlers = &handlers, .ctx = caster};
    char refusal[32] = "";
    enum err err = crowd_join(casters->crowd, casters->event, &setup.seat, refusal);
    if (err != ERR_OK) {
        die("joining: %s %s", err_code(err), refusal);
    }
    must(phone_new(casters->crowd, &setup, &caster->phone), "a phone");
    caster->due_ms = client_now_ms() + casters_random(casters, casters->gap_ms + 1);
}

void casters_init(
    struct casters *casters, const struct serve *serve, const struct serve_event *event,
    size_t count, uint64_t seed)
{
    struct desk *desk = NULL;
    *casters = (struct casters){.count = count, .random = seed, .gap_ms = 150};
    snprintf(casters->event, sizeof casters->event, "%s", event->code);
    must(crowd_new(serve->url, NULL, &casters->crowd), serve->url);
    crowd_set_patience(casters->crowd, 120000);
    must(desk_new(casters->crowd, "casters", event->token, &desk), "the desk");
    make_poll(casters, desk);
    desk_free(desk);
    casters->each = calloc(count, sizeof *casters->each);
    for (size_t i = 0; i < count; i++) {
        casters->each[i].casters = casters;
        casters->each[i].index = (uint32_t)i;
        seat(casters, &casters->each[i]);
    }
}

void casters_fini(struct casters *casters)
{
    crowd_free(casters->crowd);
    free(casters->each);
    free(casters->records);
}

static void cast_due(struct casters *casters)
{
    int64_t now_ms = client_now_ms();
    for (size_t i = 0; i < casters->count && !casters->resting; i++) {
        struct caster *caster = &casters->each[i];
        if (caster->due_ms != 0 && caster->due_ms <= now_ms) {
            cast(caster);
        }
    }
}

void casters_run(struct casters *casters, int64_t ms)
{
    int64_t end_ms = client_now_ms() + ms;
    casters->resting = false;
    while (client_now_ms() < end_ms) {
        cast_due(casters);
        must(crowd_run(casters->crowd, 5), "the loop");
    }
}

void casters_rest(struct casters *casters, int64_t ms_max)
{
    int64_t end_ms = client_now_ms() + ms_max;
    casters->resting = true;
    while (casters->waiting > 0) {
        if (client_now_ms() > end_ms) {
            die("%zu ballots were not acknowledged in time", casters->waiting);
        }
        must(crowd_run(casters->crowd, 20), "the loop");
    }
}

void casters_verify_repeats(struct casters *casters, size_t each_max, int64_t ms_max)
{
    size_t *asked = calloc(casters->count, sizeof *asked);
    size_t repeated = 0;
    for (size_t i = 0; i < casters->count; i++) {
        casters->each[i].verifying = true;
    }
    for (size_t i = casters->record_count; i > 0; i--) {
        const struct cast_record *record = &casters->records[i - 1];
        if (record->pos != 0 && asked[record->caster]++ < each_max) {
            casters->waiting++;
            repeated++;
            send_record(&casters->each[record->caster], record);
        }
    }
    free(asked);
    casters_rest(casters, ms_max);
    printf("%zu ballots repeated: each got its first receipt again\n", repeated);
}

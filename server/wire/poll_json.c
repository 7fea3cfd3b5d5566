#include "wire/poll_json.h"

#include "domain/publish.h"
#include "wire/content.h"
#include "wire/idea_json.h"
#include "wire/reply.h"

static void write_head(struct buf *out, const struct poll *poll, const char *state)
{
    buf_printf(out, "{\"poll\":\"%lld\",\"state\":\"%s\"", (long long)poll->id, state);
}

void poll_write_gone(struct buf *out, const struct poll *poll)
{
    write_head(out, poll, "gone");
    buf_char(out, '}');
}

/* An option's text: frozen at opening, the idea's own in a draft. */
static struct content_ref
option_content(const struct event *event, const struct poll *poll, size_t i)
{
    if (poll->state != POLL_DRAFT) {
        return poll->labels[i];
    }
    const struct idea *idea = event_idea(event, poll->spec.options[i]);
    return idea != NULL ? idea->content : (struct content_ref){.id = {{0}}};
}

static struct pictures
option_pictures(const struct event *event, const struct poll *poll, size_t i)
{
    if (poll->state != POLL_DRAFT) {
        return poll->pictures[i];
    }
    const struct idea *idea = event_idea(event, poll->spec.options[i]);
    return idea != NULL ? idea->pictures : (struct pictures){0};
}

static void write_option(
    struct buf *out, const struct event *event, const struct poll *poll, size_t i,
    const struct wire_texts *texts)
{
    struct content_ref content = option_content(event, poll, i);
    struct pictures pictures = option_pictures(event, poll, i);
    buf_printf(out, "{\"option\":\"%lld\"", (long long)poll->spec.options[i]);
    idea_write_texts(out, &content, texts);
    idea_write_pictures(out, event, &pictures);
    buf_char(out, '}');
}

static void write_options(
    struct buf *out, const struct event *event, const struct poll *poll,
    const struct wire_texts *texts)
{
    buf_text(out, ",\"options\":[");
    for (size_t i = 0; i < poll->spec.option_count; i++) {
        buf_text(out, i > 0 ? "," : "");
        write_option(out, event, poll, i, texts);
    }
    buf_char(out, ']');
}

static void write_yesno(
    struct buf *out, const struct event *event, const struct poll *poll,
    const struct wire_texts *texts)
{
    buf_printf(
        out,
        ",\"options\":[{\"option\":\"%d\",\"code\":\"yes\"},"
        "{\"option\":\"%d\",\"code\":\"no\"}]",
        OPTION_YES, OPTION_NO);
    if (poll->spec.option_count > 0) {
        buf_text(out, ",\"about\":");
        write_option(out, event, poll, 0, texts);
    }
}

static void
write_question(struct buf *out, const struct poll *poll, const struct wire_texts *texts)
{
    struct content_parts parts;
    content_find(texts, &poll->spec.question, &parts);
    buf_text(out, ",\"question\":");
    buf_bytes(out, parts.title.data, parts.title.bytes);
    buf_text(out, ",\"lang\":");
    buf_bytes(out, parts.lang.data, parts.lang.bytes);
}

/* Of an opened poll no more is promised than may be published of it, however many vote.
 */
static enum publication promised(const struct poll *poll)
{
    return poll->state == POLL_DRAFT ? poll->spec.publication
                                     : publish_level(&poll->spec, INT64_MAX);
}

static void write_shares(struct buf *out, const struct share_list *shares)
{
    for (size_t i = 0; i < shares->count; i++) {
        const struct share *share = &shares->of[i];
        buf_text(out, i == 0 ? ",\"shares\":[{" : ",{");
        if (share->group != 0) {
            buf_printf(out, "\"group\":\"%lld\",", (long long)share->group);
        }
        buf_printf(out, "\"percent\":%u}", (unsigned)share->percent);
    }
    buf_text(out, shares->count > 0 ? "]" : "");
}

/* Of each option that has any, the groups whose idea it is, that may be told. */
static void write_teams(struct buf *out, const struct poll *poll)
{
    const struct option_owner *last = NULL;
    for (size_t i = 0; i < poll->owner_count; i++) {
        const struct option_owner *owner = &poll->owners[i];
        if (owner->group == 0 || !owner->told) {
            continue;
        }
        if (last != NULL && last->option == owner->option) {
            buf_char(out, ',');
        } else {
            buf_text(out, last == NULL ? ",\"teams\":{" : "],");
            buf_printf(out, "\"%lld\":[", (long long)poll->spec.options[owner->option]);
        }
        buf_printf(out, "\"%lld\"", (long long)owner->group);
        last = owner;
    }
    buf_text(out, last != NULL ? "]}" : "");
}

static void write_rules(struct buf *out, const struct poll *poll)
{
    const struct poll_spec *spec = &poll->spec;
    reply_string(out, "form", ballot_form_name(spec->form));
    reply_string(out, "method", spec->method);
    reply_int(out, "seats", spec->seats);
    reply_int(out, "ranks", spec->ranks_max);
    if (spec->form == BALLOT_DOTS) {
        reply_int(out, "dots", spec->dots);
    }
    reply_bool(out, "ties", spec->ties_allowed);
    reply_bool(out, "live", spec->live && promised(poll) == PUBLISH_BALLOTS);
    reply_string(out, "publication", publication_name(promised(poll)));
    write_shares(out, &spec->shares);
    if (spec->no_own) {
        reply_bool(out, "no_own", true);
        write_teams(out, poll);
    }
    if (spec->no_late) {
        reply_bool(out, "no_late", true);
        if (poll->last_person > 0) {
            reply_id(out, "last_person", poll->last_person);
        }
    }
}

static void write_hash(struct buf *out, const char *key, const struct hash *hash)
{
    static const struct hash zero;
    if (memcmp(hash, &zero, sizeof zero) != 0) {
        reply_hash(out, key, hash);
    }
}

void poll_write(
    struct buf *out, const struct event *event, const struct poll *poll,
    const struct wire_texts *texts)
{
    write_head(out, poll, poll_state_name(poll->state));
    buf_text(out, ",\"uid\":\"");
    buf_hex(out, poll->uid.bytes, sizeof poll->uid.bytes);
    buf_char(out, '"');
    reply_bool(out, "published", poll->published);
    if (poll->published) {
        reply_int(out, "published_pos", poll->published_pos);
    }
    reply_bool(out, "annulled", poll->annulled);
    if (poll->reason != REASON_NONE) {
        reply_string(out, "reason", reason_code(poll->reason));
    }
    write_question(out, poll, texts);
    write_rules(out, poll);
    reply_int(out, "reopened", poll->reopened);
    if (poll->undone > 0) {
        reply_int(out, "undone", poll->undone);
    }
    bool over = poll->state == POLL_CLOSED || poll->state == POLL_SEALED;
    if (over || (poll->state == POLL_OPEN && poll->spec.no_late)) {
        reply_int(out, "people", poll->people);
    }
    if (over && poll->paper > 0) {
        reply_int(out, "paper", poll->paper);
    }
    write_hash(out, "commitment", &poll->commitment);
    write_hash(out, "sealed", &poll->sealed_hash);
    if (poll->published) {
        write_hash(out, "seed", &poll->seed);
    }
    if (poll->spec.form == BALLOT_YESNO) {
        write_yesno(out, event, poll, texts);
    } else {
        write_options(out, event, poll, texts);
    }
    buf_char(out, '}');
}

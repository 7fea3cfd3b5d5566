/* polls.csv: every poll that was ever opened, with its rules and its life. `publication`
 * is what was promised, `level` what holds for so many ballots. */
#include "domain/publish.h"
#include "export/columns.h"
#include "export/option_names.h"
#include "export/tables.h"

/* How many there are, which, and what a yes/no poll is about. */
static void write_options(struct csv *csv, const struct poll *poll)
{
    bool yesno = poll->spec.form == BALLOT_YESNO;
    size_t count = yesno ? 2 : poll->spec.option_count;
    struct buf ids;
    buf_init(&ids, (size_t)OPTIONS_MAX * 24);
    for (size_t i = 0; i < count; i++) {
        if (i != 0) {
            buf_char(&ids, ' ');
        }
        buf_int(&ids, option_names_id(poll, i));
    }
    csv_int(csv, (int64_t)count);
    csv_word(csv, ids.bytes != 0 ? (const char *)ids.data : "");
    csv_positive(csv, yesno && poll->spec.option_count != 0 ? poll->spec.options[0] : 0);
    buf_fail_with(csv->out, &ids);
    buf_fini(&ids);
}

/* "7:50 rest:50": a group and its per cent. */
static void write_shares(struct csv *csv, const struct share_list *shares)
{
    struct buf text;
    buf_init(&text, (size_t)SHARES_MAX * 32);
    for (size_t i = 0; i < shares->count; i++) {
        const struct share *share = &shares->of[i];
        buf_text(&text, i > 0 ? " " : "");
        if (share->group != 0) {
            buf_int(&text, share->group);
        } else {
            buf_text(&text, "rest");
        }
        buf_printf(&text, ":%u", (unsigned)share->percent);
    }
    csv_word(csv, text.bytes != 0 ? (const char *)text.data : "");
    buf_fail_with(csv->out, &text);
    buf_fini(&text);
}

static void write_rules(struct csv *csv, const struct poll *poll)
{
    const struct poll_spec *spec = &poll->spec;
    csv_word(csv, ballot_form_name(spec->form));
    csv_word(csv, spec->method);
    csv_int(csv, spec->seats);
    csv_positive(csv, spec->form == BALLOT_RANKING ? spec->ranks_max : 0);
    csv_positive(csv, spec->dots);
    csv_flag(csv, spec->ties_allowed);
    csv_flag(csv, spec->live);
    csv_word(csv, publication_name(spec->publication));
    csv_word(csv, publication_name(publish_poll_level(poll)));
    write_shares(csv, &spec->shares);
    csv_flag(csv, spec->no_own);
    csv_flag(csv, spec->no_late);
    write_options(csv, poll);
}

static void
write_life(struct csv *csv, const struct scope *scope, const struct poll *poll)
{
    static const struct hash unknown;
    bool seed = poll->published || scope->options->auditor;
    csv_word(csv, poll_state_name(poll->state));
    csv_flag(csv, poll->published);
    csv_flag(csv, poll->annulled);
    csv_int(csv, poll->reopened);
    csv_word(csv, poll->reason != REASON_NONE ? reason_code(poll->reason) : "");
    csv_int(csv, poll->undone);
    csv_hash(csv, &poll->commitment);
    csv_hash(csv, seed ? &poll->seed : &unknown);
    csv_time(csv, poll->opened_at_ms);
    csv_time(csv, poll->closed_at_ms);
}

static void
write_turnout(struct csv *csv, const struct scope *scope, const struct poll *poll)
{
    csv_int(csv, scope_joined(scope, poll));
    csv_int(csv, poll->voted);
    csv_int(csv, poll->paper);
    if (scope_shows_blank(scope, poll)) {
        csv_int(csv, poll_blank(poll));
    } else {
        csv_empty(csv);
    }
}

enum err table_polls(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_POLLS);
    for (size_t i = 0; i < scope->event->poll_count; i++) {
        const struct poll *poll = scope->event->polls[i];
        if (!scope_has_poll(poll)) {
            continue;
        }
        struct export_text text = scope_text(scope, &poll->spec.question);
        csv_int(&csv, poll->id);
        csv_text(&csv, text.title[0] != '\0' ? text.title : text.text);
        csv_text(&csv, text.lang);
        write_rules(&csv, poll);
        write_life(&csv, scope, poll);
        write_turnout(&csv, scope, poll);
        csv_end_row(&csv);
    }
    return ERR_OK;
}

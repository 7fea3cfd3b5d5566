/* What the stories (story_*.c) share: one story answers one kind of request. */
#ifndef APP_STORY_H
#define APP_STORY_H

#include "app/server.h"

/* Where an answer goes: whoever asked may be gone by then. */
struct reply {
    struct server *server;
    struct net_conn conn;
    struct uid id;
    struct event *event;
    const char
        *made_key;    /* "idea", "poll", "label": what outcome.id names; NULL: nothing */
    bool quiet;       /* authors hear nothing of it, see story_is_quiet */
    struct uid photo; /* staged until the idea has it; zero: none */
};

/* Does such an act change ideas in nothing that their authors are shown, or are to hear
 * of? A nickname stands in `me`, teams are the desk's, and who is put out hears that
 * alone. (What is reported or found fine changes no idea.) */
bool story_is_quiet(enum entry_kind kind);

/* For what a visitor asked to enter. NULL: no memory, and the asker was told. */
struct reply *reply_new(
    struct server *server, const struct visitor *visitor, const struct entry *entry);

void reply_refused(
    struct server *server, struct net_conn conn, const struct uid *id, enum err err,
    int64_t retry_ms, const struct wire_fault *fault);
void reply_text(struct server *server, struct net_conn conn, struct buf *text);
/* Done, with nothing in the log: at position 0. */
void reply_done(struct server *server, struct net_conn conn, const struct uid *id);

/* A hall_done: answers done or refused, tells authors, frees the reply. */
void reply_outcome(void *ctx, const struct outcome *outcome);

/* Submits what a request has become, with its docs, and answers it with the outcome.
 * `made_key` as in struct reply. */
void story_submit(
    struct server *server, struct visitor *visitor, struct entry *entry,
    struct hall_docs docs, const char *made_key);

/* The entry that a visitor's request makes, without its body. */
struct entry story_entry(
    enum entry_kind kind, const struct visitor *visitor, const struct uid *command);

/* What an entry's content is while it is only checked: there is one. */
static const struct content_ref story_some_content = {.id = {{1}}};

/* Answers at once if the entry is a repeat or would be refused, before any text is kept
 * for it; false: go on. */
bool story_settled(
    struct server *server, const struct visitor *visitor, const struct entry *entry,
    const char *made_key);

/* story_seen.c: has whoever asks seen the last change of what they act on, or is it done
 * already? Where `request->seen` says nothing, they have. */
bool story_is_seen(const struct visitor *visitor, const struct request *request);

typedef void
story_fn(struct server *server, struct visitor *visitor, const struct request *request);

story_fn story_hello;
story_fn story_ping;
story_fn story_cast;
story_fn story_begin;
story_fn story_idea_text;
story_fn story_idea_act;
story_fn story_call;
story_fn story_settings;
story_fn story_words;
story_fn story_wifi;
story_fn story_nick;
story_fn story_label;
story_fn story_tag_idea;
story_fn story_team;
story_fn story_challenge;
story_fn story_follow;
story_fn story_group;
story_fn story_agenda;
story_fn story_phase;
story_fn story_timer;
story_fn story_desk;
story_fn story_ban;
story_fn story_poll_text;
story_fn story_poll_act;
story_fn story_countdown;

/* story_rehearsal.c */
story_fn story_rehearse;
story_fn story_rehearse_stop;
story_fn story_find_ticket;
story_fn story_void_ticket;
story_fn story_replace_ticket;
story_fn story_issue_tickets;
story_fn story_void_batch;
story_fn story_paper_batch;
story_fn story_paper_act;
story_fn story_undo_act;
story_fn story_support;

#endif

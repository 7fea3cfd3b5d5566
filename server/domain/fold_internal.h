/* What the stories of the fold share. Only the files of the fold include it. */
#ifndef DOMAIN_FOLD_INTERNAL_H
#define DOMAIN_FOLD_INTERNAL_H

#include "domain/fold.h"
#include "domain/undo.h"

/* One kind of history entry. `check` says whether it would be accepted and changes
 * nothing; role, actor and repeats are settled before. `apply` is called only after a
 * check that was ERR_OK, with event->pos already the entry's own; it fills the outcome's
 * id and epoch, and fails only for want of memory, with nothing changed. */
struct story {
    enum err (*check)(const struct event *event, const struct entry *entry);
    enum err (*apply)(
        struct event *event, const struct entry *entry, struct outcome *ret_outcome);
};

/* fold_people.c */
extern const struct story story_event_create;
extern const struct story story_event_call;
extern const struct story story_event_restore;
extern const struct story story_event_archive;
/* fold_archive.c: ERR_ARCHIVED for what an archived event takes no more. */
MUST_CHECK enum err archive_check(const struct event *event, const struct entry *entry);
extern const struct story story_person_join;

/* fold_ticket.c */
extern const struct story story_tickets_issue;
extern const struct story story_ticket_redeem;
extern const struct story story_ticket_void;
extern const struct story story_tickets_void;
extern const struct story story_ticket_replace;

/* fold_ticket.c: every ticket that the entry at this position voided is valid again. */
/* A result of the poll is shown. Too little other paper than last time has no numbers:
 * then what was shown before is what can be compared. */
void paper_note_shown(struct poll *poll);
void tickets_unvoid(struct event *event, int64_t pos);
/* One of them that was replaced since; NULL: none was. */
const struct ticket *tickets_find_replaced(const struct event *event, int64_t pos);
/* Does a ticket that may still be redeemed put people into this group? */
bool tickets_lead_to(const struct event *event, int64_t group);

/* fold_people.c: adds one; the outcome names it. ERR_NOMEM: unchanged. */
MUST_CHECK enum err participant_add(
    struct event *event, const struct participant *added, struct outcome *ret_outcome);

/* fold_ban.c */
extern const struct story story_person_ban;
/* Whom a ban is about that names this idea, which there is. */
struct participant *ban_person(const struct event *event, int64_t idea);
/* An act on somebody's ban is undone: they are in or out as before it, and what it hid of
 * theirs waits again. */
void ban_put_back(struct event *event, const struct act *act);
/* One of the ideas hidden at this position that something happened to since; NULL. */
const struct idea *ban_find_touched(const struct event *event, int64_t pos);

/* fold_desk.c */
extern const struct story story_desk_invite;
extern const struct story story_desk_sit;
extern const struct story story_desk_revoke;
/* Room for one more place, ERR_NOMEM, and the place itself. */
MUST_CHECK enum err desk_reserve(struct event *event);
void desk_add(struct event *event, const struct desk_place *place);

/* fold_settings.c */
extern const struct story story_event_set;
extern const struct story story_event_words;
extern const struct story story_event_wifi;
extern const struct story story_person_nick;

/* fold_agenda.c */
extern const struct story story_agenda_set;
extern const struct story story_phase_start;
extern const struct story story_timer_set;
extern const struct story story_timer_tick;

/* fold_idea.c */
extern const struct story story_idea_submit;
extern const struct story story_idea_edit;
extern const struct story story_idea_withdraw;
extern const struct story story_idea_release;
extern const struct story story_idea_hide;
extern const struct story story_idea_merge;
extern const struct story story_idea_split;

/* fold_follow.c */
extern const struct story story_idea_follow;

/* fold_report.c */
extern const struct story story_idea_report;
extern const struct story story_idea_clear;
/* Somebody at the desk has looked at what was reported, and it may stay. */
void reports_settle(struct event *event, struct idea *idea);
/* After an act of this kind was undone: what it had settled is open again, beside what
 * was reported since. */
void reports_put_back(struct idea *idea, const struct idea *now, const struct act *act);

/* fold_support.c */
extern const struct story story_idea_support;
/* After the idea was merged into what it names now, or split from `into`. */
void support_merged(struct event *event, struct idea *idea);
void support_split(struct event *event, struct idea *idea, int64_t into);
/* After an act on the idea was undone that left it as `now`: who supports it stays so. */
void support_put_back(struct event *event, struct idea *idea, const struct idea *now);

/* label_order.c */
extern const struct story story_label_move;
/* The place of a label that is made now. */
size_t label_last_place(const struct event *event, enum label_kind kind);
/* Gives it that place; those in between close the gap that it leaves. */
void label_put(struct event *event, struct label *label, size_t place);

/* fold_label.c */
extern const struct story story_label_add;
extern const struct story story_label_edit;
extern const struct story story_label_drop;
extern const struct story story_idea_tag;
extern const struct story story_idea_team;
extern const struct story story_person_group;

/* fold_poll.c */
extern const struct story story_poll_create;
extern const struct story story_poll_edit;
extern const struct story story_poll_drop;
extern const struct story story_poll_open;
extern const struct story story_poll_close;
extern const struct story story_poll_reopen;
extern const struct story story_poll_publish;
extern const struct story story_poll_unpublish;
extern const struct story story_poll_seal;
extern const struct story story_poll_annul;

/* fold_paper.c */
extern const struct story story_paper_enter;
extern const struct story story_paper_confirm;
extern const struct story story_paper_drop;

/* fold_undo.c */
extern const struct story story_undo;

/* undo.c: room for one more act. ERR_NOMEM. */
MUST_CHECK enum err acts_reserve(struct event *event, const struct entry *entry);
/* What is there before a history entry is applied: fills `before`. */
void act_look(const struct event *event, const struct entry *entry, struct act *ret_act);
/* After it: its thing was touched, and a moderator's act is kept. Room was reserved. */
void act_keep(
    struct event *event, const struct entry *entry, const struct outcome *outcome,
    const struct act *act);

/* fold_label.c: has it this tag, also a dropped one? */
bool idea_has_tag(const struct idea *idea, int64_t label);

/* Ideas with this tag or challenge are seen anew. */
void label_touch_ideas(struct event *event, int64_t label);

/* fold_challenge.c */
extern const struct story story_idea_challenge;
/* May an entry name this challenge? UNKNOWN_LABEL. 0: none; one that was dropped is no
 * error, see tags_check. */
MUST_CHECK enum err challenge_check(const struct event *event, int64_t challenge);
/* What an entry says becomes the idea's, if it says anything; not one that was dropped.
 */
void challenge_put(
    const struct event *event, const struct challenge_change *change, struct idea *idea);
/* After a merge into this idea, its end, or a change of its challenge: what it and the
 * ideas it was merged into inherit. 0: no idea. */
void challenge_settle(struct event *event, int64_t idea);
/* Does any idea or group have this challenge? */
bool challenge_is_used(const struct event *event, int64_t challenge);

/* fold_label.c: is the group in a share of a poll that is or was voted on? */
bool group_decides(const struct event *event, int64_t group);
/* Is somebody in the group whose ticket did not put them there? */
bool group_was_chosen(const struct event *event, int64_t group);

/* fold_own.c: whose the poll's options are, frozen; nothing where everybody may mark
 * everything. ERR_NOMEM: unchanged. */
MUST_CHECK enum err poll_freeze_owners(const struct event *event, struct poll *poll);
void poll_forget_owners(struct poll *poll);

/* fold_idea.c: an idea comes into this state. */
void idea_move(struct event *event, struct idea *idea, enum idea_state state);

/* fold_settings.c: nicknames come or go beside ideas. */
void settings_put(struct event *event, const struct event_settings *settings);

/* REASON_NEEDED for none, BAD_VALUE for one there is not. */
MUST_CHECK enum err reason_check(enum reason reason);

/* fold_picture.c: is there room for what an entry brings to an idea (NULL: a new one)?
 * ERR_TOO_MANY. */
MUST_CHECK enum err pictures_check(
    const struct event *event, const struct entry *entry, const struct idea *idea);
/* Adds what the entry brings for `idea`. `*pictures`: which the idea had, and then has.
 * ERR_NOMEM: unchanged. */
MUST_CHECK enum err pictures_add(
    struct event *event, const struct entry *entry, int64_t idea,
    struct pictures *pictures);

/* fold_label.c: may somebody in this role give an idea these tags? TOO_MANY, BAD_VALUE (a
 * tag twice), UNKNOWN_LABEL. One that was dropped is no error: it may have been there
 * when it was chosen. */
MUST_CHECK enum err
tags_check(const struct event *event, const struct tag_list *tags, enum role role);

/* What tags_check let pass becomes the idea's; nothing changes where no tags are given.
 */
void tags_put(const struct event *event, const struct tag_list *tags, struct idea *idea);

/* fold_paper.c: may this act on a batch be undone now? SEALED, ANNULLED, PUBLISHED. */
MUST_CHECK enum err paper_check_undo(const struct event *event, const struct act *act);
/* The batch is again what it was; what was entered is dropped. */
void paper_put_back(struct event *event, const struct act *act);

/* spec.c: may this be a poll of the event now? */
MUST_CHECK enum err spec_check(const struct event *event, const struct poll_spec *spec);

/* spec.c: is this the number of a share, or 0 where the poll has none? */
bool share_fits(const struct poll_spec *spec, uint16_t share);

/* ballot.c: the poll's rules for one ballot (see poll_check_cast). ret_marks gets the
 * ballot's marks in canonical order. */
MUST_CHECK enum err ballot_to_marks(
    const struct poll_spec *spec, const struct ballot *ballot,
    struct kept_mark ret_marks[OPTIONS_MAX]);

#endif

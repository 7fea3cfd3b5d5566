/* Every kind of log entry. An entry is a fact as data: whatever was decided outside the
 * core (time, randomness, who asked) stands in it. No free text and no names: texts are
 * content, kept beside the log under an id, with a salted hash here. */
#ifndef DOMAIN_ENTRY_H
#define DOMAIN_ENTRY_H

#include "base/bounds.h"
#include "base/err.h"
#include "base/uid.h"
#include "domain/agenda.h"
#include "domain/ballot.h"
#include "domain/follow.h"
#include "picture/picture.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(NAME, code): codes are the log's spelling; never change one. The first block stands
 * in an event's history (lane 0), the second in a poll's ballot lane. */
#define ENTRY_KINDS(X)                                                                   \
    X(EVENT_CREATE, "event.create")                                                      \
    X(EVENT_CALL, "event.call")                                                          \
    X(EVENT_SET, "event.set")                                                            \
    X(EVENT_WORDS, "event.words")                                                        \
    X(EVENT_WIFI, "event.wifi")                                                          \
    X(EVENT_RESTORE, "event.restore")                                                    \
    X(EVENT_ARCHIVE, "event.archive")                                                    \
    X(AGENDA_SET, "agenda.set")                                                          \
    X(PHASE_START, "phase.start")                                                        \
    X(TIMER_SET, "timer.set")                                                            \
    X(TIMER_TICK, "timer.tick")                                                          \
    X(PERSON_JOIN, "person.join")                                                        \
    X(PERSON_NICK, "person.nick")                                                        \
    X(PERSON_GROUP, "person.group")                                                      \
    X(PERSON_BAN, "person.ban")                                                          \
    X(DESK_INVITE, "desk.invite")                                                        \
    X(DESK_SIT, "desk.sit")                                                              \
    X(DESK_REVOKE, "desk.revoke")                                                        \
    X(TICKETS_ISSUE, "tickets.issue")                                                    \
    X(TICKET_REDEEM, "ticket.redeem")                                                    \
    X(TICKET_VOID, "ticket.void")                                                        \
    X(TICKETS_VOID, "tickets.void")                                                      \
    X(TICKET_REPLACE, "ticket.replace")                                                  \
    X(IDEA_SUBMIT, "idea.submit")                                                        \
    X(IDEA_EDIT, "idea.edit")                                                            \
    X(IDEA_WITHDRAW, "idea.withdraw")                                                    \
    X(IDEA_RELEASE, "idea.release")                                                      \
    X(IDEA_HIDE, "idea.hide")                                                            \
    X(IDEA_MERGE, "idea.merge")                                                          \
    X(IDEA_SPLIT, "idea.split")                                                          \
    X(IDEA_TAG, "idea.tag")                                                              \
    X(IDEA_TEAM, "idea.team")                                                            \
    X(IDEA_CHALLENGE, "idea.challenge")                                                  \
    X(IDEA_FOLLOW, "idea.follow")                                                        \
    X(IDEA_REPORT, "idea.report")                                                        \
    X(IDEA_CLEAR, "idea.clear")                                                          \
    X(IDEA_SUPPORT, "idea.support")                                                      \
    X(LABEL_ADD, "label.add")                                                            \
    X(LABEL_EDIT, "label.edit")                                                          \
    X(LABEL_DROP, "label.drop")                                                          \
    X(LABEL_MOVE, "label.move")                                                          \
    X(POLL_CREATE, "poll.create")                                                        \
    X(POLL_EDIT, "poll.edit")                                                            \
    X(POLL_DROP, "poll.drop")                                                            \
    X(POLL_OPEN, "poll.open")                                                            \
    X(POLL_CLOSE, "poll.close")                                                          \
    X(POLL_REOPEN, "poll.reopen")                                                        \
    X(POLL_PUBLISH, "poll.publish")                                                      \
    X(POLL_UNPUBLISH, "poll.unpublish")                                                  \
    X(POLL_SEAL, "poll.seal")                                                            \
    X(POLL_ANNUL, "poll.annul")                                                          \
    X(PAPER_ENTER, "paper.enter")                                                        \
    X(PAPER_CONFIRM, "paper.confirm")                                                    \
    X(PAPER_DROP, "paper.drop")                                                          \
    X(UNDO, "undo")                                                                      \
    X(CAST, "cast")                                                                      \
    X(FENCE, "fence")

enum entry_kind {

#define X(name, code) ENTRY_##name,
    ENTRY_KINDS(X)
#undef X
        ENTRY_KIND_COUNT
};

/* Seats in the store have the numbers: only add. */
enum role {
    ROLE_NONE,
    ROLE_PARTICIPANT,
    ROLE_MODERATOR,
    ROLE_STAGE,
    ROLE_OFFICE,
    ROLE_OWNER,
    ROLE_HELPER,
    ROLE_AUDITOR,
    ROLE_COUNT
};

enum join_mode { JOIN_OPEN, JOIN_TICKET, JOIN_MODE_COUNT };

enum publication {
    PUBLISH_ORDER,      /* who came first, second, third … */
    PUBLISH_STATISTICS, /* also counts, rounds, pairwise matrix */
    PUBLISH_BALLOTS,    /* also the ballots, so that anyone can recount */
    PUBLICATION_COUNT
};

/* A label has a name: people are in a group, ideas have tags, and answer one challenge.
 */
enum label_kind { LABEL_GROUP, LABEL_TAG, LABEL_CHALLENGE, LABEL_KIND_COUNT };

/* Why a moderator hid an idea, reopened or annulled a poll; why somebody reported an
 * idea. */
enum reason {
    REASON_NONE,
    REASON_DUPLICATE,
    REASON_OFF_TOPIC,
    REASON_OFFENSIVE,
    REASON_PERSONAL_DATA,
    REASON_ASKED_BY_AUTHOR,
    REASON_MISTAKE,
    REASON_TECHNICAL,
    REASON_OTHER,
    REASON_COUNT
};

struct content_ref {
    struct uid id;    /* zero: no content */
    struct hash hash; /* SHA-256(salt ‖ text) */
};

/* A picture of an idea: kept beside the log as texts are. */
enum picture_kind { PICTURE_NONE, PICTURE_DRAWING, PICTURE_PHOTO };

struct picture {
    enum picture_kind kind;
    struct content_ref ref;
    struct photo photo; /* of a photo: what its file is */
};

/* What an entry says of an idea's drawing, or of its photo. */
struct picture_change {
    bool given;             /* false: nothing, it stays as it is */
    struct picture picture; /* of kind none: there shall be none */
};

/* May people say that they are for an idea, and who sees how many are? Whoever is at the
 * desk does; numbers on phones make people follow each other. */
enum support { SUPPORT_OFF, SUPPORT_HIDDEN, SUPPORT_SHOWN, SUPPORT_COUNT };

/* How an event is for its people. */
struct event_settings {
    bool youth;     /* for the young: larger, pictures first, two ideas at a time first */
    bool nicknames; /* people have nicknames, which stand beside their ideas */
    enum support support;
};

/* The hall's Wi-Fi: its content's title is the name, its text the password. */
struct event_wifi {
    struct content_ref content; /* zero: none */
    bool shown;                 /* on the wall */
};

/* A nickname is two words of the public lists, so that nobody can write a real name: what
 * stands in the log are their numbers, and each screen says them in its own language. */
struct nickname {
    uint16_t first, second; /* 1 … NICKNAME_WORDS each; 0: no nickname */
};

/* The tags of an idea, distinct. */
struct tag_list {
    bool given; /* false: none are named; an idea that is edited keeps its tags */
    uint16_t count;
    int64_t labels[IDEA_TAGS_MAX];
};

/* What an entry says of the challenge that an idea answers. */
struct challenge_change {
    bool given;    /* false: nothing; an idea that is edited keeps its own */
    int64_t label; /* 0: none */
};

/* A group of people whose ballots together decide so much of a poll's result. */
struct share {
    int64_t group;    /* 0: everybody who is in none of the other shares' groups */
    uint16_t percent; /* 1 … 100 */
};

/* None: every ballot counts alike. Else a ballot carries its share's number, from 1. */
struct share_list {
    uint16_t count;
    struct share of[SHARES_MAX]; /* 100 per cent together */
};

#define METHOD_BYTES_MAX 32
#define EVENT_CODE_BYTES 6 /* five symbols and the check symbol */

struct poll_spec {
    struct content_ref question;
    enum ballot_form form;
    char method[METHOD_BYTES_MAX]; /* a name of libtally's table */
    uint16_t seats;                /* 1 … option_count */
    uint16_t ranks_max; /* rankings: 1 … OPTIONS_MAX places; ties may put several
                           options in one; a ranking may be shorter */
    uint16_t dots;      /* of form dots: 1 … DOTS_MAX each person has; else 0 */
    bool ties_allowed;
    bool live; /* results while open, by the rule in bounds.h; needs PUBLISH_BALLOTS */
    enum publication publication;
    bool no_own;  /* nobody marks an idea of their own, or of their team */
    bool no_late; /* nobody votes who came to the event after it was opened */
    struct share_list shares;
    uint16_t option_count;
    int64_t options[OPTIONS_MAX]; /* ids of published ideas, distinct; yes/no: at most
                                     one, the proposal voted on */
};

/* Ballots that were on paper, or hands that were counted: equal ones are on one pile. */
struct pile {
    uint16_t count; /* 1 … PAPER_COUNT_MAX */
    uint16_t mark_count;
};

struct paper {
    enum ballot_form form;
    uint16_t pile_count;
    uint16_t mark_count;
    struct pile piles[PAPER_PILES_MAX];
    struct mark marks[PAPER_MARKS_MAX]; /* of one pile after the other */
};

struct entry {
    enum entry_kind kind;
    struct uid
        command;    /* the command's id, made by its sender; a repeat finds its outcome */
    int64_t actor;  /* participant id; 0: the office, or nobody (ballot lanes) */
    enum role role; /* in which role the actor acted */
    int64_t at_ms;  /* UTC, since 1970; 0 in ballot lanes: order there is enough */

    union {
        struct {
            char code[EVENT_CODE_BYTES + 1];
            enum join_mode mode;
            uint16_t lang_count;
            char langs[LANGS_MAX][LANG_BYTES_MAX];
            struct content_ref title;
            struct event_settings settings;
            bool rehearsal; /* see struct event */
        } event_create;

        struct event_settings event_set;
        struct content_ref event_words; /* zero: none any more */
        struct event_wifi event_wifi;

        struct {
            bool open;
        } event_call;

        /* Drawn, below RESTORE_LEAP: keeps two restorings from the same backup apart,
         * whatever the time; 0 in older logs. */
        struct {
            int64_t apart;
        } event_restore;

        struct {
            bool on; /* false: taken back */
        } event_archive;

        struct agenda agenda_set;

        struct {
            int64_t phase;
        } phase_start;

        struct {
            int64_t start;  /* of which start of a phase: 1 for the event's first */
            int64_t run_ms; /* has run since that start, pauses left out */
            int64_t add_ms; /* timer.set: so much more time */
            bool running;   /* timer.set */
        } timer;            /* timer.set, timer.tick */

        struct {
            enum role role;
        } person_join;

        struct {
            int64_t person;          /* desk.sit, desk.revoke */
            enum role role;          /* desk.invite: of the desk */
            struct hash link;        /* desk.invite: SHA-256 of the link's token */
            struct content_ref name; /* desk.invite: who it is for; zero: not said */
        } desk;                      /* desk.invite, desk.sit, desk.revoke */

        struct nickname person_nick;

        struct {
            int64_t group;
        } person_group;

        struct {
            int64_t idea; /* whose author it is about */
            bool banned;  /* false: they are let in again */
        } person_ban;

        struct {
            int64_t label;           /* 0 for label.add */
            enum label_kind kind;    /* label.add */
            struct content_ref name; /* label.add, label.edit */
            bool ticket_only;  /* likewise: nobody chooses the group, tickets give it */
            int64_t challenge; /* likewise: that the group works on; 0: none */
            int64_t before;    /* label.move: the one it goes before; 0: it is last */
        } label;               /* label.add, label.edit, label.drop, label.move */

        struct {
            int64_t count;
            int64_t group; /* that whoever redeems one is in; 0: none */
        } tickets_issue;

        struct {
            int64_t batch;  /* each issue makes one; from 1 */
            bool keep_held; /* replacements of somebody's tickets stay good; false only in
                               older logs */
        } tickets_void;

        struct {
            int64_t ticket; /* its number in the event, from 1 */
        } ticket;           /* ticket.redeem, ticket.void, ticket.replace */

        struct {
            int64_t idea; /* 0 for idea.submit */
            struct content_ref content;
            struct tag_list tags;
            struct challenge_change challenge;
            struct picture_change drawing;
            struct picture_change photo;
        } idea_text; /* idea.submit, idea.edit */

        struct {
            int64_t idea;
            int64_t into; /* idea.merge */
            int64_t seen; /* idea.release: the position of what was read; 0: not told */
            enum reason reason; /* idea.hide, idea.report */
            struct content_ref note;
        } idea_act; /* idea.withdraw, release, hide, merge, split, report, clear */

        struct {
            int64_t idea;
            bool on; /* false: taken back */
        } idea_support;

        struct {
            int64_t idea;
            struct tag_list tags;
        } idea_tag;

        struct {
            int64_t idea;
            int64_t group; /* whose idea it is; 0: its author's group's again */
        } idea_team;

        struct {
            int64_t idea;
            int64_t challenge; /* 0: none of its own */
        } idea_challenge;

        struct {
            int64_t idea;
            enum follow_state state;
            struct content_ref content; /* department and words; zero: neither */
            struct day next;            /* when there will be news; none: not said */
        } idea_follow;

        struct {
            int64_t poll; /* 0 for poll.create */
            struct poll_spec spec;
        } poll_text; /* poll.create, poll.edit */

        struct {
            int64_t poll;
            enum reason reason;     /* poll.reopen, poll.annul */
            struct hash commitment; /* poll.open, poll.reopen: SHA-256(seed ‖ poll id) */
            struct hash seed;       /* poll.publish, poll.seal: opens the commitment */
            struct hash ballots;    /* poll.seal: SHA-256 of the sealed list */
            int64_t ballot_count;   /* poll.seal: ballots in the list */
            int64_t paper_pos;      /* poll.seal: of the last act on paper that the list
                                       knows; 0: there was none */
        } poll_act; /* poll.drop, open, close, reopen, publish, unpublish, seal, annul */

        struct {
            int64_t poll;
            uint16_t share; /* whose ballots they are; 0: the poll has no shares */
            struct paper paper;
        } paper_enter;

        struct {
            int64_t batch;
            int64_t ballots; /* paper.confirm: how many the second person counted */
        } paper_act;         /* paper.confirm, paper.drop */

        struct {
            int64_t pos;            /* the event's position at the act that is undone */
            struct hash commitment; /* where voting begins again: as in poll.reopen */
        } undo;
        struct cast cast;

        struct {
            bool open;
        } fence;
    } as;
};

const char *entry_kind_code(enum entry_kind kind);
const char *role_name(enum role role);
const char *join_mode_name(enum join_mode mode);
const char *publication_name(enum publication publication);
const char *reason_code(enum reason reason);
const char *label_kind_name(enum label_kind kind);
const char *support_name(enum support support);

/* The most points that a ballot can give one option: SCORE_MAX, or all its dots; 0 in a
 * form without points. */
uint16_t spec_points_max(const struct poll_spec *spec);

#endif

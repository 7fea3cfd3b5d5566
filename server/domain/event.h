/* The state of one event: what the fold makes of its log. Read it freely; only fold.c
 * writes it. */
#ifndef DOMAIN_EVENT_H
#define DOMAIN_EVENT_H

#include "base/map.h"
#include "domain/entry.h"

/* Somebody was put out of the event by a moderator. */
struct ban {
    int64_t pos;  /* the event's position at the entry; 0: they are in */
    int64_t idea; /* of theirs, by which they were named */
    int64_t by;   /* who did it */
    int64_t at_ms;
};

struct participant {
    int64_t id;     /* from 1, in order of joining */
    enum role role; /* none once the place at the desk was revoked */
    uint32_t epoch; /* grows when the ticket moves to another phone; ballots carry it */
    int64_t ticket; /* 0: joined by the event's code, or a moderator; of a replaced one
                       its successor */
    int64_t joined_at_ms;
    int64_t ideas_pending; /* own ideas that wait for a moderator */
    struct nickname nickname;
    int64_t group;          /* 0: none; a ticket may have given it */
    uint32_t newest_report; /* 1 + its index; 0: has reported nothing */
    uint32_t report_count;
    uint32_t supports;        /* ideas that they support now … */
    uint32_t supports_had;    /* … and how often they have said so */
    uint32_t counted;         /* see struct event: support_counts */
    uint32_t nickname_number; /* from 1: how many have had the same two words so far */
    struct ban ban;
    int64_t ban_acted_pos; /* see struct idea */
};

/* A place at the desk: somebody's, or waiting for its link to be used. Numbered from 1
 * in the order of making. */
struct desk_place {
    int64_t person;          /* its number as a participant */
    enum role role;          /* stays after revoking, for who did what */
    struct content_ref name; /* who it is for, in the owner's words; zero: not said */
    struct hash link;        /* of its token; zero: taken by person.join */
    int64_t made_at_ms;
    int64_t made_by;       /* 0: the office */
    int64_t sat_at_ms;     /* 0: the link was not used yet */
    int64_t revoked_at_ms; /* 0: it stands */
    int64_t revoked_by;
};

struct ticket {
    int64_t participant; /* whom it lets in; 0: somebody new */
    int64_t batch;
    bool redeemed;
    int64_t
        voided_pos;   /* the event's position at the entry that voided it; 0: none did */
    int64_t replaces; /* the number of the ticket that it stands for; 0: of none */
    int64_t replaced_by; /* 0: by none */
    int64_t acted_pos;   /* see struct idea */
};

/* What was issued at once, and what replaces it. */
struct ticket_batch {
    int64_t id;
    int64_t first; /* number of its first ticket; count of them follow each other */
    int64_t count;
    int64_t group;    /* see tickets.issue */
    int64_t replaced; /* tickets issued one by one for others of the batch */
    int64_t redeemed; /* how many people came by it: who is let in again is one of them */
    int64_t voided;   /* whether redeemed or not */
    int64_t free;     /* not redeemed, not voided: each lets in somebody new */
    int64_t held;     /* likewise, but replacing the ticket of somebody who is known */
    int64_t issued_at_ms;
    int64_t acted_pos; /* see struct idea */
};

struct label {
    int64_t id; /* from 1, all kinds in one row */
    enum label_kind kind;
    struct content_ref name;
    int64_t people;    /* in the group */
    bool ticket_only;  /* nobody chooses the group: tickets lead to it */
    int64_t challenge; /* that the group works on, also a dropped one; 0: none */
    size_t place;      /* among those of its kind, dropped ones included; from 0 */
    bool dropped;
    int64_t acted_pos;  /* see struct idea */
    int64_t undone_pos; /* of the last undoing of an act on it; 0: none */
};

/* A step that an idea took after the event. Numbered from 1. */
struct follow {
    int64_t idea;
    enum follow_state state;
    struct content_ref content; /* its title is the department, its text the words */
    struct day next;
    int64_t at_ms;
    uint32_t before; /* the number of the idea's step before it; 0: none */
};

/* A picture that an idea has, or has had. Numbered from 1. */
struct idea_picture {
    struct picture is;
    int64_t idea;
    bool on_ballot; /* stands on a poll that was opened, and stays there */
};

/* An idea's pictures, as they are or as they stand on a ballot. */
struct pictures {
    uint32_t drawing; /* numbers of pictures; 0: none */
    uint32_t photo;
};

enum idea_state {
    IDEA_PENDING,
    IDEA_PUBLISHED,
    IDEA_HIDDEN,
    IDEA_WITHDRAWN,
    IDEA_MERGED,
    IDEA_STATE_COUNT
};

/* Who supports an idea, and what was merged into it. An undo, which gives an idea back as
 * it was, leaves this alone. */
struct supporters {
    uint32_t *people; /* who said so of this very idea, ascending */
    uint32_t count;
    uint32_t all;          /* distinct people: of what was merged into it, too */
    size_t capacity;       /* of people */
    uint32_t first_merged; /* the newest idea that was merged into it; 0: none */
    uint32_t next_merged;  /* into the same as this one; 0: none */
    int64_t pos;           /* at the last change of `all` */
};

struct idea {
    int64_t id; /* from 1, in order of arrival */
    int64_t author;
    enum idea_state state;
    enum idea_state state_before_merge; /* what splitting restores */
    int64_t merged_into;                /* 0: not merged */
    enum reason reason;                 /* while hidden */
    struct content_ref content;
    int64_t tags[IDEA_TAGS_MAX]; /* dropped ones are not shown: they may come back */
    uint16_t tag_count;
    int64_t team;      /* the group that a moderator named as its team; 0: its author's */
    int64_t challenge; /* that it answers, also a dropped one; 0: none of its own */
    int64_t inherited; /* while it has none: of the first idea merged into it that has */
    struct content_ref note; /* while hidden: words to the author; may be zero */
    struct pictures pictures;
    uint32_t follow;       /* number of its last step; 0: none */
    uint16_t pictures_had; /* those that were replaced included */
    int64_t submitted_at_ms;
    uint32_t reports[REASON_COUNT]; /* people, by their reason, since somebody at the desk
                                       last found it fine */
    uint32_t reports_had;           /* all there ever were */
    int64_t reported_pos;           /* at the last change of these: the desk's alone */
    struct supporters support;
    int64_t changed_pos; /* the event's position at the last change anybody can see */
    int64_t written_pos; /* … at the last change of what it says or shows */
    int64_t worded_pos;  /* likewise, and an undoing is one */
    int64_t acted_pos;   /* of the last entry about it that was not undone: who undoes an
                            act wants nothing to have happened since */
    int64_t called_back_pos;  /* of the undoing of its release: pending again; 0: never */
    int64_t banned_pos;       /* of the ban that hid it along with its author; 0: none */
    int64_t acted_before_ban; /* what acted_pos was then */
};

/* Somebody wants an idea to be looked at. Who it was is kept so that nobody does so
 * twice, and is told to nobody. */
struct report {
    int64_t idea;
    uint32_t older; /* 1 + index of the same person's report before it; 0: none */
};

enum poll_state { POLL_DRAFT, POLL_OPEN, POLL_CLOSED, POLL_SEALED, POLL_STATE_COUNT };

/* One stored ballot. Superseded ones stay until sealing: their ids must be recognised. */
struct kept_ballot {
    struct uid id;
    struct uid slot; /* zero once sealed */
    struct uid nonce;
    struct hash lock;
    uint32_t epoch;
    uint32_t counter;
    int64_t seq;       /* of its row in the ballot lane */
    uint32_t marks_at; /* index of its first mark in poll.marks */
    uint16_t mark_count;
    uint16_t share;     /* see struct cast */
    bool counts;        /* the one of its slot that counts now */
    bool counted_first; /* `counts` of its first acknowledgement */
    uint32_t older;     /* 1 + index of the slot's ballot before it in time; 0: none */
};

struct kept_mark {
    uint16_t option; /* index into spec.options; yes/no: 0 is yes, 1 is no */
    uint16_t value;  /* as in struct mark */
};

/* Equal ballots of a batch. */
struct kept_pile {
    uint16_t count;
    uint16_t mark_count;
    uint16_t marks_at; /* index of its first mark in batch.marks */
};

/* Ballots on paper: entered by one moderator, and counted once another has confirmed
 * them. */
struct paper_batch {
    int64_t id; /* from 1, in the event */
    int64_t poll;
    uint16_t share; /* see paper.enter */
    int64_t entered_by;
    int64_t entered_at_ms;
    int64_t confirmed_by; /* 0: it waits */
    int64_t confirmed_at_ms;
    bool dropped;
    bool shown;      /* it counted when the result was last shown with numbers */
    int64_t ballots; /* on all piles */
    int64_t changed_pos;
    int64_t acted_pos; /* see struct idea */
    uint16_t pile_count;
    struct kept_pile piles[PAPER_PILES_MAX];
    struct kept_mark marks[PAPER_MARKS_MAX]; /* of each pile in canonical order */
};

/* Of whom an option is: a group or a person, who do not mark it. */
struct option_owner {
    uint16_t option; /* index into spec.options */
    int64_t group;   /* 0: not a group */
    int64_t person;  /* 0: not a person */
    bool told;       /* to everybody: a group that would not name the author */
};

struct poll {
    int64_t id;     /* from 1 */
    struct uid uid; /* of the command that made it: another poll under the same id, after
                       the end of a log was lost, has another */
    enum poll_state state;
    bool published;
    int64_t published_pos; /* of the act that did it last; 0: never */
    bool annulled;         /* then closed or sealed, and never published */
    bool dropped;          /* a draft thrown away */
    enum reason reason;    /* of the last reopening or the annulment */
    int64_t reopened;      /* how often */
    struct poll_spec spec;
    struct content_ref labels[OPTIONS_MAX]; /* each option's content, frozen at opening */
    struct pictures pictures[OPTIONS_MAX];  /* likewise */
    struct option_owner *owners; /* likewise, by option, groups first; none twice */
    size_t owner_count;
    struct hash commitment;
    struct hash seed;        /* of the lot; zero until published or sealed */
    struct hash sealed_hash; /* SHA-256 of the sealed list; zero until sealed */
    int64_t created_at_ms;
    int64_t opened_at_ms;
    int64_t last_person; /* the newest of the event at the opening; 0: never opened */
    int64_t closed_at_ms;
    int64_t people; /* of the event at the last closing, 0 until then and once reopened;
                       where nobody votes who comes late, at the opening */
    int64_t undone; /* how often what everybody saw of it was undone */
    int64_t changed_pos;
    int64_t acted_pos;       /* see struct idea */
    int64_t undone_pos;      /* of the last undoing of an act on it; 0: none */
    int64_t called_back_pos; /* of the undoing of its opening: a draft again; 0: never */

    struct paper_batch **batches; /* the event's; dropped ones too */
    size_t batch_count;
    size_t batch_capacity;
    int64_t paper;                /* ballots of its confirmed batches */
    int64_t paper_of[SHARES_MAX]; /* … of each share */
    int64_t paper_pos; /* of the last act on its paper, undone or not; 0: none */
    bool paper_shown;  /* a result was published: see batch.shown */

    /* the ballot lane's fold */
    bool fence_open;  /* what the lane says: ballots are accepted */
    int64_t lane_seq; /* last row folded */
    struct kept_ballot *ballots;
    size_t ballot_count;
    size_t ballot_capacity;
    struct kept_mark *marks;
    size_t mark_count;
    size_t mark_capacity;
    struct map newest_by_slot;    /* slot → index of its newest arrival in ballots */
    int64_t voted;                /* slots with a ballot that counts */
    int64_t voted_of[SHARES_MAX]; /* … in each share */
    uint64_t ballots_version;     /* grows with each change of what counts */
};

/* A phase that was started, as it was then. */
struct phase_start {
    struct phase phase;
    int64_t at_ms;
    bool undone;
};

/* First outcome of a command, found again by its repeat. */
struct outcome {
    enum err err;
    int64_t id;     /* what was made: participant, idea, poll, first ticket; of OWN_TEAM
                     * the option; else 0 */
    uint32_t epoch; /* joining and redeeming */
    int64_t pos;    /* the event's position, or the ballot's seq in its lane */
    bool counts;    /* cast: this ballot is the one that counts */
    bool repeated;  /* this is the outcome of an earlier entry with the same id */
};

struct event {
    int64_t id;
    bool created;
    char code[EVENT_CODE_BYTES + 1];
    enum join_mode mode;
    uint16_t lang_count;
    char langs[LANGS_MAX][LANG_BYTES_MAX];
    struct content_ref title;
    struct event_settings settings;
    int64_t settings_pos;     /* at their last change */
    struct content_ref words; /* that make an idea worth a look; zero: none */
    int64_t words_pos;        /* at their last change: the desk's alone */
    struct event_wifi wifi;
    int64_t wifi_pos; /* at its last change: the desk's and the stage's */
    bool call_open;   /* ideas are being collected; true after creation */
    struct agenda agenda;
    int64_t phase; /* the one that is on, of the agenda; 0: none yet */
    int64_t phases_made;
    int64_t agenda_pos; /* at the last change of the list or of the phase that is on */
    int64_t phase_pos;  /* at the last change of the phase that is on */
    struct timer timer;
    struct phase_start *phase_starts; /* every start, in order */
    size_t phase_start_count;
    size_t phase_start_capacity;
    bool rehearsal; /* of simulated phones: thrown away afterwards. Said when an event is
                       made, and of no event later */
    int64_t created_at_ms;
    int64_t archived_at_ms; /* 0: it is not; else nothing more happens in it */
    int64_t newest_at_ms;   /* of all entries of the history */

    int64_t pos;            /* entries applied to the history: what screens resume from */
    int64_t history_seq;    /* last row folded of lane 0; the caller keeps it */
    int64_t changed_pos;    /* of the event's own fields */
    int64_t restored_at_ms; /* when a backup last became this log; 0: never */
    int64_t restored_pos;   /* whoever has seen no more than this may have seen what is no
                               longer so, and starts over; 0: never */

    struct participant *participants; /* id − 1 is the index; likewise below */
    size_t participant_count;
    size_t participant_capacity;
    int64_t people;            /* those of them who sit at no desk */
    int64_t banned;            /* those of them who are put out */
    int64_t bans_pos;          /* at the last change of who is: the desk's alone */
    uint32_t *nickname_counts; /* of each pair of words; NULL: nobody has one yet */
    struct desk_place *desk;   /* number − 1 */
    size_t desk_count;
    size_t desk_capacity;
    int64_t desk_changed_pos;
    struct ticket *tickets; /* number − 1 */
    size_t ticket_count;
    size_t ticket_capacity;
    int64_t tickets_redeemed; /* people that came by a ticket */
    int64_t tickets_voided;
    struct ticket_batch *batches; /* id − 1 */
    size_t batch_count;
    size_t batch_capacity;
    struct label *labels;
    size_t label_count; /* dropped ones included */
    size_t label_capacity;
    struct idea *ideas;
    size_t idea_count;
    size_t idea_capacity;
    struct report *reports;
    size_t report_count;
    size_t report_capacity;
    size_t support_count;    /* of all ideas and people, at a time */
    uint32_t support_counts; /* how often people were counted anew: a mark on them, so
                                that each counts once */
    int64_t support_pos;     /* at the last change of who sees how many there are */
    struct idea_picture *pictures; /* number − 1 */
    size_t picture_count;
    size_t picture_capacity;
    struct follow *follows; /* number − 1; those that were undone too */
    size_t follow_count;
    size_t follow_capacity;
    struct map picture_index; /* name → index into pictures */
    struct poll **polls;      /* each owned; pointers stay valid */
    size_t poll_count;
    size_t poll_capacity;
    struct paper_batch **papers; /* each owned; pointers stay valid */
    size_t paper_count;
    size_t paper_capacity;

    int64_t call_acted_pos;     /* see struct idea */
    int64_t settings_acted_pos; /* likewise */
    int64_t words_acted_pos;    /* likewise */
    int64_t wifi_acted_pos;     /* likewise */
    int64_t agenda_acted_pos;   /* likewise */
    int64_t desk_acted_pos;     /* likewise */
    struct act *acts;           /* undo.h: a ring of UNDO_ACTS_MAX */
    size_t act_count;           /* all there ever were */
    size_t act_capacity;

    struct map command_index;         /* (actor, command) → index into commands */
    struct command_outcome *commands; /* a ring of COMMANDS_KEPT_MAX */
    size_t command_count;
    size_t command_capacity;
    uint64_t map_seed[2];
};

/* NULL for an unknown id. */
const struct participant *event_participant(const struct event *event, int64_t id);
/* The place at the desk of a participant, or of a link that this is the hash of. */
const struct desk_place *event_desk(const struct event *event, int64_t person);
const struct desk_place *
event_desk_by_link(const struct event *event, const struct hash *link);
const struct idea *event_idea(const struct event *event, int64_t id);
/* Where a merged idea leads to; one that is not merged is itself. `idea` may be NULL. */
const struct idea *event_idea_last(const struct event *event, const struct idea *idea);
const struct idea_picture *event_picture(const struct event *event, uint32_t number);
/* NULL for number 0. */
const struct follow *event_follow(const struct event *event, uint32_t number);
/* How many steps the idea has taken that were not undone. */
size_t event_follow_count(const struct event *event, const struct idea *idea);
const struct label *
event_label(const struct event *event, int64_t id); /* not dropped ones */
const struct poll *
event_poll(const struct event *event, int64_t id); /* not dropped ones */
const struct paper_batch *
event_paper(const struct event *event, int64_t id); /* likewise */
/* Which start of a phase is the last that was not undone: from 1; 0: none. */
size_t event_phase_start(const struct event *event);
const struct poll *
event_poll_kept(const struct event *event, int64_t id); /* dropped ones too */

/* Has this person reported this idea, ever? */
bool event_has_reported(
    const struct event *event, const struct participant *person, int64_t idea);
/* Did this person say so of this very idea? */
bool supporters_hold(const struct supporters *support, int64_t person);
/* May people support ideas now? While ideas are called for, collected and put together,
 * where the event wants it; without an agenda always. */
bool event_takes_support(const struct event *event);
/* Does this person support the idea, or one that was merged into it? */
bool event_supports(const struct event *event, const struct idea *idea, int64_t person);
/* People who support any idea. */
int64_t event_supporters(const struct event *event);
/* How many people have reported an idea since it was last found fine. */
uint32_t idea_report_count(const struct idea *idea);

/* Was it hidden when its author was put out, and nothing has happened to it since? Such
 * ideas all go at one position and were shown to nobody but the desk: whoever else was
 * told of them could see which are one person's. */
bool idea_went_with_author(const struct idea *idea);

/* Does its author's nickname stand beside it? Not beside what is hidden, withdrawn or
 * merged: a change of the name would tell whose all those were. */
bool idea_carries_nick(const struct idea *idea);

/* Groups, tags or challenges that are not dropped. */
size_t event_label_count(const struct event *event, enum label_kind kind);

/* Those that are not dropped in the order in which they are shown; how many they are. */
size_t event_labels(
    const struct event *event, enum label_kind kind,
    const struct label *ret_labels[LABELS_MAX]);

/* How many of a kind there may be at a time. */
size_t label_kind_max(enum label_kind kind);

/* Which challenge an idea answers: its own, or while it has none that of what was merged
 * into it. 0: none, or a dropped one. */
int64_t event_idea_challenge(const struct event *event, const struct idea *idea);
/* Which one a group works on; 0: none, or a dropped one. */
int64_t event_group_challenge(const struct event *event, const struct label *group);

/* NULL for an unknown number. */
const struct ticket *event_ticket(const struct event *event, int64_t number);
const struct ticket_batch *event_batch(const struct event *event, int64_t id);

/* Does this participant take part no more? BANNED; TICKET_VOID: their ticket is void, or
 * replaced by one that was not redeemed yet. */
MUST_CHECK enum err
event_check_in(const struct event *event, const struct participant *participant);

/* The group that somebody's ticket gives, and keeps them in; 0: none, or a dropped one.
 */
int64_t
event_group_by_ticket(const struct event *event, const struct participant *participant);

/* Moderators who have had a seat: paper takes two. */
int64_t event_moderators(const struct event *event);

/* Does the batch count, as soon as voting is over? */
bool batch_counts(const struct paper_batch *batch);

/* Is any poll open now? */
bool event_has_open(const struct event *event);

/* Has any poll been opened? From then on nobody leaves their group. */
bool event_has_opened(const struct event *event);

const char *idea_state_name(enum idea_state state);
const char *poll_state_name(enum poll_state state);

#endif

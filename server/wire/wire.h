/* JSON ⇄ structs, and nothing else: no state is read or changed to decode a message. */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "domain/entry.h"
#include "domain/event.h"

/* ---- requests: messages.def is the table ---- */

enum op {

#define X(name, code, roles, bytes_max) OP_##name,
#include "wire/messages.def"
#undef X
    OP_COUNT
};

struct request_text {                /* checked UTF-8, NFC, trimmed, NUL-terminated */
    char title[TITLE_BYTES_MAX + 1]; /* a poll's question too: see request.question */
    char text[TEXT_BYTES_MAX + 1];
    char lang[LANG_BYTES_MAX];
};

/* A key that may be absent, and may be "": then there shall be none. */
struct request_photo {
    bool given;
    struct uid id; /* what the upload was called; zero: none */
};

struct request_drawing {
    bool given;
    char path[DRAWING_BYTES_MAX + 1]; /* checked; "": none */
};

struct request {
    enum op op;
    struct uid id;
    int64_t seen; /* of what a desk changes (request_fields.c says which): the position of
                     what was on the screen; 0: not told */

    union {
        struct {
            char event[EVENT_CODE_BYTES + 1];
            enum role role;
            int64_t pos;     /* 0: everything */
            struct uid pass; /* of a join whose socket was there before; zero: none */
            struct uid key;  /* of the desk's link to the stage; zero: none */
        } hello;

        struct {
            int64_t poll;
            struct uid uid;   /* of the poll; zero: whatever stands under that id */
            struct cast cast; /* slot and epoch are zero: the server's to fill; of its
                                 marks those that are there are set */
        } cast;

        struct {
            int64_t idea; /* 0 for idea.submit */
            struct request_text text;
            struct tag_list tags;
            struct challenge_change challenge;
            struct request_photo photo;
        } idea_text; /* and `drawing` below */

        struct {
            int64_t idea;
            int64_t into;
            enum reason reason;
            char note[QUESTION_BYTES_MAX + 1];
        } idea_act;

        struct {
            int64_t idea;
            bool on;
        } support;

        struct {
            int64_t idea;
            bool banned;
        } person_ban;

        struct {
            int64_t idea;
            struct tag_list tags;
        } idea_tag;

        struct {
            int64_t idea;
            int64_t group; /* 0: its author's again */
        } idea_team;

        struct {
            int64_t idea;
            int64_t challenge; /* 0: none of its own */
        } idea_challenge;

        struct {
            int64_t idea;
            enum follow_state state;
            char department[DEPARTMENT_BYTES_MAX + 1]; /* "": not said */
            char note[QUESTION_BYTES_MAX + 1];         /* "": none */
            char lang[LANG_BYTES_MAX];
            struct day next;
        } idea_follow;

        struct {
            int64_t label;        /* 0 for label.add */
            enum label_kind kind; /* label.add */
            char name[LABEL_BYTES_MAX + 1];
            char lang[LANG_BYTES_MAX];
            bool ticket_only;
            int64_t challenge; /* 0: none */
            int64_t before;    /* label.move; 0: it is the last */
        } label;

        struct {
            int64_t person;                 /* desk.revoke */
            enum role role;                 /* desk.invite, and what follows */
            struct hash link;               /* of the token */
            char name[LABEL_BYTES_MAX + 1]; /* "": not said */
            char lang[LANG_BYTES_MAX];
        } desk;

        struct {
            int64_t group;
        } group;

        struct nickname nick;
        struct event_settings settings;

        struct {
            char list[WORDS_BYTES_MAX + 1]; /* one a line; "": none */
        } words;

        struct {
            char name[WIFI_NAME_BYTES_MAX + 1];         /* "": no Wi-Fi any more */
            char password[WIFI_PASSWORD_BYTES_MAX + 1]; /* "": an open one */
            bool shown;                                 /* on the wall */
        } wifi;

        struct {
            bool open;
        } call;

        struct agenda agenda;

        struct {
            int64_t phase;
        } phase;

        struct {
            bool running;
            int64_t add_ms; /* 0: no more time */
        } timer;

        struct {
            int64_t poll;          /* 0 for poll.create */
            struct poll_spec spec; /* question is zero: the text stands below */
            char question[QUESTION_BYTES_MAX + 1];
            char lang[LANG_BYTES_MAX];
        } poll_text;

        struct {
            int64_t poll;
            enum reason reason;
            int64_t in_ms; /* poll.countdown; 0: no more */
            int64_t round; /* poll.countdown: from 1, of the poll that was seen; 0: not
                              said */
        } poll_act;        /* and begin */

        struct {
            int64_t ticket; /* its number; 0: `ticket` names a code */
            char code[TICKET_CODE_CHARS_MAX * 4 + 1]; /* as it was typed; "": none */
        } ticket; /* ticket, ticket.void, ticket.replace */

        struct {
            int64_t count; /* tickets.issue */
            int64_t group; /* tickets.issue; 0: none */
            int64_t batch; /* tickets.void */
        } tickets;

        struct {
            int64_t poll;
            uint16_t share; /* 0: the poll has no shares */
            struct paper paper;
        } paper_enter;

        struct {
            int64_t batch;
            int64_t ballots; /* paper.confirm: how many were counted */
        } paper_act;         /* paper.confirm, paper.drop */

        struct {
            int64_t pos; /* of the act that is to be undone */
        } undo;

        struct {
            int64_t phones;
        } rehearse;
    } as;

    struct request_drawing drawing; /* last: what is behind its NUL nobody fills */
};

/* Where decoding failed, for the answer. */
struct wire_fault {
    struct uid id; /* the request's id, if it could be read */
    bool has_id;
    char key[24]; /* the key at fault, cut off if longer, "" if none */
};

/* Decodes one frame. ERR_TOO_LARGE, NOT_JSON, BAD_UTF8, TOO_DEEP, UNKNOWN_OP,
 * UNKNOWN_KEY, DUPLICATE_KEY, MISSING_KEY, BAD_VALUE, CODE_MALFORMED, TEXT_EMPTY,
 * TEXT_TOO_LONG, WRONG_FORM, TOO_MANY, NOMEM; whether a method, an option or an idea
 * exists is not its business. On error *ret_fault is filled (untouched otherwise). */
MUST_CHECK enum err wire_decode_request(
    struct span frame, struct request *ret_request, struct wire_fault *ret_fault);

/* The frame that decodes to this request; text must be checked already. For our own
 * clients. */
void wire_encode_request(struct buf *out, const struct request *request);

/* May this role send this op at all? The op's row in messages.def. */
bool wire_op_allowed(enum op op, enum role role);
const char *wire_op_code(enum op op);

/* The single string of {"KEY":"…"}: bodies of POST /join and /login. `ret_value` gets at
 * most bytes_max − 1 bytes and a NUL; a longer one is ERR_TEXT_TOO_LONG. Errors as above.
 */
MUST_CHECK enum err
wire_decode_single(struct span body, const char *key, char *ret_value, size_t bytes_max);

/* ---- replies ---- */

/* `id` NULL: none was sent. */
void wire_encode_pong(struct buf *out, const struct uid *id);
void wire_encode_done(
    struct buf *out, const struct uid *id, int64_t pos, const char *made_key,
    int64_t made);
void wire_encode_stored(
    struct buf *out, const struct uid *id, int64_t poll, int64_t pos,
    const struct hash *proof, bool counts);
/* Refused, and the act at `pos` stands in the way; 0: there is none to be named. */
void wire_encode_refused_by(
    struct buf *out, const struct uid *id, enum err err, int64_t pos);
/* `id` NULL: the fault's, if it has one; `fault` may be NULL; retry_ms 0: none. */
void wire_encode_refused(
    struct buf *out, const struct uid *id, enum err err, int64_t retry_ms,
    const struct wire_fault *fault);

/* Tickets that were issued: their codes in the order of their numbers. */
struct wire_issue {
    int64_t first; /* number of the first */
    int64_t count;
    int64_t batch;
    bool held;         /* in place of the ticket of somebody who took part */
    const char *codes; /* count × code_bytes, each NUL-terminated; NULL: gone */
    int64_t code_bytes;
};

void wire_encode_tickets(
    struct buf *out, const struct uid *id, int64_t pos, const struct wire_issue *issue);
/* What became of a ticket of this number, which exists. */
void wire_encode_ticket(
    struct buf *out, const struct uid *id, const struct event *event, int64_t number);
void wire_encode_bye(struct buf *out, enum err err, int64_t retry_ms);

/* How a rehearsal goes, or how it ended; all words are codes. What is NULL is left out.
 */
struct wire_rehearsal {
    const char *state;
    int64_t phones;
    int64_t at_ms;     /* when it ended; 0: it runs */
    const char *stage; /* … while it runs, and how far that is */
    int64_t done;
    int64_t of;
    const char *cause;   /* of an end without a verdict */
    const char *verdict; /* and what it is made of */
    const char *const *flaws;
    size_t flaw_count;
    const char *const *figures; /* their names … */
    const int64_t *values;      /* … and values */
    size_t figure_count;
};

void wire_encode_rehearsal(struct buf *out, const struct wire_rehearsal *rehearsal);

/* ---- texts ---- */

/* The text behind a content id, as wire_encode_content wrote it, or an empty span if it
 * was erased: then its parts are shown as "". Borrowed until the next call. An event's
 * title, a poll's question and a note are title parts. */
struct wire_texts {
    struct span (*find)(void *ctx, const struct uid *content);
    void *ctx;
};

/* A content doc: canonical JSON {"salt":hex,"lang":…,"title":…,"text":…}; absent parts
 * are NULL. The hash of the entry is SHA-256 over exactly these bytes: the salt is in
 * them. */
void wire_encode_content(
    struct buf *out, const struct uid *salt, const char *lang, const char *title,
    const char *text);

/* ---- state: what screens see ---- */

/* The stage's is the public one and the hall's Wi-Fi; a stage that was opened without the
 * desk's link has the public one. The queue's is that of helpers, who
 * see the desk but no results: what was entered on paper is not in it. */
enum view { VIEW_PUBLIC, VIEW_STAGE, VIEW_QUEUE, VIEW_DESK, VIEW_COUNT };

static inline bool view_is_desk(enum view view)
{
    return view == VIEW_QUEUE || view == VIEW_DESK;
}

/* Everything of the event that changed after `from`, up to event->pos. 0, or a position
 * the event has not reached: all of it, from 0. The public view has released ideas and
 * opened polls only; an opened poll keeps its options' texts whatever becomes of the
 * ideas. */
void wire_encode_change(
    struct buf *out, const struct event *event, enum view view, int64_t from,
    const struct wire_texts *texts);

struct wire_timer {
    bool given;      /* false: the phase that is on has no timer */
    int64_t left_ms; /* as this is encoded; 0: it is over */
    bool running;
    bool asks; /* see struct timer */
};

/* What is known of a poll that runs beyond what the log says. */
struct wire_running {
    int64_t started;    /* people who have begun a ballot, or have voted */
    bool closing;       /* … in closing_ms: that was announced */
    int64_t closing_ms; /* from 0 */
};

struct wire_live {
    int64_t online;
    struct wire_timer timer;
    /* Of an open poll. NULL: nothing is known of any. */
    struct wire_running (*running)(const void *ctx, const struct poll *poll);
    const void *ctx;
};

void wire_encode_live(
    struct buf *out, const struct event *event, enum view view,
    const struct wire_live *live);

/* "me" of a participant: own ideas, and for each open or closed poll the counter and the
 * ballot that counts. `slots`: one for each poll of the event in order; zero: unknown. */
struct wire_me {
    int64_t participant;
    const struct uid *slots;
    size_t slot_count;
};

/* Who is welcomed, and how often they are to ping. `me` NULL for moderators and the stage
 * (a moderator's person id still goes out as me.person if `me` is given with no slots).
 */
struct wire_guest {
    enum role role;
    int heartbeat_ms;
    const struct wire_me *me;
    const struct uid *stage_key; /* for the desk's link to the stage; NULL: not told */
};

void wire_encode_welcome(
    struct buf *out, const struct uid *id, const struct event *event,
    const struct wire_guest *guest, const struct wire_texts *texts);
void wire_encode_mine(
    struct buf *out, const struct event *event, const struct idea *idea,
    const struct wire_texts *texts);

/* The ballot in canonical JSON: what a proof is made of. */
void wire_encode_ballot(struct buf *out, const struct ballot *ballot);
/* A kept ballot as it was cast: options are the spec's ids again. */
void wire_ballot_of_kept(
    const struct poll *poll, const struct kept_ballot *kept, struct ballot *ret_ballot);

/* ---- the log ---- */

/* Appends one entry as canonical, versioned JSON, no spaces. A batch is a JSON array. */
void wire_encode_entry(struct buf *out, const struct entry *entry);

/* Decodes a batch: calls `each` for every entry in order, up to its first error, which is
 * returned. The entry is borrowed; what stands before a damage has been given to `each`.
 * ERR_DAMAGED: not byte for byte what wire_encode_entry writes; ERR_NEWER: a later
 * version's. */
typedef enum err wire_entry_fn(void *ctx, const struct entry *entry);
MUST_CHECK enum err wire_decode_batch(struct span body, wire_entry_fn *each, void *ctx);

/* What is kept beside the log for an entry: calls `each` with the kind of doc ("content",
 * "drawing", "photo") and its id. Ends with what `each` returned, if that is an error. */
typedef enum err wire_doc_fn(void *ctx, const char *kind, const struct uid *id);
MUST_CHECK enum err
wire_entry_docs(const struct entry *entry, wire_doc_fn *each, void *ctx);

/* The sealed list of a poll: casts sorted by their proof, without slots, ids and
 * counters; behind them what was on paper, which nobody's proof is for. Decoding is as
 * strict as for a batch, and gives the casts: paper is of the history. `paper_of`: the
 * poll whose confirmed paper stands in it, or NULL. */
void wire_encode_sealed(
    struct buf *out, const struct cast *casts, const struct hash *proofs, size_t count,
    const struct poll *paper_of);
MUST_CHECK enum err wire_decode_sealed(
    struct span body, struct cast **ret_casts, size_t *ret_count); /* caller frees */

#endif

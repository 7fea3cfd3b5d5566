/* Messages as tables: which keys an object has, and where each value lies in a struct.
 * The same row reads and writes, so that the two can't differ. */
#ifndef WIRE_FIELDS_H
#define WIRE_FIELDS_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/entry.h"

struct cJSON;
struct field;

/* A type of value. */
struct field_kind {
    /* Reads `item` to `at`, which is zero before. */
    enum err (*read)(const struct cJSON *item, const struct field *field, void *at);
    void (*write)(struct buf *out, const struct field *field, const void *at);
    /* Is an optional value absent? So it is if this many bytes are zero. */
    size_t zero_bytes;
};

struct field {
    const char *key;
    const struct field_kind *kind;
    size_t at;                  /* offset in the struct */
    bool optional;              /* zero if absent; not written if zero */
    int64_t min;                /* numbers, ids, enums; texts, uids: 1 if not empty */
    int64_t max;                /* numbers; enums: exclusive; texts: characters */
    const char *(*name)(int i); /* enums: the name of value i */
};

struct field_table {
    const struct field *fields; /* at most FIELDS_MAX */
    size_t count;
};

#define FIELDS_MAX      32
#define FAULT_KEY_BYTES 24

/* Reads an object's members into `base`. ERR_BAD_VALUE (also: no object), UNKNOWN_KEY,
 * DUPLICATE_KEY, MISSING_KEY, and what the kinds return; `ret_key` then gets the key, cut
 * off if too long. */
MUST_CHECK enum err fields_read(
    const struct cJSON *object, struct field_table table, void *base,
    char ret_key[FAULT_KEY_BYTES]);

/* Writes the object: keys in the table's order, no spaces. */
void fields_write(struct buf *out, struct field_table table, const void *base);

extern const struct field_kind field_id;        /* int64_t; "12" */
extern const struct field_kind field_int;       /* int64_t; 12 */
extern const struct field_kind field_u16;       /* uint16_t */
extern const struct field_kind field_u32;       /* uint32_t */
extern const struct field_kind field_bool;      /* bool */
extern const struct field_kind field_uid;       /* struct uid; 32 hex digits */
extern const struct field_kind field_hash;      /* struct hash; 64 hex digits */
extern const struct field_kind field_enum;      /* any enum; its name */
extern const struct field_kind field_code;      /* char[EVENT_CODE_BYTES + 1] */
extern const struct field_kind field_method;    /* char[METHOD_BYTES_MAX] */
extern const struct field_kind field_lang;      /* char[LANG_BYTES_MAX] */
extern const struct field_kind field_line;      /* char[4 × max + 1]; one line of text */
extern const struct field_kind field_text;      /* the same, of many lines */
extern const struct field_kind field_content;   /* struct content_ref */
extern const struct field_kind field_shares;    /* struct share_list; absent if empty */
extern const struct field_kind field_options;   /* in struct poll_spec: a list of ids */
extern const struct field_kind field_day;       /* struct day; "2027-03-01" */
extern const struct field_kind field_challenge; /* struct challenge_change; "0": none */
extern const struct field_kind field_tags;   /* struct tag_list; may be empty if given */
extern const struct field_kind field_ballot; /* struct ballot */

#endif

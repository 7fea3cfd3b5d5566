/* The export: one event as CSV tables that a spreadsheet opens and anyone can recount.
 * UTF-8 with BOM, RFC 4180 quoting, CRLF, cells that a spreadsheet would take for a
 * formula get a leading apostrophe. Every table has stable ids. Ballots stand sorted by
 * their content: their order says nothing, and nothing leads to a person. Ballots of
 * points stand in a file for each poll, all others in ballots.csv. */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "base/buf.h"
#include "domain/event.h"
#include "stimmwerk/tally.h"

enum export_file {
    EXPORT_IDEAS,         /* ideas.csv: no authors; an auditor sees hidden ones too */
    EXPORT_POLLS,         /* polls.csv: rules, life and turnout; no drafts */
    EXPORT_BALLOTS,       /* ballots.csv: as far as each poll's level allows */
    EXPORT_RESULTS,       /* results.csv: published ones, as far as the level allows */
    EXPORT_PARTICIPATION, /* participation.csv: how many */
    EXPORT_GROUPS,        /* groups.csv: how many people are in each */
    EXPORT_PHASES,        /* phases.csv: of the agenda, when each was started */
    EXPORT_TICKETS,       /* tickets.csv: what became of each batch */
    EXPORT_PAPER,         /* paper.csv: who entered and confirmed what was on paper */
    EXPORT_FOLLOWUP,      /* followup.csv: what became of ideas, each step */
    EXPORT_FILE_COUNT
};

struct export_options {
    char separator; /* ';' or ',' */
    bool auditor;   /* all ballots and results of closed and sealed polls, whatever their
                       level and published or not */
};

/* Texts by content id, each part NUL-terminated; false if erased. Borrowed until the next
 * call. */
struct export_text {
    const char *title;
    const char *text;
    const char *lang;
};

struct export_texts {
    bool (*find)(void *ctx, const struct uid *content, struct export_text *ret_text);
    void *ctx;
};

const char *export_file_name(enum export_file file);

/* Appends the whole file to `out`. `orders[i]` is the tie order of the event's i-th poll
 * or NULL (see poll_count); `orders` may be NULL. ERR_NOMEM, ERR_TOO_LARGE (out is full),
 * ERR_UNKNOWN_METHOD. */
MUST_CHECK enum err export_write(
    struct buf *out, enum export_file file, const struct event *event,
    const struct export_texts *texts, const uint16_t *const *orders,
    const struct export_options *options);

/* The name of the file that describes the others. */
#define EXPORT_PACKAGE_NAME "datapackage.json"

/* Appends it to `out`: a Tabular Data Package (specs.frictionlessdata.io) of the tables
 * that such an export holds, with their columns' types, for programs. ERR_NOMEM,
 * ERR_TOO_LARGE (out is full). */
MUST_CHECK enum err export_write_package(
    struct buf *out, const struct event *event, const struct export_texts *texts,
    const struct export_options *options);

#define EXPORT_NAME_BYTES 48

/* Has the poll ballots of points that the export may show? Then the file's name:
 * "points-3.csv". */
bool export_has_points(const struct poll *poll, const struct export_options *options);
void export_points_name(const struct poll *poll, char ret_name[EXPORT_NAME_BYTES]);

/* What the file of an idea's picture is called: "pictures/12-photo.jpg". */
void export_picture_name(
    const struct idea_picture *picture, char ret_name[EXPORT_NAME_BYTES]);

/* The pictures that ideas.csv names, one after the other: `*at` is 0 before the first.
 * NULL: there are no more. */
const struct idea_picture *export_next_picture(
    const struct event *event, const struct export_options *options, size_t *at);

/* Appends that file to `out`. ERR_NOMEM, ERR_TOO_LARGE (out is full). */
MUST_CHECK enum err export_write_points(
    struct buf *out, const struct event *event, const struct poll *poll,
    const struct export_texts *texts, const struct export_options *options);

#endif

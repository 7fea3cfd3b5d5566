/* The tables, and one for each poll of points. Each writes its column names and
 * rows to `out`, whose failure sticks; what they return is ERR_NOMEM for memory of their
 * own.
 */
#ifndef EXPORT_TABLES_H
#define EXPORT_TABLES_H

#include "export/scope.h"

MUST_CHECK enum err table_ideas(struct buf *out, const struct scope *scope);
MUST_CHECK enum err table_polls(struct buf *out, const struct scope *scope);
MUST_CHECK enum err table_ballots(struct buf *out, const struct scope *scope);
/* How many columns of ranks that table has, and whether those of shares are there. */
size_t table_ballots_ranks(const struct scope *scope);
bool table_ballots_shares(const struct scope *scope);
MUST_CHECK enum err
table_points(struct buf *out, const struct scope *scope, const struct poll *poll);
MUST_CHECK enum err table_results(struct buf *out, const struct scope *scope);
MUST_CHECK enum err table_participation(struct buf *out, const struct scope *scope);
MUST_CHECK enum err table_groups(struct buf *out, const struct scope *scope);
MUST_CHECK enum err table_phases(struct buf *out, const struct scope *scope);
MUST_CHECK enum err table_tickets(struct buf *out, const struct scope *scope);
MUST_CHECK enum err table_followup(struct buf *out, const struct scope *scope);
/* Is idea i (from 0) in the table of ideas? */
bool table_shows_idea(
    const struct event *event, const struct export_options *options, size_t i);
MUST_CHECK enum err table_paper(struct buf *out, const struct scope *scope);

#endif

/* What one export may show: the public one obeys each poll's publication, the auditor's
 * holds all that is over. Also what every table looks up. */
#ifndef EXPORT_SCOPE_H
#define EXPORT_SCOPE_H

#include "domain/event.h"
#include "export/csv.h"
#include "export/export.h"

struct scope {
    const struct event *event;
    const struct export_texts *texts;
    const uint16_t *const *orders; /* may be NULL */
    const struct export_options *options;
};

/* Drafts and dropped polls are in no table. */
bool scope_has_poll(const struct poll *poll);
bool scope_shows_result(const struct scope *scope, const struct poll *poll);
bool scope_shows_ballots(const struct scope *scope, const struct poll *poll);
/* How much of a result that is shown. */
enum publication scope_result_level(const struct scope *scope, const struct poll *poll);
/* Whether blank ballots are told: a statistic. */
bool scope_shows_blank(const struct scope *scope, const struct poll *poll);

/* Never NULL parts: "" for what was erased or never there. */
struct export_text
scope_text(const struct scope *scope, const struct content_ref *content);

/* The name of a label; "" for one there is not. */
const char *scope_label(const struct scope *scope, int64_t label);

/* Participants there were when the poll was closed; until then, those there are. */
int64_t scope_joined(const struct scope *scope, const struct poll *poll);
int64_t poll_blank(const struct poll *poll);
const uint16_t *scope_order(const struct scope *scope, const struct poll *poll);

#endif

#include "export/export.h"

#include "export/scope.h"
#include "export/tables.h"

#include <assert.h>
#include <stdio.h>

static const struct {
    const char *name;
    enum err (*write)(struct buf *out, const struct scope *scope);
} files[EXPORT_FILE_COUNT] = {
    [EXPORT_IDEAS] = {"ideas.csv", table_ideas},
    [EXPORT_POLLS] = {"polls.csv", table_polls},
    [EXPORT_BALLOTS] = {"ballots.csv", table_ballots},
    [EXPORT_RESULTS] = {"results.csv", table_results},
    [EXPORT_PARTICIPATION] = {"participation.csv", table_participation},
    [EXPORT_GROUPS] = {"groups.csv", table_groups},
    [EXPORT_PHASES] = {"phases.csv", table_phases},
    [EXPORT_TICKETS] = {"tickets.csv", table_tickets},
    [EXPORT_FOLLOWUP] = {"followup.csv", table_followup},
    [EXPORT_PAPER] = {"paper.csv", table_paper},
};

const char *export_file_name(enum export_file file)
{
    assert(file < EXPORT_FILE_COUNT);
    return files[file].name;
}

enum err export_write(
    struct buf *out, enum export_file file, const struct event *event,
    const struct export_texts *texts, const uint16_t *const *orders,
    const struct export_options *options)
{
    assert(file < EXPORT_FILE_COUNT);
    assert(options->separator == ';' || options->separator == ',');
    struct scope scope = {
        .event = event, .texts = texts, .orders = orders, .options = options};
    enum err err = files[file].write(out, &scope);
    if (err != ERR_OK) {
        return err;
    }
    return buf_err(out);
}

bool export_has_points(const struct poll *poll, const struct export_options *options)
{
    const struct scope scope = {.options = options};
    return spec_points_max(&poll->spec) > 0 && scope_shows_ballots(&scope, poll);
}

void export_points_name(const struct poll *poll, char ret_name[EXPORT_NAME_BYTES])
{
    snprintf(ret_name, EXPORT_NAME_BYTES, "points-%lld.csv", (long long)poll->id);
}

enum err export_write_points(
    struct buf *out, const struct event *event, const struct poll *poll,
    const struct export_texts *texts, const struct export_options *options)
{
    const struct scope scope = {.event = event, .texts = texts, .options = options};
    enum err err = table_points(out, &scope, poll);
    return err != ERR_OK ? err : buf_err(out);
}

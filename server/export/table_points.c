/* points-3.csv: the ballots of poll 3 that count, a column an option, because ballots.csv
 * can hold ranks only. An empty cell is an option without points; a score of 0 is 0. The
 * first line says what the numbers are, so that the file can be counted as it is. Sorted
 * and numbered as ballots.csv. */
#include "export/columns.h"
#include "export/option_names.h"
#include "export/sorted_ballots.h"
#include "export/tables.h"

#include <string.h>

static void write_header(
    struct csv *csv, struct buf *out, const struct scope *scope, const struct poll *poll,
    const struct option_names *names)
{
    csv_begin(csv, out, scope->options->separator);
    buf_printf(out, "# shape: scores 0-%u\r\n", (unsigned)spec_points_max(&poll->spec));
    columns_head(csv, EXPORT_POINTS, poll->spec.shares.count > 0);
    for (size_t i = 0; i < names->count; i++) {
        csv_word(csv, option_names_get(names, i));
    }
    csv_end_row(csv);
}

static void write_points(
    struct csv *csv, const struct option_names *names, const struct sorted_ballot *ballot)
{
    int points[OPTIONS_MAX];
    memset(points, -1, sizeof points);
    for (size_t i = 0; i < ballot->mark_count; i++) {
        points[ballot->marks[i].option] = ballot->marks[i].value;
    }
    for (size_t i = 0; i < names->count; i++) {
        if (points[i] >= 0) {
            csv_int(csv, points[i]);
        } else {
            csv_empty(csv);
        }
    }
}

/* One poll's file. */
struct part {
    struct csv csv;
    const struct poll *poll;
    struct option_names names;
};

static void write_ballot(void *ctx, const struct numbered_ballot *ballot)
{
    struct part *part = ctx;
    csv_int(&part->csv, part->poll->id);
    csv_ballot(&part->csv, ballot->number, ballot->paper);
    if (ballot->is.share != 0) {
        csv_int(&part->csv, ballot->is.share);
        csv_int(&part->csv, ballot->count);
    }
    csv_int(&part->csv, ballot->weight);
    write_points(&part->csv, &part->names, &ballot->is);
    csv_end_row(&part->csv);
}

enum err table_points(struct buf *out, const struct scope *scope, const struct poll *poll)
{
    struct part part = {.poll = poll};
    enum err err = option_names_init(&part.names, scope, poll);
    if (err == ERR_OK) {
        write_header(&part.csv, out, scope, poll, &part.names);
        err = numbered_ballots(poll, write_ballot, &part);
    }
    option_names_fini(&part.names);
    return err;
}

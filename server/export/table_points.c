/* points-3.csv: the ballots of poll 3 that count, a column an option, because ballots.csv
 * can hold ranks only. An empty cell is an option without points; a score of 0 is 0. The
 * first line says what the numbers are, so that the file can be counted as it is. Sorted
 * and numbered as ballots.csv. */
#include "export/option_names.h"
#include "export/sorted_ballots.h"
#include "export/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_header(
    struct csv *csv, struct buf *out, const struct scope *scope, const struct poll *poll,
    const struct option_names *names)
{
    char head[64];
    snprintf(
        head, sizeof head, "# shape: scores 0-%u\r\npoll,ballot,count",
        (unsigned)spec_points_max(&poll->spec));
    csv_begin(csv, out, scope->options->separator, head);
    for (size_t i = 0; i < names->count; i++) {
        csv_word(csv, option_names_get(names, i));
    }
    csv_end_row(csv);
}

static void write_ballot(
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

enum err table_points(struct buf *out, const struct scope *scope, const struct poll *poll)
{
    struct csv csv;
    struct option_names names;
    size_t count = 0;
    struct sorted_ballot *sorted = NULL;
    enum err err = option_names_init(&names, scope, poll);
    if (err != ERR_OK) {
        goto names;
    }
    sorted = sorted_ballots_new(poll, &count);
    if (sorted == NULL) {
        err = ERR_NOMEM;
        goto names;
    }
    write_header(&csv, out, scope, poll, &names);
    int64_t number = 0;
    for (size_t i = 0, equal = 0; i < count; i += equal) {
        equal = sorted_ballots_equal(sorted + i, count - i);
        csv_int(&csv, poll->id);
        csv_int(&csv, ++number);
        csv_int(&csv, (int64_t)equal);
        write_ballot(&csv, &names, &sorted[i]);
        csv_end_row(&csv);
    }
    free(sorted);
names:
    option_names_fini(&names);
    return err;
}

#include "app/load_recount.h"

#include "stimmwerk/tally.h"

#include <stdlib.h>
#include <string.h>

/* What the table says of the final order, by idea. */
struct shown {
    long place[BALLOT_IDEAS]; /* from 1, as in sport; 0: not read */
    long lot[BALLOT_IDEAS];   /* from 1; 0: none */
    size_t count;
};

enum cell { CELL_POLL, CELL_ROUND, CELL_OPTION, CELL_PLACE = 5, CELL_LOT = 8, CELLS };

/* Numbers only matter here, and no cell before the last of them has a comma. A cell
 * without one is 0: strtol would look for it in the next row. Returns where that begins.
 */
static const char *read_row(const char *row, long ret_cells[CELLS])
{
    const char *at = row;
    memset(ret_cells, 0, CELLS * sizeof *ret_cells);
    for (int i = 0; i < CELLS; i++) {
        ret_cells[i] = *at >= '0' && *at <= '9' ? strtol(at, NULL, 10) : 0;
        at += strcspn(at, ",\r\n");
        at += *at == ',' ? 1 : 0;
    }
    at += strcspn(at, "\n");
    return at + (*at == '\n' ? 1 : 0);
}

static int idea_of(const struct load_ballots *ballots, long id)
{
    int idea = 0;
    while (idea < BALLOT_IDEAS && ballots->ideas[idea] != id) {
        idea++;
    }
    return idea;
}

static enum err
read_order(const struct load_ballots *ballots, const char *csv, struct shown *ret_shown)
{
    static const char head[] =
        "poll,round,option,name,votes,place,elected,eliminated,lot";
    const char *row = strstr(csv, head);
    *ret_shown = (struct shown){0};
    if (row == NULL) {
        return ERR_BAD_VALUE;
    }
    row += strcspn(row, "\n");
    row += *row == '\n' ? 1 : 0;
    while (*row != '\0') {
        long cells[CELLS];
        row = read_row(row, cells);
        int idea = idea_of(ballots, cells[CELL_OPTION]);
        if (cells[CELL_POLL] != ballots->poll || cells[CELL_ROUND] != 0) {
            continue;
        }
        if (idea == BALLOT_IDEAS || ret_shown->place[idea] != 0) {
            return ERR_BAD_VALUE;
        }
        ret_shown->place[idea] = cells[CELL_PLACE];
        ret_shown->lot[idea] = cells[CELL_LOT];
        ret_shown->count++;
    }
    return ret_shown->count == BALLOT_IDEAS ? ERR_OK : ERR_BAD_VALUE;
}

/* ---- counting ---- */

static enum tally_status
add_ballots(struct tally_profile *profile, const struct load_ballots *ballots)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < ballots->count && status == TALLY_OK; i++) {
        int places[BALLOT_PLACES];
        struct tally_mark marks[BALLOT_PLACES];
        ballot_places((uint32_t)i, places);
        for (int place = 0; place < BALLOT_PLACES; place++) {
            marks[place] = (struct tally_mark){
                .option = (uint16_t)places[place], .place = (uint16_t)(place + 1)};
        }
        if (ballots->all[i].exported > 0) {
            status = tally_profile_add(profile, marks, BALLOT_PLACES, 1);
        }
    }
    return status;
}

/* A lot that is no order of all settles nothing. */
static enum tally_status draw(struct tally_rule *rule, const struct shown *shown)
{
    uint16_t order[BALLOT_IDEAS];
    for (int rank = 1; rank <= BALLOT_IDEAS; rank++) {
        int idea = 0;
        while (idea < BALLOT_IDEAS && shown->lot[idea] != rank) {
            idea++;
        }
        if (idea == BALLOT_IDEAS) {
            return TALLY_OK;
        }
        order[rank - 1] = (uint16_t)idea;
    }
    return tally_rule_tie_order(rule, order, BALLOT_IDEAS);
}

static bool
all_at(const struct shown *shown, const uint16_t *options, size_t count, long place)
{
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        all = all && shown->place[options[i]] == place;
    }
    return all;
}

static bool has_order(const struct tally_result *result, const struct shown *shown)
{
    long place = 1;
    bool same = true;
    for (size_t i = 0; i < tally_result_places(result); i++) {
        const uint16_t *options;
        size_t count = tally_result_place(result, i, &options);
        same = same && all_at(shown, options, count, place);
        place += (long)count;
    }
    return same;
}

static enum tally_status
count(const struct load_ballots *ballots, const struct shown *shown, bool *ret_same)
{
    struct tally_profile *profile = NULL;
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    enum tally_status status = tally_profile_new(BALLOT_IDEAS, &profile);
    if (status == TALLY_OK) {
        status = add_ballots(profile, ballots);
    }
    if (status == TALLY_OK) {
        status = tally_rule_new(tally_method_find(BALLOT_METHOD), 1, &rule);
    }
    if (status == TALLY_OK) {
        status = draw(rule, shown);
    }
    if (status == TALLY_OK) {
        status = tally_count(profile, rule, &result);
    }
    *ret_same = status == TALLY_OK && has_order(result, shown);
    tally_result_free(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
    return status;
}

enum err load_recount(const struct load_ballots *ballots, const char *csv, bool *ret_same)
{
    struct shown shown;
    *ret_same = false;
    enum err err = read_order(ballots, csv, &shown);
    if (err == ERR_OK && count(ballots, &shown, ret_same) != TALLY_OK) {
        err = ERR_NOMEM;
    }
    return err;
}

#include "app/load_store.h"

#include "app/hall.h"
#include "app/office.h"
#include "base/bounds.h"

#include <uv.h>

static enum err check(struct load *load, struct hall *hall)
{
    const struct export_options options = {.separator = ',', .auditor = true};
    struct event *event = hall_event_by_code(hall, load->event);
    struct buf csv;
    struct load_check found = {0};
    buf_init(&csv, EXPORT_BYTES_MAX);
    enum err err = event == NULL
                       ? ERR_CODE_UNKNOWN
                       : office_export_file(hall, event, &options, "ballots.csv", &csv);
    if (err == ERR_OK) {
        buf_char(&csv, '\0');
        err = buf_err(&csv);
    }
    if (err == ERR_OK) {
        err = load_ballots_check(&load->ballots, (const char *)csv.data, &found);
    }
    buf_fini(&csv);
    if (err == ERR_OK) {
        struct load_check *worst = &load->figures.check;
        worst->lost = found.lost > worst->lost ? found.lost : worst->lost;
        worst->doubled = found.doubled > worst->doubled ? found.doubled : worst->doubled;
        worst->foreign = found.foreign > worst->foreign ? found.foreign : worst->foreign;
    }
    return err;
}

enum err load_store_check(struct load *load, const char *store)
{
    uv_loop_t loop;
    struct hall *hall = NULL;
    if (uv_loop_init(&loop) != 0) {
        return ERR_NOMEM;
    }
    const struct hall_options options = {.store = store, .loop = &loop};
    enum err err = hall_open(&options, &hall);
    if (err == ERR_OK) {
        err = check(load, hall);
    }
    hall_close(hall);
    (void)uv_run(&loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&loop);
    load->figures.checked = load->figures.checked && err == ERR_OK;
    load->figures.read_back = err == ERR_OK;
    if (err != ERR_OK) {
        fprintf(stderr, "stimmwerk load: the store can't be read (%s)\n", err_code(err));
    }
    return err;
}

#include "app/load_export.h"

#include "app/load_recount.h"
#include "app/zip.h"
#include "base/bounds.h"

#include <stdlib.h>

static enum err check_ballots(struct load *load, const char *csv)
{
    return load_ballots_check(&load->ballots, csv, &load->figures.check);
}

static enum err check_result(struct load *load, const char *csv)
{
    bool same = false;
    enum err err = load_recount(&load->ballots, csv, &same);
    load->figures.result_wrong = err == ERR_OK && !same;
    return err;
}

static enum err check_table(
    struct load *load, struct span zip, const char *name,
    enum err (*check)(struct load *load, const char *csv))
{
    struct buf csv;
    buf_init(&csv, EXPORT_BYTES_MAX);
    enum err err = zip_bundle_read(zip, name, &csv);
    if (err == ERR_OK) {
        err = check(load, (const char *)csv.data);
    }
    buf_fini(&csv);
    return err;
}

static enum err check(struct load *load, const struct client_reply *reply)
{
    struct span zip = span_of(reply->body, reply->body_bytes);
    enum err err = reply->status == 200 ? ERR_OK : ERR_NOT_FOUND;
    if (err == ERR_OK) {
        err = check_table(load, zip, "ballots.csv", check_ballots);
    }
    if (err == ERR_OK) {
        err = check_table(load, zip, "results.csv", check_result);
    }
    load->figures.checked = err == ERR_OK;
    return err;
}

enum err load_export_check(struct load *load)
{
    char path[64];
    struct client_reply reply = {0};
    snprintf(path, sizeof path, "/export/%s.zip?sep=comma&auditor=1", load->event);
    enum err err =
        client_http(load->pool, "GET", path, NULL, desk_seat(load->desk)->cookie, &reply);
    if (err == ERR_OK) {
        err = check(load, &reply);
        free(reply.body);
    }
    if (err != ERR_OK) {
        fprintf(stderr, "stimmwerk load: the export can't be read (%s)\n", err_code(err));
    }
    return err;
}

#include "app/load_export.h"

#include "app/zip.h"
#include "base/bounds.h"

#include <stdlib.h>

static enum err check(struct load *load, const struct client_reply *reply)
{
    struct buf csv;
    buf_init(&csv, EXPORT_BYTES_MAX);
    enum err err = reply->status == 200 ? ERR_OK : ERR_NOT_FOUND;
    if (err == ERR_OK) {
        err =
            zip_bundle_read(span_of(reply->body, reply->body_bytes), "ballots.csv", &csv);
    }
    if (err == ERR_OK) {
        err = load_ballots_check(
            &load->ballots, (const char *)csv.data, &load->figures.check);
    }
    load->figures.checked = err == ERR_OK;
    buf_fini(&csv);
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

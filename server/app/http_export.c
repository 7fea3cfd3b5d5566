/* The export, as the desk and the office download it: what there is, all of it as a ZIP,
 * or one of its tables. The office gets what everybody may have; an auditor's tables are
 * for people with a place of their own at the desk. */
#include "app/hall_office.h"
#include "app/office.h"
#include "app/server.h"

#include <stdio.h>

#define LIST_BYTES_MAX (256UL * 1024)
#define ZIP_BYTES_MAX  (256UL * 1024 * 1024)

/* One download. */
struct download {
    struct event *event;
    struct export_options options;
    bool auditor; /* the caller may have the auditor's, too */
    const char *rest;
};

static void name_file(struct buf *out, const char *name, bool *first)
{
    buf_text(out, *first ? "" : ",");
    buf_json_string(out, span_of_string(name));
    *first = false;
}

static void name_files(struct buf *out, const struct download *download)
{
    const struct event *event = download->event;
    bool first = true;
    for (int i = 0; i < EXPORT_FILE_COUNT; i++) {
        name_file(out, export_file_name((enum export_file)i), &first);
    }
    for (size_t i = 0; i < event->poll_count; i++) {
        if (export_has_points(event->polls[i], &download->options)) {
            char name[EXPORT_NAME_BYTES];
            export_points_name(event->polls[i], name);
            name_file(out, name, &first);
        }
    }
    name_file(out, EXPORT_PACKAGE_NAME, &first);
}

static size_t count_pictures(const struct download *download)
{
    size_t count = 0;
    size_t at = 0;
    while (export_next_picture(download->event, &download->options, &at) != NULL) {
        count++;
    }
    return count;
}

static enum err write_list(
    struct server *server, const struct download *download,
    struct net_response *ret_response)
{
    struct buf *out = http_body(server, LIST_BYTES_MAX);
    buf_printf(out, "{\"event\":\"%s\",\"title\":", download->event->code);
    office_write_text(out, server->hall, &download->event->title);
    buf_printf(
        out, ",\"lang\":\"%s\",\"auditor\":%s,\"files\":[", download->event->langs[0],
        download->auditor ? "true" : "false");
    name_files(out, download);
    buf_printf(out, "],\"pictures\":%zu}", count_pictures(download));
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = "application/json; charset=utf-8",
        .body = buf_span(out),
    };
    return buf_err(out);
}

static enum err write_zip(
    struct server *server, const struct download *download,
    struct net_response *ret_response)
{
    struct buf *out = http_body(server, ZIP_BYTES_MAX);
    enum err err =
        office_export_zip(server->hall, download->event, &download->options, out);
    snprintf(
        server->answer_name, sizeof server->answer_name, "stimmwerk-%s%s.zip",
        download->event->code, download->options.auditor ? "-auditor" : "");
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = "application/zip",
        .body = buf_span(out),
        .file_name = server->answer_name,
    };
    return err;
}

static enum err write_file(
    struct server *server, const struct download *download,
    struct net_response *ret_response)
{
    const char *name = download->rest + 1;
    struct buf *out = http_body(server, EXPORT_BYTES_MAX);
    enum err err =
        office_export_file(server->hall, download->event, &download->options, name, out);
    bool package = strcmp(name, EXPORT_PACKAGE_NAME) == 0;
    if (err == ERR_OK) { /* it is one of ours, then: a short name */
        snprintf(
            server->answer_name, sizeof server->answer_name, "%s%s",
            download->options.auditor ? "auditor-" : "", name);
    }
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = package ? "application/json" : "text/csv; charset=utf-8",
        .body = buf_span(out),
        .file_name = server->answer_name,
    };
    return err;
}

static enum net_answer answer(
    struct server *server, const struct download *download,
    struct net_response *ret_response)
{
    enum err err = ERR_NOT_FOUND;
    if (download->rest[0] == '\0') {
        err = write_list(server, download, ret_response);
    } else if (download->rest[0] == '/') {
        err = write_file(server, download, ret_response);
    } else if (strcmp(download->rest, ".zip") == 0) {
        err = write_zip(server, download, ret_response);
    }
    if (err != ERR_OK) {
        http_refuse(server, err, NULL, ret_response);
    }
    return NET_NOW;
}

MUST_CHECK static enum err read_request(
    struct server *server, const struct net_request *request, const char *rest,
    struct download *ret_download)
{
    struct event *event = http_event_in(server, rest);
    if (event == NULL) {
        return ERR_CODE_UNKNOWN;
    }
    *ret_download = (struct download){
        .event = event,
        .options =
            {
                .separator = http_query_has(request->query, "sep=comma") ? ',' : ';',
                .auditor = http_query_has(request->query, "auditor=1"),
            },
        .rest = rest + strcspn(rest, "/."),
    };
    return ERR_OK;
}

enum net_answer export_for_desk(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    struct download download;
    enum role role = ROLE_NONE;
    enum err err = read_request(server, request, rest, &download);
    if (err == ERR_OK) {
        role = http_desk_role(server, request, download.event);
        download.auditor = access_sees(role, SIGHT_BALLOTS);
    }
    if (err == ERR_OK && !access_sees(role, SIGHT_EXPORT)) {
        err = role == ROLE_NONE ? ERR_NO_SESSION : ERR_NOT_ALLOWED;
    }
    if (err == ERR_OK && download.options.auditor && !download.auditor) {
        err = ERR_NOT_ALLOWED;
    }
    if (err != ERR_OK) {
        http_refuse(server, err, NULL, ret_response);
        return NET_NOW;
    }
    return answer(server, &download, ret_response);
}

enum net_answer export_for_office(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    struct download download;
    if (!office_admits(server, request, ret_response)) {
        return NET_NOW;
    }
    enum err err = read_request(server, request, rest, &download);
    if (err == ERR_OK &&
        !rate_take(&server->office_rate, (int64_t)uv_now(&server->loop))) {
        err = ERR_TOO_FAST;
    }
    if (err == ERR_OK && download.options.auditor) {
        err = ERR_NOT_ALLOWED;
    }
    if (err != ERR_OK) {
        http_refuse(server, err, NULL, ret_response);
        return NET_NOW;
    }
    return answer(server, &download, ret_response);
}

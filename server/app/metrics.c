/* /metrics: Prometheus text. Counts only: no codes, names, texts or addresses. */
#include "app/server.h"

#include <inttypes.h>

static void metric(struct buf *out, const char *name, const char *type, int64_t value)
{
    buf_printf(
        out, "# TYPE stimmwerk_%s %s\nstimmwerk_%s %" PRId64 "\n", name, type, name,
        value);
}

void metrics_write(struct server *server, struct buf *out)
{
    struct net_stats net;
    struct store_stats store;
    struct backups_stats backups = {.made = 0};
    struct gallery_stats gallery;
    net_stats(server->net, &net);
    store_stats(hall_store(server->hall), &store);
    gallery_stats(server->gallery, &gallery);
    if (server->backups != NULL) {
        backups_stats(server->backups, &backups);
    }

    const struct {
        const char *name;
        const char *type;
        int64_t value;
    } rows[] = {
        {"connections", "gauge", net.connections},
        {"connections_opened_total", "counter", net.opened_total},
        {"connections_closed_total", "counter", net.closed_total},
        {"connections_refused_total", "counter", net.refused_total},
        {"connections_cut_total", "counter", net.cut_total},
        {"messages_total", "counter", net.messages_total},
        {"frames_sent_total", "counter", net.frames_sent_total},
        {"frames_skipped_total", "counter", net.frames_skipped_total},
        {"http_requests_total", "counter", net.http_total},
        {"refused_total", "counter", server->refused_total},
        {"ballots_stored_total", "counter", server->ballots_stored_total},
        {"store_commits_total", "counter", store.commits},
        {"store_rows_total", "counter", store.rows},
        {"store_commit_us_total", "counter", store.commit_us_total},
        {"store_commit_us_max", "gauge", store.commit_us_max},
        {"store_wal_bytes", "gauge", store.wal_bytes},
        {"store_backlog", "gauge", (int64_t)store_backlog(hall_store(server->hall))},
        {"photos_staged_bytes", "gauge", (int64_t)server->staging.bytes},
        {"pictures_read_total", "counter", gallery.reads},
        {"pictures_kept_bytes", "gauge", gallery.bytes},
        {"backups_total", "counter", backups.made},
        {"backups_failed_total", "counter", backups.failed},
        {"backup_newest_timestamp_ms", "gauge", backups.newest_ms},
        {"events", "gauge", (int64_t)hall_event_count(server->hall)},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        metric(out, rows[i].name, rows[i].type, rows[i].value);
    }
}

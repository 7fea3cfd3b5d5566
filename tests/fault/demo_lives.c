/* The demonstration against a real server: soon there are people, ideas, twins merged,
 * and a poll with a published result.
 *
 *     demo_lives STIMMWERK */
#include "child.h"

#include "client/client.h"

#include <cjson/cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAIT_MS 60000

static const char *text_of(const cJSON *object, const char *key)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text != NULL ? text : "";
}

static cJSON *get_snapshot(struct client_pool *pool, const char *event)
{
    char path[64];
    struct client_reply reply;
    snprintf(path, sizeof path, "/snapshot/%s", event);
    if (client_http(pool, "GET", path, NULL, NULL, &reply) != ERR_OK) {
        die("the server does not answer");
    }
    cJSON *snapshot = cJSON_Parse(reply.body);
    free(reply.body);
    if (snapshot == NULL) {
        die("the snapshot is no JSON");
    }
    return snapshot;
}

static int count_ideas(const cJSON *snapshot, const char *state)
{
    int count = 0;
    const cJSON *idea = NULL;
    cJSON_ArrayForEach(idea, cJSON_GetObjectItemCaseSensitive(snapshot, "ideas"))
    {
        count += strcmp(text_of(idea, "state"), state) == 0 ? 1 : 0;
    }
    return count;
}

static bool has_published_poll(const cJSON *snapshot)
{
    const cJSON *poll = NULL;
    cJSON_ArrayForEach(poll, cJSON_GetObjectItemCaseSensitive(snapshot, "polls"))
    {
        if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(poll, "published"))) {
            return true;
        }
    }
    return false;
}

/* Looks until everything has happened. */
static void await_life(struct client_pool *pool, const char *event, struct child *demo)
{
    int64_t end_ms = client_now_ms() + WAIT_MS;
    for (;;) {
        int code = 0;
        cJSON *snapshot = get_snapshot(pool, event);
        int published = count_ideas(snapshot, "published");
        int merged = count_ideas(snapshot, "merged");
        bool result = has_published_poll(snapshot);
        cJSON_Delete(snapshot);
        if (published >= 30 && merged == 1 && result) {
            printf("demo_lives: %d ideas, twins merged, a result is shown\n", published);
            return;
        }
        if (child_ended(demo, &code)) {
            die("the demonstration ended with %d", code);
        }
        if (client_now_ms() > end_ms) {
            die("%d ideas published, %d merged, result: %d", published, merged, result);
        }
        if (client_pool_run(pool, 200) != ERR_OK) {
            die("the loop");
        }
    }
}

int main(int argc, char **argv)
{
    static const struct client_handlers none;
    if (argc != 2) {
        die("usage: demo_lives STIMMWERK");
    }
    struct serve serve;
    struct serve_event event;
    struct child demo;
    struct client_pool *pool = NULL;
    serve_init(&serve, argv[1], NULL);
    serve_create_event(&serve, &event);
    serve_start(&serve);
    const char *args[] = {argv[1],     "demo",     "--url",  serve.url, "--moderator",
                          event.token, "--phones", "30",     "--speed", "20",
                          "--seconds", "forever",  "--seed", "5",       NULL};
    child_start(&demo, args, NULL);
    if (client_pool_new(serve.url, NULL, &none, &pool) != ERR_OK) {
        die("no pool");
    }
    await_life(pool, event.code, &demo);
    client_pool_free(pool);
    child_end(&demo, SIGTERM);
    int code = serve_stop(&serve, SIGTERM);
    if (code != 0) {
        serve_show_log(&serve);
        die("the server ended with %d", code);
    }
    serve_fini(&serve);
    return 0;
}

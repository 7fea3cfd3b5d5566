#include "failing.h"

#include "base/bounds.h"

#include <stdio.h>
#include <string.h>

#define FAILS_MS_MAX 60000

/* The operator sees one clear line. */
static void check_log(const struct serve *serve)
{
    char line[1024];
    bool found = false;
    FILE *file = fopen(serve->log, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "error:", 6) == 0) {
            printf("the operator reads: %s", line);
            found = true;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    if (!found) {
        die("nothing on stderr says why");
    }
}

void failing_await(struct casters *casters, struct serve *serve)
{
    int64_t end_ms = client_now_ms() + FAILS_MS_MAX;
    int code = 0;
    while (!child_ended(&serve->child, &code)) {
        if (client_now_ms() > end_ms) {
            serve_show_log(serve);
            die("%zu ballots, and the store did not fail", casters->acknowledged);
        }
        casters_run(casters, 50);
    }
    if (code != EXIT_STORE_FAILED) {
        serve_show_log(serve);
        die("the server ended with %d, not %d", code, EXIT_STORE_FAILED);
    }
    check_log(serve);
}

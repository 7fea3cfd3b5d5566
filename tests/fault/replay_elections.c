/* Elections with known results, cast over real sockets: `stimmwerk replay` against a real
 * server must print the winners that the election's JSON expects, for every single-winner
 * case whose method is offered.
 *
 *     replay_elections STIMMWERK
 *
 * Elections of our own lie in tests/golden/elections; others are read in place from the
 * folder that STIMMWERK_ELECTIONS names. */
#include "child.h"

#include "stimmwerk/tally.h"

#include <cjson/cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUT_BYTES_MAX (1 << 20)

static const char *const OURS[] = {
    "schulze-45",         "hack-8x25-ties", "equal-ranks-small", "hack-5x12-ic-a",
    "wikipedia-stv-food", "tennessee",      "condorcet-cycle-3", "no-ballots"};
static const char *const OTHERS[] = {
    "agh-2003", "breakfast-overall", "debian-2006-leader", "debian-2012-leader"};
/* Larger elections: the four that fit without a choice to make. */
static const char *const FEW[] = {"ranked-pairs-wv", "schulze-wv", "irv", "borda"};

struct play {
    struct serve serve;
    struct serve_event event;
    char file[512];
    bool few;
    int cases;
};

static cJSON *read_json(const char *folder, const char *name)
{
    char path[512];
    static char text[OUT_BYTES_MAX];
    snprintf(path, sizeof path, "%s/%s.json", folder, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        die("%s can't be read", path);
    }
    size_t bytes = fread(text, 1, sizeof text, file);
    fclose(file);
    cJSON *json = cJSON_ParseWithLength(text, bytes);
    if (json == NULL) {
        die("%s is no JSON", path);
    }
    return json;
}

static const char *text_of(const cJSON *object, const char *key)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text != NULL ? text : "";
}

/* Single-winner, offered here, and counted by the default rule. */
static bool is_ours(const cJSON *test, bool few)
{
    const cJSON *seats = cJSON_GetObjectItemCaseSensitive(test, "seats");
    const cJSON *options = cJSON_GetObjectItemCaseSensitive(test, "options");
    const char *overvote = text_of(options, "overvote");
    const char *name = text_of(test, "method");
    const struct tally_method *method = tally_method_find(name);
    bool wanted = !few;
    for (size_t i = 0; i < sizeof FEW / sizeof FEW[0]; i++) {
        wanted = wanted || strcmp(FEW[i], name) == 0;
    }
    return method != NULL && tally_method_form(method) == TALLY_RANKING && wanted &&
           (seats == NULL || seats->valueint == 1) && strcmp(overvote, "skip") != 0;
}

static bool has(const cJSON *names, const char *name)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, names)
    {
        if (cJSON_IsString(item) && strcmp(item->valuestring, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Every name of `some` is one of `all`. */
static bool is_within(const cJSON *some, const cJSON *all)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, some)
    {
        if (!cJSON_IsString(item) || !has(all, item->valuestring)) {
            return false;
        }
    }
    return true;
}

/* A tie may have been settled by lot: then one of those expected has won. */
static bool agrees(const cJSON *test, const cJSON *winners)
{
    const cJSON *expected = cJSON_GetObjectItemCaseSensitive(test, "winners");
    const cJSON *tie = cJSON_GetObjectItemCaseSensitive(test, "tie");
    int count = cJSON_GetArraySize(winners);
    bool all = count == cJSON_GetArraySize(expected);
    bool some = cJSON_IsTrue(tie) && count > 0;
    return cJSON_IsArray(winners) && is_within(winners, expected) && (all || some);
}

static void replay_case(struct play *play, const char *name, const cJSON *test)
{
    static char out[OUT_BYTES_MAX];
    char token[64];
    const char *method = text_of(test, "method");
    serve_link(&play->serve, play->event.code, token);
    const char *argv[] = {
        play->serve.program,
        "replay",
        "--url",
        play->serve.url,
        "--moderator",
        token,
        "--election",
        play->file,
        "--method",
        method,
        "--seats",
        "1",
        "--json",
        NULL};
    int code = child_run(argv, out, sizeof out);
    if (code != 0) {
        serve_show_log(&play->serve);
        die("%s, %s: replay ended with %d", name, method, code);
    }
    cJSON *result = cJSON_Parse(out);
    const cJSON *winners = cJSON_GetObjectItemCaseSensitive(result, "winners");
    if (!agrees(test, winners)) {
        char *expected = cJSON_PrintUnformatted(test);
        die("%s, %s: got %s expected %s", name, method, out, expected);
    }
    cJSON_Delete(result);
    play->cases++;
}

/* Each election in an event of its own. */
static void replay_election(struct play *play, const char *folder, const char *name)
{
    cJSON *election = read_json(folder, name);
    const cJSON *test = NULL;
    int before = play->cases;
    snprintf(play->file, sizeof play->file, "%s/%s", folder, text_of(election, "file"));
    serve_create_event(&play->serve, &play->event);
    cJSON_ArrayForEach(test, cJSON_GetObjectItemCaseSensitive(election, "cases"))
    {
        if (is_ours(test, play->few)) {
            replay_case(play, name, test);
        }
    }
    printf("%s: %d methods agree\n", name, play->cases - before);
    fflush(stdout);
    cJSON_Delete(election);
}

static int replay_others(struct play *play)
{
    const char *folder = getenv("STIMMWERK_ELECTIONS");
    int count = (int)(sizeof OTHERS / sizeof OTHERS[0]);
    if (folder == NULL || folder[0] == '\0') {
        printf("skipped: %d elections, because STIMMWERK_ELECTIONS is not set\n", count);
        return 0;
    }
    play->few = true;
    for (int i = 0; i < count; i++) {
        replay_election(play, folder, OTHERS[i]);
    }
    return count;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        die("usage: replay_elections STIMMWERK");
    }
    static struct play play;
    int count = (int)(sizeof OURS / sizeof OURS[0]);
    serve_init(&play.serve, argv[1], NULL);
    serve_create_event(&play.serve, &play.event);
    serve_start(&play.serve);
    for (int i = 0; i < count; i++) {
        replay_election(&play, GOLDEN_ELECTIONS, OURS[i]);
    }
    count += replay_others(&play);
    int code = serve_stop(&play.serve, SIGTERM);
    if (code != 0) {
        serve_show_log(&play.serve);
        die("the server ended with %d", code);
    }
    printf("replay_elections: %d elections, %d counts agree\n", count, play.cases);
    serve_fini(&play.serve);
    return 0;
}

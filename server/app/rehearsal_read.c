#include "app/rehearsal_read.h"

#include <string.h>

#define US_A_MS 1000

const char *rehearsal_figure_code(enum rehearsal_figure figure)
{
#define X(name, code) [FIGURE_##name] = (code),
    static const char *const codes[FIGURE_COUNT] = {REHEARSAL_FIGURES(X)};
#undef X
    return codes[figure];
}

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static enum err read_count(const cJSON *object, const char *key, int64_t *ret_value)
{
    const cJSON *number = member(object, key);
    if (number == NULL) {
        return ERR_MISSING_KEY;
    }
    bool whole =
        cJSON_IsNumber(number) && number->valuedouble >= 0 && number->valuedouble <= 1e15;
    *ret_value = whole ? (int64_t)number->valuedouble : 0;
    return whole ? ERR_OK : ERR_BAD_VALUE;
}

/* Rounded up: nothing takes no time. */
static enum err read_time(const cJSON *times, const char *key, int64_t *ret_ms)
{
    int64_t us = 0;
    enum err err = read_count(member(times, key), "p99", &us);
    *ret_ms = (us + US_A_MS - 1) / US_A_MS;
    return err;
}

static enum err read_figures(const cJSON *json, int64_t ret_figures[FIGURE_COUNT])
{
    static const struct {
        enum rehearsal_figure figure;
        const char *time;
    } times[] = {
        {FIGURE_ARRIVE, "arrive"},
        {FIGURE_RECEIPT, "receipt"},
        {FIGURE_PUSH, "push"},
        {FIGURE_BACK, "back"}};

    enum err err = ERR_OK;
    for (int i = 0; i < FIGURE_ARRIVE && err == ERR_OK; i++) {
        const char *key = rehearsal_figure_code((enum rehearsal_figure)i);
        err = read_count(json, key, &ret_figures[i]);
    }
    for (size_t i = 0; i < sizeof times / sizeof *times && err == ERR_OK; i++) {
        const cJSON *all = member(json, "times_us");
        err = read_time(all, times[i].time, &ret_figures[times[i].figure]);
    }
    return err;
}

static enum err read_grade(const cJSON *json, enum load_grade *ret_grade)
{
    const char *code = cJSON_GetStringValue(member(json, "verdict"));
    for (int i = GRADE_READY; code != NULL && i <= GRADE_FAILED; i++) {
        if (strcmp(code, load_grade_code((enum load_grade)i)) == 0) {
            *ret_grade = (enum load_grade)i;
            return ERR_OK;
        }
    }
    return code == NULL ? ERR_MISSING_KEY : ERR_BAD_VALUE;
}

static bool find_flaw(const char *code, enum load_flaw *ret_flaw)
{
    for (int i = 0; code != NULL && i < LOAD_FLAW_COUNT; i++) {
        if (strcmp(code, load_flaw_code((enum load_flaw)i)) == 0) {
            *ret_flaw = (enum load_flaw)i;
            return true;
        }
    }
    return false;
}

static enum err read_flaws(const cJSON *json, struct rehearsal_verdict *verdict)
{
    const cJSON *flaws = member(json, "flaws");
    const cJSON *flaw = NULL;
    verdict->flaw_count = 0;
    if (!cJSON_IsArray(flaws)) {
        return ERR_MISSING_KEY;
    }
    cJSON_ArrayForEach(flaw, flaws)
    {
        if (verdict->flaw_count == LOAD_FLAW_COUNT ||
            !find_flaw(
                cJSON_GetStringValue(flaw), &verdict->flaws[verdict->flaw_count])) {
            return ERR_BAD_VALUE;
        }
        verdict->flaw_count++;
    }
    return ERR_OK;
}

enum err rehearsal_read(struct span text, struct rehearsal_verdict *ret_verdict)
{
    cJSON *json = cJSON_ParseWithLength((const char *)text.data, text.bytes);
    enum err err = cJSON_IsObject(json) ? ERR_OK : ERR_NOT_JSON;
    if (err == ERR_OK) {
        err = read_grade(json, &ret_verdict->grade);
    }
    if (err == ERR_OK) {
        err = read_flaws(json, ret_verdict);
    }
    if (err == ERR_OK) {
        err = read_figures(json, ret_verdict->figures);
    }
    cJSON_Delete(json);
    return err;
}

/* A verdict in words, as a table, and as JSON. */
#include "app/load_verdict.h"

static const struct {
    const char *words;
    const char *key;
} TIMES[TIME_COUNT] = {
    [TIME_PAGE] = {"the page", "page"},
    [TIME_JOIN] = {"a seat", "join"},
    [TIME_ARRIVE] = {"coming in, all of it", "arrive"},
    [TIME_RECEIPT] = {"a ballot's receipt", "receipt"},
    [TIME_AGAIN] = {"a receipt, line lost", "receipt_again"},
    [TIME_IDEA] = {"an idea's receipt", "idea"},
    [TIME_PUSH] = {"news from the desk", "push"},
    [TIME_BACK] = {"back after a lost line", "back"},
};

static double ms(int64_t us)
{
    return (double)us / 1e3;
}

static void
print_words(const struct load_figures *f, const struct load_verdict *verdict, FILE *out)
{
    static const char *const words[] = {
        [GRADE_READY] = "READY. The hall holds this.",
        [GRADE_SLOW] = "SLOW. Nothing is lost, but mind this:",
        [GRADE_FAILED] = "NOT READY.",
    };

    fprintf(out, "\n%s\n", words[verdict->grade]);
    for (size_t i = 0; i < verdict->count; i++) {
        fprintf(out, "  %s\n", verdict->reasons[i]);
    }
    fprintf(out, "%zu of %zu phones came in.", f->arrived, f->phones);
    if (f->ballots > 0) {
        fprintf(out, " %zu of %zu ballots were acknowledged.", f->receipts, f->ballots);
    }
    if (f->ballots > 0 && f->checked) {
        fprintf(
            out, " Of these %zu are lost and %zu doubled in the export%s.", f->check.lost,
            f->check.doubled,
            f->read_back ? " and in the store, read when the server had ended" : "");
    }
    fprintf(out, "\n");
}

static void print_counts(const struct load_figures *f, FILE *out)
{
    if (f->deaf > 0) {
        fprintf(out, "%zu phones did not read.\n", f->deaf);
    }
    if (f->deeds > 0) {
        fprintf(out, "%zu misdeeds, %zu refused.\n", f->deeds, f->deeds_refused);
    }
    if (f->before_us > 0) {
        fprintf(
            out, "Receipts before that: 99 of 100 within %.1f ms.\n", ms(f->before_us));
    }
    if (f->told_to_wait > 0) {
        fprintf(out, "Asked to try again later %zu times, and did.\n", f->told_to_wait);
    }
    if (f->idle_percent >= 0) {
        fprintf(out, "The server at rest: %.1f %% of a CPU.\n", f->idle_percent);
    }
    if (f->server_bytes > 0) {
        fprintf(
            out,
            "The server: %.1f s CPU (%.1f s for this part), %.0f MiB at the most; the "
            "phones: %.1f s CPU.\n",
            (double)f->server_cpu_us / 1e6, (double)f->part_cpu_us / 1e6,
            (double)f->server_bytes / 1048576, (double)f->own_cpu_us / 1e6);
    }
}

void load_print(
    const struct load_figures *figures, const struct load_verdict *verdict, FILE *out)
{
    print_words(figures, verdict, out);
    fprintf(
        out, "\n%-24s %9s %9s %9s %9s %9s\n", "ms", "count", "half", "99 of 100",
        "99.9 %", "slowest");
    for (int i = 0; i < TIME_COUNT; i++) {
        const struct histogram *times = &figures->times[i];
        if (times->count > 0) {
            fprintf(
                out, "%-24s %9llu %9.1f %9.1f %9.1f %9.1f\n", TIMES[i].words,
                (unsigned long long)times->count, ms(histogram_at(times, 0.5)),
                ms(histogram_at(times, 0.99)), ms(histogram_at(times, 0.999)),
                ms(times->max));
        }
    }
    fprintf(out, "\n");
    print_counts(figures, out);
}

static void add_times(cJSON *json, const struct load_figures *figures)
{
    cJSON *times = cJSON_AddObjectToObject(json, "times_us");
    for (int i = 0; i < TIME_COUNT; i++) {
        const struct histogram *histogram = &figures->times[i];
        cJSON *at = cJSON_AddObjectToObject(times, TIMES[i].key);
        cJSON_AddNumberToObject(at, "count", (double)histogram->count);
        cJSON_AddNumberToObject(at, "p50", (double)histogram_at(histogram, 0.5));
        cJSON_AddNumberToObject(at, "p99", (double)histogram_at(histogram, 0.99));
        cJSON_AddNumberToObject(at, "p999", (double)histogram_at(histogram, 0.999));
        cJSON_AddNumberToObject(at, "max", (double)histogram->max);
    }
}

static void add_counts(cJSON *json, const struct load_figures *f)
{
    const struct {
        const char *key;
        double value;
    } counts[] = {
        {"phones", (double)f->phones},
        {"arrived", (double)f->arrived},
        {"ballots", (double)f->ballots},
        {"receipts", (double)f->receipts},
        {"wrong_receipts", (double)f->wrong_receipts},
        {"exported", (double)f->check.exported},
        {"lost", (double)f->check.lost},
        {"doubled", (double)f->check.doubled},
        {"foreign", (double)f->check.foreign},
        {"refused", (double)f->refused},
        {"told_to_wait", (double)f->told_to_wait},
        {"lines_lost", (double)f->lines_lost},
        {"not_back", (double)f->not_back},
        {"pushes_missed", (double)f->pushes_missed},
        {"deaf", (double)f->deaf},
        {"tls_resumed", (double)f->resumed},
        {"deeds", (double)f->deeds},
        {"deeds_refused", (double)f->deeds_refused},
        {"deeds_obeyed", (double)f->deeds_obeyed},
        {"before_p99_us", (double)f->before_us},
        {"late_us_max", (double)f->late_us_max},
        {"took_us", (double)f->took_us},
        {"own_cpu_us", (double)f->own_cpu_us},
        {"part_cpu_us", (double)f->part_cpu_us},
        {"server_cpu_us", (double)f->server_cpu_us},
        {"server_bytes", (double)f->server_bytes},
    };

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        cJSON_AddNumberToObject(json, counts[i].key, counts[i].value);
    }
    if (f->idle_percent >= 0) {
        cJSON_AddNumberToObject(json, "idle_percent", f->idle_percent);
    }
}

cJSON *load_json(const struct load_figures *figures, const struct load_verdict *verdict)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "scenario", figures->scenario);
    cJSON_AddStringToObject(json, "verdict", load_grade_code(verdict->grade));
    cJSON *flaws = cJSON_AddArrayToObject(json, "flaws");
    cJSON *reasons = cJSON_AddArrayToObject(json, "reasons");
    for (size_t i = 0; i < verdict->count; i++) {
        cJSON_AddItemToArray(
            flaws, cJSON_CreateString(load_flaw_code(verdict->flaws[i])));
        cJSON_AddItemToArray(reasons, cJSON_CreateString(verdict->reasons[i]));
    }
    cJSON_AddBoolToObject(json, "checked", figures->checked ? 1 : 0);
    cJSON_AddBoolToObject(json, "read_back", figures->read_back ? 1 : 0);
    cJSON_AddBoolToObject(json, "result_wrong", figures->result_wrong ? 1 : 0);
    add_counts(json, figures);
    add_times(json, figures);
    return json;
}

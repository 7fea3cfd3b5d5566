#include "app/load_verdict.h"

#include <stdarg.h>

/* What people in a hall take for quick, in µs, 99 of 100. */
#define ARRIVE_US_MAX  5000000
#define RECEIPT_US_MAX 1000000
#define IDEA_US_MAX    1000000
#define PUSH_US_MAX    3000000
#define BACK_US_MAX    60000000
#define LATE_US_MAX    250000 /* our own lateness: above it the times say little */

const char *load_grade_code(enum load_grade grade)
{
    static const char *const codes[] = {
        [GRADE_READY] = "ready", [GRADE_SLOW] = "slow", [GRADE_FAILED] = "failed"};
    return codes[grade];
}

const char *load_flaw_code(enum load_flaw flaw)
{
#define X(name, code) [FLAW_##name] = (code),
    static const char *const codes[LOAD_FLAW_COUNT] = {LOAD_FLAWS(X)};
#undef X
    return codes[flaw];
}

static void
add(struct load_verdict *verdict, enum load_grade grade, enum load_flaw flaw,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* There is room for all: the one that has two reasons is not all there is. */
static void
add(struct load_verdict *verdict, enum load_grade grade, enum load_flaw flaw,
    const char *format, ...)
{
    va_list args;
    verdict->grade = grade > verdict->grade ? grade : verdict->grade;
    verdict->flaws[verdict->count] = flaw;
    va_start(args, format);
    vsnprintf(verdict->reasons[verdict->count++], LOAD_FLAW_BYTES, format, args);
    va_end(args);
}

static void judge_ballots(const struct load_figures *f, struct load_verdict *verdict)
{
    if (!f->checked) {
        add(verdict, GRADE_FAILED, FLAW_UNCHECKED, "The export could not be checked.");
        return;
    }
    if (f->check.lost > 0) {
        add(verdict, GRADE_FAILED, FLAW_LOST,
            "%zu acknowledged ballots are not in the export.", f->check.lost);
    }
    if (f->check.doubled > 0) {
        add(verdict, GRADE_FAILED, FLAW_DOUBLED, "%zu ballots count twice.",
            f->check.doubled);
    }
    if (f->check.foreign > 0) {
        add(verdict, GRADE_FAILED, FLAW_FOREIGN,
            "%zu ballots are in the export that nobody cast.", f->check.foreign);
    }
    if (f->wrong_receipts > 0) {
        add(verdict, GRADE_FAILED, FLAW_WRONG_RECEIPTS,
            "%zu receipts do not fit their ballots.", f->wrong_receipts);
    }
    if (f->result_wrong) {
        add(verdict, GRADE_FAILED, FLAW_WRONG_RESULT,
            "The result is not what the ballots in the export say.");
    }
    if (f->receipts < f->ballots) {
        add(verdict, GRADE_FAILED, FLAW_NOT_STORED,
            "%zu of %zu ballots were never acknowledged.", f->ballots - f->receipts,
            f->ballots);
    }
}

static void judge_people(const struct load_figures *f, struct load_verdict *verdict)
{
    if (f->arrived < f->phones) {
        add(verdict, GRADE_FAILED, FLAW_NOT_IN, "%zu of %zu phones never got in.",
            f->phones - f->arrived, f->phones);
    }
    if (f->ideas_unanswered > 0) {
        add(verdict, GRADE_FAILED, FLAW_NOT_STORED, "%zu ideas were never acknowledged.",
            f->ideas_unanswered);
    }
    if (f->refused > 0) {
        add(verdict, GRADE_FAILED, FLAW_REFUSED, "%zu requests were refused (%s first).",
            f->refused, f->refusal);
    }
    if (f->not_back > f->deaf) {
        add(verdict, GRADE_FAILED, FLAW_NOT_BACK, "%zu phones had no line at the end.",
            f->not_back);
    }
    if (f->pushes_missed > 0) {
        add(verdict, GRADE_FAILED, FLAW_NEWS_MISSED,
            "News did not reach a phone %zu times.", f->pushes_missed);
    }
    if (f->deeds_refused < f->deeds) {
        add(verdict, f->deeds_obeyed > 0 ? GRADE_FAILED : GRADE_SLOW, FLAW_DEEDS,
            "%zu of %zu misdeeds were not refused, %zu were obeyed.",
            f->deeds - f->deeds_refused, f->deeds, f->deeds_obeyed);
    }
    if (f->lines_lost > 0) {
        add(verdict, GRADE_SLOW, FLAW_LINES_LOST,
            "%zu lines broke by themselves and were made anew.", f->lines_lost);
    }
}

static void judge_times(const struct load_figures *f, struct load_verdict *verdict)
{
    static const struct {
        enum load_time time;
        enum load_flaw flaw;
        int64_t us_max;
        const char *what;
    } rules[] = {
        {TIME_ARRIVE, FLAW_SLOW_ARRIVE, ARRIVE_US_MAX, "Coming in"},
        {TIME_RECEIPT, FLAW_SLOW_RECEIPT, RECEIPT_US_MAX, "A ballot's receipt"},
        {TIME_AGAIN, FLAW_SLOW_AGAIN, BACK_US_MAX, "A receipt after a lost line"},
        {TIME_IDEA, FLAW_SLOW_IDEA, IDEA_US_MAX, "Sending an idea"},
        {TIME_PUSH, FLAW_SLOW_PUSH, PUSH_US_MAX, "News from the desk"},
        {TIME_BACK, FLAW_SLOW_BACK, BACK_US_MAX, "Coming back"},
    };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        int64_t us = histogram_at(&f->times[rules[i].time], 0.99);
        if (us > rules[i].us_max) {
            add(verdict, GRADE_SLOW, rules[i].flaw,
                "%s takes %.1f s and more for one in a hundred.", rules[i].what,
                (double)us / 1e6);
        }
    }
    if (f->late_us_max > LATE_US_MAX) {
        add(verdict, verdict->grade, FLAW_LATE,
            "This machine was up to %.1f s late itself: the times hold that too.",
            (double)f->late_us_max / 1e6);
    }
}

void load_judge(const struct load_figures *figures, struct load_verdict *ret_verdict)
{
    *ret_verdict = (struct load_verdict){.grade = GRADE_READY};
    judge_ballots(figures, ret_verdict);
    judge_people(figures, ret_verdict);
    judge_times(figures, ret_verdict);
}

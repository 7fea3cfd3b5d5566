#include "domain/follow.h"

#include <assert.h>

static const char *const state_names[FOLLOW_STATE_COUNT] = {
    [FOLLOW_IDEA] = "idea",         [FOLLOW_PROTOTYPE] = "prototype",
    [FOLLOW_PILOT] = "pilot",       [FOLLOW_PERMANENT] = "permanent",
    [FOLLOW_TRANSFER] = "transfer", [FOLLOW_STOPPED] = "stopped",
};

const char *follow_state_name(enum follow_state state)
{
    assert(state < FOLLOW_STATE_COUNT);
    return state_names[state];
}

bool follow_is_final(enum follow_state state)
{
    return state == FOLLOW_PERMANENT || state == FOLLOW_TRANSFER ||
           state == FOLLOW_STOPPED;
}

static bool is_leap(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool day_is_valid(struct day day)
{
    static const uint8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (day.year < 2000 || day.year > 9999 || day.month < 1 || day.month > 12) {
        return false;
    }
    unsigned length = lengths[day.month - 1];
    length += day.month == 2 && is_leap(day.year) ? 1 : 0;
    return day.of_month >= 1 && day.of_month <= length;
}

bool day_is_none(struct day day)
{
    return day.year == 0 && day.month == 0 && day.of_month == 0;
}

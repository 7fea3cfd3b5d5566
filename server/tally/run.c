#include "tally/run.h"

static void learn(struct run *run, size_t first, size_t second, size_t option)
{
    run->option[(first - 0x30) * RUN_SECOND + (second - 0x20)] = (uint16_t)option;
}

void run_init(struct run *run, const uint16_t *own, size_t options, char separator)
{
    run->separator = separator;
    for (size_t i = 0; i < RUN_FIRST * RUN_SECOND; i++) {
        run->option[i] = RUN_NOBODY;
    }
    for (size_t number = 1; number <= options && number <= 99; number++) {
        size_t option = own != NULL ? own[number - 1] : number - 1;
        if (number < 10) {
            learn(run, '0' + number, (unsigned char)separator, option);
        } else {
            learn(run, '0' + number / 10, '0' + number % 10, option);
        }
    }
}

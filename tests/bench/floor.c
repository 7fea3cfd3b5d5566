#include "floor.h"

#include <stdlib.h>
#include <string.h>

uint16_t *floor_parse(struct text_file text, size_t *ret_count)
{
    uint16_t *numbers = malloc((text.bytes / 2 + 1) * sizeof *numbers);
    const char *end = text.data + text.bytes;
    size_t count = 0;
    if (numbers == NULL) {
        abort();
    }
    for (const char *at = text.data; at < end && *at != '"'; at++) {
        unsigned number = 0;
        for (; *at >= '0' && *at <= '9'; at++) {
            number = number * 10 + (unsigned)(*at - '0');
        }
        numbers[count++] = (uint16_t)number;
    }
    *ret_count = count;
    return numbers;
}

uint32_t floor_matrix(const uint16_t *numbers, size_t count)
{
    static uint32_t matrix[BALLOTS_OPTIONS_MAX + 1][BALLOTS_OPTIONS_MAX + 1];
    memset(matrix, 0, sizeof matrix);
    for (size_t at = 2; at < count && numbers[at] != 0; at++) { /* behind the head */
        uint32_t weight = numbers[at++];
        for (; numbers[at] != 0; at++) {
            for (size_t below = at + 1; numbers[below] != 0; below++) {
                matrix[numbers[at]][numbers[below]] += weight;
            }
        }
    }
    return matrix[1][2];
}

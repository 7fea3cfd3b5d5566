/* Runs of short numbers in a ballot, a place each: what nearly all of a large file is.
 * One table tells what two bytes mean, so that a number costs few and foreseeable steps.
 */
#ifndef TALLY_RUN_H
#define TALLY_RUN_H

#include "tally/file.h"

#define RUN_NOBODY UINT16_MAX
#define RUN_FIRST  ((size_t)16) /* what may be a first digit: 30..3f */
#define RUN_SECOND ((size_t)32) /* what may be a second one, or a separator: 20..3f */

struct run {
    char separator;
    uint16_t option[RUN_FIRST * RUN_SECOND]; /* RUN_NOBODY: not to be read so */
};

/* Options 1 … `options` by their numbers; `own` are their new ones, RUN_NOBODY for those
 * that are not read here, NULL: as they are. The separator is of 20..3f and no digit. */
void run_init(struct run *run, const uint16_t *own, size_t options, char separator);

/* Marks numbers of one or two digits that have a separator behind, a place each from
 * `*place` on. Steps over them with their separators and stops before anything else. */
static inline void
run_mark(const struct run *run, struct file_reader *reader, size_t *place)
{
    size_t room = reader->mark_capacity - reader->mark_count;
    if (room == 0) {
        return;
    }
    const unsigned char *data = (const unsigned char *)reader->text.data;
    struct tally_mark *marks = reader->marks + reader->mark_count;
    size_t at = reader->text.at;
    size_t first_place = *place;
    size_t places = first_place < UINT16_MAX ? UINT16_MAX - first_place : 0;
    uint64_t seen = reader->seen;
    size_t count = 0;
    room = room < places ? room : places;
    while (at + 3 <= reader->text.bytes && count < room) {
        size_t first = data[at] - (size_t)0x30;
        size_t second = data[at + 1] - (size_t)0x20;
        if ((first | second >> 1) >= RUN_FIRST) {
            break;
        }
        size_t option = run->option[first * RUN_SECOND + second];
        size_t two = second >> 4; /* are both digits? no branch: lengths are random */
        if (option == RUN_NOBODY || data[at + 1 + two] != (unsigned char)run->separator) {
            break;
        }
        marks[count] = (struct tally_mark){
            .option = (uint16_t)option, .place = (uint16_t)(first_place + count)};
        seen |= UINT64_C(1) << option % BITS_WORD;
        count++;
        at += 2 + two;
    }
    reader->seen = seen;
    reader->text.at = at;
    reader->mark_count += count;
    reader->unsure = reader->unsure || bits_count(&seen, 1) != reader->mark_count;
    *place += count;
}

#endif

/* A rehearsal as the desk is told of it. */
#include "golden.h"
#include "wire/wire.h"

#include <criterion/criterion.h>

static void expect(const char *golden, const struct wire_rehearsal *rehearsal)
{
    struct buf out;
    buf_init(&out, 4096);
    wire_encode_rehearsal(&out, rehearsal);
    golden_expect_push(golden, &out);
    buf_fini(&out);
}

Test(rehearsal, says_how_far_it_is)
{
    const struct wire_rehearsal running = {
        .state = "running", .phones = 100, .stage = "arrive", .done = 42, .of = 100};
    expect("rehearsal: it runs", &running);
}

Test(rehearsal, says_how_it_ended)
{
    static const char *const flaws[] = {"slow-push", "late"};
    static const char *const figures[] = {"arrived", "push_ms"};
    static const int64_t values[] = {100, 3104};
    const struct wire_rehearsal done = {
        .state = "done",
        .phones = 100,
        .at_ms = 1790000000000,
        .verdict = "slow",
        .flaws = flaws,
        .flaw_count = 2,
        .figures = figures,
        .values = values,
        .figure_count = 2,
    };
    expect("rehearsal: it was slow", &done);
    const struct wire_rehearsal stopped = {
        .state = "stopped", .phones = 100, .at_ms = 1790000000000, .cause = "asked"};
    expect("rehearsal: it was stopped", &stopped);
}

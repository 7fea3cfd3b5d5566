#include "undo_kit.h"

struct kit kit;
int64_t person;

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    person = join(&kit, ROLE_PARTICIPANT);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(undo, .init = enter, .fini = leave);

int64_t here(void)
{
    return kit.event.pos;
}

const struct idea *idea_now(int64_t id)
{
    return event_idea(&kit.event, id);
}

const struct poll *poll_now(int64_t id)
{
    return event_poll_kept(&kit.event, id);
}

struct entry desk(enum entry_kind kind)
{
    return entry_of(&kit, kind, ROLE_MODERATOR, kit.moderator);
}

void expect_refusal(int64_t pos, enum err err)
{
    struct entry entry = undo_entry(&kit, pos);
    refuse(&kit, &entry, err);
}

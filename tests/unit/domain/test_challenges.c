#include "unit/domain/kit.h"

static struct kit kit;
static int64_t school;
static int64_t park;

static struct entry desk(enum entry_kind kind)
{
    return entry_of(&kit, kind, ROLE_MODERATOR, kit.moderator);
}

static int64_t add(enum label_kind kind, int64_t challenge)
{
    struct entry entry = desk(ENTRY_LABEL_ADD);
    entry.as.label.kind = kind;
    entry.as.label.name = content_of(kit.next);
    entry.as.label.challenge = challenge;
    return accept(&kit, &entry);
}

static void hall(void)
{
    kit_init(&kit, JOIN_OPEN);
    school = add(LABEL_CHALLENGE, 0);
    park = add(LABEL_CHALLENGE, 0);
}

static void leave(void)
{
    kit_fini(&kit);
}

static struct entry challenge_entry(int64_t idea, int64_t challenge)
{
    struct entry entry = desk(ENTRY_IDEA_CHALLENGE);
    entry.as.idea_challenge.idea = idea;
    entry.as.idea_challenge.challenge = challenge;
    return entry;
}

static int64_t idea_with(int64_t challenge)
{
    struct entry entry = desk(ENTRY_IDEA_SUBMIT);
    entry.as.idea_text.content = content_of(kit.next);
    entry.as.idea_text.challenge =
        (struct challenge_change){.given = challenge != 0, .label = challenge};
    return accept(&kit, &entry);
}

static int64_t of(int64_t idea)
{
    return event_idea_challenge(&kit.event, event_idea(&kit.event, idea));
}

static void give(int64_t idea, int64_t challenge)
{
    struct entry entry = challenge_entry(idea, challenge);
    accept(&kit, &entry);
}

static int64_t on_idea(enum entry_kind kind, int64_t idea, int64_t into)
{
    struct entry entry = desk(kind);
    entry.as.idea_act.idea = idea;
    entry.as.idea_act.into = into;
    accept(&kit, &entry);
    return kit.event.pos;
}

static void take_back(int64_t pos)
{
    struct entry entry = desk(ENTRY_UNDO);
    entry.as.undo.pos = pos;
    accept(&kit, &entry);
}

static struct entry drop_entry(int64_t label)
{
    struct entry entry = desk(ENTRY_LABEL_DROP);
    entry.as.label.label = label;
    return entry;
}

TestSuite(challenges, .init = hall, .fini = leave);

Test(challenges, are_said_with_an_idea_and_changed_at_the_desk)
{
    int64_t idea = idea_with(school);
    cr_expect_eq(of(idea), school);
    cr_expect_eq(of(idea_with(0)), 0);
    give(idea, park);
    cr_expect_eq(of(idea), park);
    give(idea, 0);
    cr_expect_eq(of(idea), 0);
}

Test(challenges, stay_when_an_idea_is_edited_and_nothing_is_said_of_them)
{
    int64_t idea = idea_with(school);
    struct entry entry = desk(ENTRY_IDEA_EDIT);
    entry.as.idea_text.idea = idea;
    entry.as.idea_text.content = content_of(kit.next);
    accept(&kit, &entry);
    cr_expect_eq(of(idea), school);
    entry = desk(ENTRY_IDEA_EDIT);
    entry.as.idea_text.idea = idea;
    entry.as.idea_text.content = content_of(kit.next);
    entry.as.idea_text.challenge.given = true;
    accept(&kit, &entry);
    cr_expect_eq(of(idea), 0);
}

Test(challenges, are_no_tags_and_no_groups)
{
    int64_t idea = idea_with(0);
    int64_t tag = add(LABEL_TAG, 0);
    struct entry entry = challenge_entry(idea, tag);
    cr_expect_eq(apply(&kit, &entry).err, ERR_UNKNOWN_LABEL);
    entry = challenge_entry(idea, 99);
    cr_expect_eq(apply(&kit, &entry).err, ERR_UNKNOWN_LABEL);
    entry = challenge_entry(idea + 1, school);
    cr_expect_eq(apply(&kit, &entry).err, ERR_UNKNOWN_IDEA);
    entry = desk(ENTRY_IDEA_SUBMIT);
    entry.as.idea_text.content = content_of(kit.next);
    entry.as.idea_text.challenge = (struct challenge_change){true, tag};
    cr_expect_eq(apply(&kit, &entry).err, ERR_UNKNOWN_LABEL);
    entry = desk(ENTRY_LABEL_ADD);
    entry.as.label.kind = LABEL_TAG;
    entry.as.label.name = content_of(kit.next);
    entry.as.label.challenge = school;
    cr_expect_eq(apply(&kit, &entry).err, ERR_BAD_VALUE);
    entry = desk(ENTRY_LABEL_ADD);
    entry.as.label.kind = LABEL_GROUP;
    entry.as.label.name = content_of(kit.next);
    entry.as.label.challenge = tag;
    cr_expect_eq(apply(&kit, &entry).err, ERR_UNKNOWN_LABEL);
}

Test(challenges, that_were_dropped_leave_everything_until_they_are_back)
{
    int64_t idea = idea_with(school);
    int64_t team = add(LABEL_GROUP, school);
    struct entry entry = drop_entry(school);
    accept(&kit, &entry);
    int64_t pos = kit.event.pos;
    cr_expect_eq(of(idea), 0);
    cr_expect_eq(event_idea(&kit.event, idea)->changed_pos, pos, "screens are told");
    cr_expect_eq(event_group_challenge(&kit.event, event_label(&kit.event, team)), 0);
    cr_expect_eq(of(idea_with(school)), 0, "it was there when it was chosen");
    take_back(pos);
    cr_expect_eq(of(idea), school);
    cr_expect_eq(
        event_group_challenge(&kit.event, event_label(&kit.event, team)), school);
}

Test(challenges, are_worked_on_by_groups_until_an_edit_says_else)
{
    int64_t team = add(LABEL_GROUP, school);
    struct entry entry = desk(ENTRY_LABEL_EDIT);
    entry.as.label.label = team;
    entry.as.label.name = content_of(kit.next);
    entry.as.label.challenge = park;
    accept(&kit, &entry);
    int64_t pos = kit.event.pos;
    cr_expect_eq(event_label(&kit.event, team)->challenge, park);
    take_back(pos);
    cr_expect_eq(event_label(&kit.event, team)->challenge, school);
}

Test(challenges, that_anything_names_are_not_unmade)
{
    int64_t third = add(LABEL_CHALLENGE, 0);
    int64_t pos = kit.event.pos;
    (void)add(LABEL_GROUP, third);
    struct entry entry = desk(ENTRY_UNDO);
    entry.as.undo.pos = pos;
    cr_expect_eq(apply(&kit, &entry).err, ERR_UNDO_BUILT_ON);
}

/* ---- merging ---- */

Test(challenges, of_what_was_merged_are_kept_by_an_idea_without_one)
{
    int64_t stays = idea_with(0);
    int64_t first = idea_with(school);
    int64_t second = idea_with(park);
    on_idea(ENTRY_IDEA_MERGE, second, stays);
    cr_expect_eq(of(stays), park);
    cr_expect_eq(event_idea(&kit.event, stays)->changed_pos, kit.event.pos);
    on_idea(ENTRY_IDEA_MERGE, first, stays);
    cr_expect_eq(of(stays), school, "it came to the event before the other");
    give(stays, park);
    cr_expect_eq(of(stays), park, "its own goes before");
    give(stays, 0);
    on_idea(ENTRY_IDEA_SPLIT, first, 0);
    cr_expect_eq(of(stays), park);
    on_idea(ENTRY_IDEA_SPLIT, second, 0);
    cr_expect_eq(of(stays), 0);
    cr_expect_eq(of(first), school);
    cr_expect_eq(of(second), park);
}

Test(challenges, come_along_chains_of_merges_and_leave_with_an_undo)
{
    int64_t top = idea_with(0);
    int64_t middle = idea_with(0);
    int64_t leaf = idea_with(0);
    int64_t merged = on_idea(ENTRY_IDEA_MERGE, middle, top);
    cr_expect_eq(of(top), 0);
    take_back(merged);
    on_idea(ENTRY_IDEA_MERGE, leaf, middle);
    merged = on_idea(ENTRY_IDEA_MERGE, middle, top);
    give(leaf, school);
    cr_expect_eq(of(top), school);
    cr_expect_eq(of(middle), school);
    take_back(kit.event.pos);
    cr_expect_eq(of(top), 0);
    give(leaf, park);
    take_back(merged);
    cr_expect_eq(of(top), 0);
    cr_expect_eq(of(middle), park);
}

/* Whatever was merged and given challenges: once all is split again and undone, every
 * idea has what it had. */
Test(challenges, are_what_they_were_once_everything_is_split_again)
{
    enum { IDEAS = 6 };

    static const int64_t said[IDEAS] = {0, 1, 2, 0, 0, 1};
    uint64_t state = 7;
    for (int i = 0; i < IDEAS; i++) {
        (void)idea_with(said[i]);
    }
    for (int step = 0; step < 400; step++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t idea = 1 + (int64_t)(state >> 33) % IDEAS;
        int64_t into = 1 + (int64_t)(state >> 41) % IDEAS;
        struct entry entry =
            desk((state >> 50) % 3 == 0 ? ENTRY_IDEA_SPLIT : ENTRY_IDEA_MERGE);
        entry.as.idea_act.idea = idea;
        entry.as.idea_act.into = into;
        (void)apply(&kit, &entry);
    }
    for (int64_t idea = 1; idea <= IDEAS; idea++) {
        struct entry entry = desk(ENTRY_IDEA_SPLIT);
        entry.as.idea_act.idea = idea;
        (void)apply(&kit, &entry);
    }
    for (int64_t idea = 1; idea <= IDEAS; idea++) {
        cr_expect_eq(of(idea), said[idea - 1]);
        cr_expect_eq(event_idea(&kit.event, idea)->inherited, 0);
    }
}

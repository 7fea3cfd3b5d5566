#include "unit/domain/kit.h"

static struct kit kit;

static void hall(void)
{
    kit_init(&kit, JOIN_OPEN);
}

static void leave(void)
{
    kit_fini(&kit);
}

static struct entry label_entry(enum entry_kind kind, int64_t label)
{
    struct entry entry = entry_of(&kit, kind, ROLE_MODERATOR, kit.moderator);
    entry.as.label.label = label;
    entry.as.label.name = content_of(kit.next);
    return entry;
}

static struct entry add_entry(enum label_kind kind)
{
    struct entry entry = label_entry(ENTRY_LABEL_ADD, 0);
    entry.as.label.kind = kind;
    return entry;
}

static int64_t add(enum label_kind kind)
{
    struct entry entry = add_entry(kind);
    return accept(&kit, &entry);
}

static struct entry group_entry(int64_t person, int64_t group)
{
    struct entry entry = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    entry.as.person_group.group = group;
    return entry;
}

static void choose(int64_t person, int64_t group)
{
    struct entry entry = group_entry(person, group);
    accept(&kit, &entry);
}

static int64_t people_of(int64_t group)
{
    return event_label(&kit.event, group)->people;
}

static void name_tags(struct tag_list *tags, const int64_t *labels, uint16_t count)
{
    *tags = (struct tag_list){.given = true, .count = count};
    memcpy(tags->labels, labels, count * sizeof *labels);
}

static struct entry tag_entry(int64_t idea, const int64_t *labels, uint16_t count)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_TAG, ROLE_MODERATOR, kit.moderator);
    entry.as.idea_tag.idea = idea;
    name_tags(&entry.as.idea_tag.tags, labels, count);
    return entry;
}

static void expect_tags(int64_t idea, const int64_t *labels, uint16_t count)
{
    const struct idea *found = event_idea(&kit.event, idea);
    uint16_t shown = 0;
    for (uint16_t i = 0; i < found->tag_count; i++) {
        if (event_label(&kit.event, found->tags[i]) != NULL) {
            cr_assert_lt(shown, count);
            cr_expect_eq(found->tags[i], labels[shown++]);
        }
    }
    cr_expect_eq(shown, count);
}

TestSuite(label, .init = hall, .fini = leave);

/* The labels of a kind by their ids, "213" for ids 2, 1 and 3. */
static const char *order_of(enum label_kind kind)
{
    static char order[LABELS_MAX + 1];
    const struct label *labels[LABELS_MAX];
    size_t count = event_labels(&kit.event, kind, labels);
    for (size_t i = 0; i < count; i++) {
        order[i] = (char)('0' + labels[i]->id);
    }
    order[count] = '\0';
    return order;
}

static struct entry move_entry(int64_t label, int64_t before)
{
    struct entry entry = label_entry(ENTRY_LABEL_MOVE, label);
    entry.as.label.before = before;
    return entry;
}

static void move(int64_t label, int64_t before)
{
    struct entry entry = move_entry(label, before);
    accept(&kit, &entry);
}

Test(label, goes_before_another_of_its_kind_or_to_the_end)
{
    for (int i = 0; i < 3; i++) {
        add(LABEL_CHALLENGE);
    }
    int64_t tag = add(LABEL_TAG);
    cr_expect_str_eq(order_of(LABEL_CHALLENGE), "123", "first the order of making");
    move(3, 1);
    cr_expect_str_eq(order_of(LABEL_CHALLENGE), "312");
    cr_expect_eq(kit.event.changed_pos, kit.event.pos);
    move(3, 2);
    cr_expect_str_eq(order_of(LABEL_CHALLENGE), "132");
    move(1, 0);
    cr_expect_str_eq(order_of(LABEL_CHALLENGE), "321");
    move(2, 1);
    cr_expect_str_eq(order_of(LABEL_CHALLENGE), "321", "where it is already");
    add(LABEL_CHALLENGE);
    cr_expect_str_eq(order_of(LABEL_CHALLENGE), "3215", "a new one comes last");
    struct entry drop = label_entry(ENTRY_LABEL_DROP, 2);
    accept(&kit, &drop);
    move(5, 1);
    cr_expect_str_eq(order_of(LABEL_CHALLENGE), "351", "past one that was dropped");
    cr_expect_eq(event_label(&kit.event, tag)->place, 0, "each kind has its own order");
}

Test(label, is_moved_by_one_of_its_kind_only)
{
    int64_t red = add(LABEL_GROUP);
    int64_t traffic = add(LABEL_TAG);
    struct entry entry = move_entry(red, traffic);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = move_entry(red, red);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = move_entry(red, 9);
    refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
    entry = move_entry(9, 0);
    refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
    struct entry drop = label_entry(ENTRY_LABEL_DROP, red);
    accept(&kit, &drop);
    entry = move_entry(red, 0);
    refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
}

Test(label, is_made_renamed_and_dropped)
{
    int64_t red = add(LABEL_GROUP);
    int64_t traffic = add(LABEL_TAG);
    cr_expect_eq(red, 1);
    cr_expect_eq(traffic, 2);
    struct entry entry = label_entry(ENTRY_LABEL_EDIT, traffic);
    accept(&kit, &entry);
    const struct label *label = event_label(&kit.event, traffic);
    cr_expect(uid_equal(&label->name.id, &entry.as.label.name.id));
    cr_expect_eq(label->kind, LABEL_TAG);
    cr_expect_eq(kit.event.changed_pos, kit.event.pos);
    entry = label_entry(ENTRY_LABEL_DROP, red);
    accept(&kit, &entry);
    cr_expect_null(event_label(&kit.event, red));
    cr_expect_eq(event_label_count(&kit.event, LABEL_GROUP), 0);
    cr_expect_eq(add(LABEL_GROUP), 3, "no id is given twice");
}

Test(label, is_also_made_by_the_office)
{
    struct entry entry = entry_of(&kit, ENTRY_LABEL_ADD, ROLE_OFFICE, 0);
    entry.as.label.name = content_of(5);
    cr_expect_eq(accept(&kit, &entry), 1);
}

Test(label, has_a_kind_and_a_name)
{
    struct entry entry = add_entry(LABEL_KIND_COUNT);
    refuse(&kit, &entry, ERR_BAD_VALUE);
    entry = add_entry(LABEL_TAG);
    entry.as.label.name = (struct content_ref){.id = {{0}}};
    refuse(&kit, &entry, ERR_TEXT_EMPTY);
    entry = label_entry(ENTRY_LABEL_EDIT, add(LABEL_TAG));
    entry.as.label.name = (struct content_ref){.id = {{0}}};
    refuse(&kit, &entry, ERR_TEXT_EMPTY);
}

Test(label, that_is_not_there_is_unknown)
{
    int64_t gone = add(LABEL_TAG);
    struct entry entry = label_entry(ENTRY_LABEL_DROP, gone);
    accept(&kit, &entry);

    static const enum entry_kind acts[] = {ENTRY_LABEL_EDIT, ENTRY_LABEL_DROP};

    for (size_t i = 0; i < 2; i++) {
        for (int64_t label = 0; label <= 2; label++) {
            entry = label_entry(acts[i], label);
            refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
        }
    }
}

Test(label, of_a_kind_there_are_only_so_many_at_a_time)
{
    static const size_t max[] = {
        [LABEL_GROUP] = GROUPS_MAX,
        [LABEL_TAG] = TAGS_MAX,
        [LABEL_CHALLENGE] = CHALLENGES_MAX};
    for (enum label_kind kind = LABEL_GROUP; kind < LABEL_KIND_COUNT; kind++) {
        int64_t last = 0;
        for (size_t i = 0; i < max[kind]; i++) {
            last = add(kind);
        }
        struct entry entry = add_entry(kind);
        refuse(&kit, &entry, ERR_TOO_MANY);
        entry = label_entry(ENTRY_LABEL_DROP, last);
        accept(&kit, &entry);
        (void)add(kind);
    }
}

Test(label, there_are_only_so_many_in_all)
{
    for (size_t i = 0; i < LABELS_MAX; i++) {
        struct entry entry = label_entry(ENTRY_LABEL_DROP, add(LABEL_TAG));
        accept(&kit, &entry);
    }
    struct entry entry = add_entry(LABEL_TAG);
    refuse(&kit, &entry, ERR_TOO_MANY);
}

TestSuite(group, .init = hall, .fini = leave);

Test(group, is_chosen_and_changed_until_the_first_poll_is_opened)
{
    int64_t red = add(LABEL_GROUP);
    int64_t blue = add(LABEL_GROUP);
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    choose(ada, red);
    int64_t poll = draft_of_new(&kit, 2);
    choose(ada, blue);
    cr_expect_eq(people_of(red), 0);
    cr_expect_eq(people_of(blue), 1);
    cr_expect_eq(event_participant(&kit.event, ada)->group, blue);
    step(&kit, ENTRY_POLL_OPEN, poll);
    struct entry entry = group_entry(ada, red);
    refuse(&kit, &entry, ERR_GROUP_FROZEN);
    choose(ada, blue); /* said again: no error */
    cr_expect_eq(people_of(blue), 1);
}

Test(group, stays_frozen_when_the_poll_is_over)
{
    int64_t red = add(LABEL_GROUP);
    int64_t blue = add(LABEL_GROUP);
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    choose(ada, red);
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    step(&kit, ENTRY_POLL_CLOSE, poll);
    step(&kit, ENTRY_POLL_ANNUL, poll);
    struct entry entry = group_entry(ada, blue);
    refuse(&kit, &entry, ERR_GROUP_FROZEN);
}

Test(group, is_chosen_at_any_time_by_who_has_none)
{
    int64_t red = add(LABEL_GROUP);
    int64_t poll = draft_of_new(&kit, 2);
    step(&kit, ENTRY_POLL_OPEN, poll);
    int64_t late = join(&kit, ROLE_PARTICIPANT);
    choose(late, red);
    cr_expect_eq(people_of(red), 1);
}

Test(group, must_be_one_that_is_there)
{
    int64_t gone = add(LABEL_GROUP);
    int64_t tag = add(LABEL_TAG);
    struct entry entry = label_entry(ENTRY_LABEL_DROP, gone);
    accept(&kit, &entry);
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    const int64_t wrong[] = {0, gone, tag, tag + 1};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        entry = group_entry(ada, wrong[i]);
        refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
    }
}

Test(group, is_dropped_only_while_nobody_is_in_it)
{
    int64_t red = add(LABEL_GROUP);
    int64_t blue = add(LABEL_GROUP);
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    choose(ada, red);
    struct entry entry = label_entry(ENTRY_LABEL_DROP, red);
    refuse(&kit, &entry, ERR_WRONG_STATE);
    choose(ada, blue);
    entry = label_entry(ENTRY_LABEL_DROP, red);
    accept(&kit, &entry);
}

TestSuite(tag, .init = hall, .fini = leave);

Test(tag, is_given_with_an_idea_and_stays_where_an_edit_names_none)
{
    const int64_t tags[] = {add(LABEL_TAG), add(LABEL_TAG), add(LABEL_TAG)};
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    name_tags(&entry.as.idea_text.tags, tags, 3);
    int64_t idea = accept(&kit, &entry);
    expect_tags(idea, tags, 3);
    entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    entry.kind = ENTRY_IDEA_EDIT;
    entry.as.idea_text.idea = idea;
    accept(&kit, &entry);
    expect_tags(idea, tags, 3);
    entry.command = uid_of(++kit.next);
    name_tags(&entry.as.idea_text.tags, &tags[1], 1);
    accept(&kit, &entry);
    expect_tags(idea, &tags[1], 1);
    entry.command = uid_of(++kit.next);
    name_tags(&entry.as.idea_text.tags, tags, 0);
    accept(&kit, &entry);
    expect_tags(idea, tags, 0);
}

Test(tag, is_given_to_any_idea_by_a_moderator)
{
    int64_t tags[IDEA_TAGS_MAX];
    for (size_t i = 0; i < IDEA_TAGS_MAX; i++) {
        tags[i] = add(LABEL_TAG);
    }
    int64_t idea = submit(&kit, join(&kit, ROLE_PARTICIPANT));
    hide(&kit, idea);
    struct entry entry = tag_entry(idea, tags, IDEA_TAGS_MAX);
    accept(&kit, &entry);
    expect_tags(idea, tags, IDEA_TAGS_MAX);
    cr_expect_eq(event_idea(&kit.event, idea)->changed_pos, kit.event.pos);
    entry = tag_entry(idea, tags, 1);
    accept(&kit, &entry);
    expect_tags(idea, tags, 1);
    entry = tag_entry(idea + 1, tags, 1);
    refuse(&kit, &entry, ERR_UNKNOWN_IDEA);
}

Test(tag, of_an_idea_there_are_only_so_many)
{
    int64_t tags[IDEA_TAGS_OWN_MAX + 1];
    for (size_t i = 0; i < IDEA_TAGS_OWN_MAX + 1; i++) {
        tags[i] = add(LABEL_TAG);
    }
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    struct entry entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    name_tags(&entry.as.idea_text.tags, tags, IDEA_TAGS_OWN_MAX + 1);
    refuse(&kit, &entry, ERR_TOO_MANY);
    entry = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    name_tags(&entry.as.idea_text.tags, tags, IDEA_TAGS_OWN_MAX + 1);
    accept(&kit, &entry);
    entry = tag_entry(1, tags, 1);
    entry.as.idea_tag.tags.count = IDEA_TAGS_MAX + 1;
    refuse(&kit, &entry, ERR_TOO_MANY);
}

Test(tag, must_be_one_that_is_there_and_once)
{
    int64_t tag = add(LABEL_TAG);
    int64_t group = add(LABEL_GROUP);
    int64_t idea = publish_idea(&kit);
    const int64_t wrong[] = {0, group, group + 1};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct entry entry = tag_entry(idea, &wrong[i], 1);
        refuse(&kit, &entry, ERR_UNKNOWN_LABEL);
    }
    struct entry twice = tag_entry(idea, (const int64_t[]){tag, tag}, 2);
    refuse(&kit, &twice, ERR_BAD_VALUE);
}

Test(tag, that_is_dropped_leaves_all_ideas)
{
    const int64_t tags[] = {add(LABEL_TAG), add(LABEL_TAG)};
    int64_t both = publish_idea(&kit);
    int64_t other = publish_idea(&kit);
    struct entry entry = tag_entry(both, tags, 2);
    accept(&kit, &entry);
    entry = tag_entry(other, &tags[1], 1);
    accept(&kit, &entry);
    entry = label_entry(ENTRY_LABEL_DROP, tags[0]);
    accept(&kit, &entry);
    expect_tags(both, &tags[1], 1);
    cr_expect_eq(event_idea(&kit.event, both)->changed_pos, kit.event.pos);
    cr_expect_lt(event_idea(&kit.event, other)->changed_pos, kit.event.pos);
}

Test(group, that_is_dropped_or_taken_back_is_no_team_of_an_idea_any_more)
{
    static const bool undone[] = {false, true};
    for (int i = 0; i < 2; i++) {
        int64_t idea = publish_idea(&kit);
        int64_t group = add(LABEL_GROUP);
        int64_t added = kit.event.pos;
        struct entry team =
            entry_of(&kit, ENTRY_IDEA_TEAM, ROLE_MODERATOR, kit.moderator);
        team.as.idea_team.idea = idea;
        team.as.idea_team.group = group;
        accept(&kit, &team);
        if (undone[i]) {
            undo(&kit, added);
        } else {
            struct entry drop = label_entry(ENTRY_LABEL_DROP, group);
            accept(&kit, &drop);
        }
        cr_expect_eq(
            event_idea(&kit.event, idea)->changed_pos, kit.event.pos,
            "screens are told of the idea");
    }
}

Test(tag, that_was_dropped_meanwhile_is_left_out)
{
    const int64_t tags[] = {add(LABEL_TAG), add(LABEL_TAG)};
    struct entry entry = label_entry(ENTRY_LABEL_DROP, tags[0]);
    accept(&kit, &entry);
    int64_t ada = join(&kit, ROLE_PARTICIPANT);
    entry = submit_entry(&kit, ROLE_PARTICIPANT, ada);
    name_tags(&entry.as.idea_text.tags, tags, 2);
    expect_tags(accept(&kit, &entry), &tags[1], 1);
}

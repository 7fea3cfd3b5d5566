/* Each kind of act, undone, and what stands in the way. */
#include "undo_kit.h"

static int64_t add_label(enum label_kind kind)
{
    struct entry entry = desk(ENTRY_LABEL_ADD);
    entry.as.label.kind = kind;
    entry.as.label.name = content_of(kit.next);
    return accept(&kit, &entry);
}

static void act_on_label(enum entry_kind kind, int64_t label)
{
    struct entry entry = desk(kind);
    entry.as.label.label = label;
    entry.as.label.name = content_of(kit.next);
    accept(&kit, &entry);
}

static void tag(int64_t idea, int64_t label)
{
    struct entry entry = desk(ENTRY_IDEA_TAG);
    entry.as.idea_tag.idea = idea;
    entry.as.idea_tag.tags =
        (struct tag_list){.given = true, .count = 1, .labels = {label}};
    accept(&kit, &entry);
}

/* ---- the event ---- */

Test(undo, opens_the_call_that_was_closed)
{
    struct entry call = desk(ENTRY_EVENT_CALL);
    accept(&kit, &call);
    cr_assert_not(kit.event.call_open);
    undo(&kit, here());
    cr_expect(kit.event.call_open);
    cr_expect_eq(kit.event.changed_pos, here());
}

Test(undo, gives_the_settings_back)
{
    struct entry set = desk(ENTRY_EVENT_SET);
    set.as.event_set = (struct event_settings){.youth = true, .nicknames = true};
    accept(&kit, &set);
    undo(&kit, here());
    cr_expect_not(kit.event.settings.youth);
    cr_expect_not(kit.event.settings.nicknames);
}

/* ---- ideas ---- */

Test(undo, of_a_release_lets_the_idea_wait_again)
{
    int64_t idea = submit(&kit, person);
    release(&kit, idea);
    undo(&kit, here());
    cr_expect_eq(idea_now(idea)->state, IDEA_PENDING);
    cr_expect_eq(event_participant(&kit.event, person)->ideas_pending, 1);
}

Test(undo, of_hiding_shows_the_idea_again)
{
    int64_t idea = publish_idea(&kit);
    hide(&kit, idea);
    undo(&kit, here());
    cr_expect_eq(idea_now(idea)->state, IDEA_PUBLISHED);
    cr_expect_eq(idea_now(idea)->reason, REASON_NONE);
    cr_expect_eq(idea_now(idea)->changed_pos, here());
}

Test(undo, of_a_merge_and_of_a_split_are_each_others_way_back)
{
    int64_t one = submit(&kit, person);
    int64_t two = publish_idea(&kit);
    merge(&kit, one, two);
    undo(&kit, here());
    cr_expect_eq(idea_now(one)->state, IDEA_PENDING);
    cr_expect_eq(idea_now(one)->merged_into, 0);
    merge(&kit, one, two);
    struct entry split = idea_entry(&kit, ENTRY_IDEA_SPLIT, one);
    accept(&kit, &split);
    undo(&kit, here());
    cr_expect_eq(idea_now(one)->merged_into, two);
}

Test(undo, of_an_edit_brings_words_tags_and_pictures_back)
{
    int64_t idea = publish_idea(&kit);
    struct content_ref words = idea_now(idea)->content;
    struct entry edit = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    edit.kind = ENTRY_IDEA_EDIT;
    edit.as.idea_text.idea = idea;
    edit.as.idea_text.drawing = (struct picture_change){
        .given = true,
        .picture = {.kind = PICTURE_DRAWING, .ref = content_of(kit.next + 77)}};
    accept(&kit, &edit);
    cr_assert_neq(idea_now(idea)->pictures.drawing, 0);
    undo(&kit, here());
    cr_expect(uid_equal(&idea_now(idea)->content.id, &words.id));
    cr_expect_eq(idea_now(idea)->pictures.drawing, 0);
    cr_expect_eq(idea_now(idea)->pictures_had, 1);
}

Test(undo, of_tagging_gives_the_tags_before_back)
{
    int64_t idea = publish_idea(&kit);
    int64_t first = add_label(LABEL_TAG);
    int64_t second = add_label(LABEL_TAG);
    tag(idea, first);
    tag(idea, second);
    undo(&kit, here());
    cr_expect_eq(idea_now(idea)->tags[0], first);
}

Test(undo, goes_back_one_act_after_the_other)
{
    int64_t idea = submit(&kit, person);
    release(&kit, idea);
    int64_t released = here();
    hide(&kit, idea);
    int64_t hidden = here();
    expect_refusal(released, ERR_UNDO_TOUCHED);
    undo(&kit, hidden);
    undo(&kit, released);
    cr_expect_eq(idea_now(idea)->state, IDEA_PENDING);
}

Test(undo, leaves_what_the_author_did_since)
{
    int64_t idea = submit(&kit, person);
    int64_t label = add_label(LABEL_TAG);
    tag(idea, label);
    int64_t tagged = here();
    struct entry withdraw = entry_of(&kit, ENTRY_IDEA_WITHDRAW, ROLE_PARTICIPANT, person);
    withdraw.as.idea_act.idea = idea;
    accept(&kit, &withdraw);
    expect_refusal(tagged, ERR_UNDO_TOUCHED);
}

Test(undo, of_a_release_waits_for_what_was_built_on_it)
{
    int64_t other = submit(&kit, person);
    int64_t idea = submit(&kit, person);
    release(&kit, idea);
    int64_t released = here();
    merge(&kit, other, idea);
    int64_t merged = here();
    expect_refusal(released, ERR_UNDO_BUILT_ON);
    const struct act *way = NULL;
    const struct act *act = act_find(&kit.event, released);
    cr_expect_eq(act_check_undo(&kit.event, act, kit.now_ms, &way), ERR_UNDO_BUILT_ON);
    cr_assert_not_null(way);
    cr_expect_eq(way->pos, merged);
    undo(&kit, merged);
    undo(&kit, released);
}

Test(undo, of_a_release_waits_for_a_poll_about_it)
{
    publish_idea(&kit);
    int64_t idea = submit(&kit, person);
    release(&kit, idea);
    int64_t released = here();
    struct poll_spec spec = spec_of(&kit, 2);
    draft(&kit, &spec);
    int64_t drafted = here();
    expect_refusal(released, ERR_UNDO_BUILT_ON);
    undo(&kit, drafted);
    undo(&kit, released);
}

Test(undo, of_a_split_makes_no_circle_of_merges)
{
    int64_t one = publish_idea(&kit);
    int64_t two = publish_idea(&kit);
    merge(&kit, one, two);
    struct entry split = idea_entry(&kit, ENTRY_IDEA_SPLIT, one);
    accept(&kit, &split);
    int64_t parted = here();
    merge(&kit, two, one);
    expect_refusal(parted, ERR_UNDO_BUILT_ON);
}

/* ---- labels ---- */

Test(undo, of_dropping_a_tag_puts_it_back_on_its_ideas)
{
    int64_t idea = publish_idea(&kit);
    int64_t label = add_label(LABEL_TAG);
    tag(idea, label);
    act_on_label(ENTRY_LABEL_DROP, label);
    cr_assert_null(event_label(&kit.event, label));
    undo(&kit, here());
    cr_expect_not_null(event_label(&kit.event, label));
    cr_expect_eq(idea_now(idea)->tags[0], label);
    cr_expect_eq(idea_now(idea)->changed_pos, here(), "it is shown with it again");
}

Test(undo, of_renaming_gives_a_label_its_name_back)
{
    int64_t label = add_label(LABEL_GROUP);
    struct uid name = event_label(&kit.event, label)->name.id;
    act_on_label(ENTRY_LABEL_EDIT, label);
    undo(&kit, here());
    cr_expect(uid_equal(&event_label(&kit.event, label)->name.id, &name));
}

Test(undo, of_moving_puts_a_label_where_it_was_and_leaves_the_others_in_order)
{
    int64_t one = add_label(LABEL_CHALLENGE);
    int64_t two = add_label(LABEL_CHALLENGE);
    struct entry move = entry_of(&kit, ENTRY_LABEL_MOVE, ROLE_MODERATOR, kit.moderator);
    move.as.label.label = two;
    move.as.label.before = one;
    accept(&kit, &move);
    int64_t moved = here();
    int64_t three = add_label(LABEL_CHALLENGE);
    undo(&kit, moved);
    const struct label *shown[LABELS_MAX];
    cr_assert_eq(event_labels(&kit.event, LABEL_CHALLENGE, shown), 3);
    cr_expect_eq(shown[0]->id, one);
    cr_expect_eq(shown[1]->id, two);
    cr_expect_eq(shown[2]->id, three);
    cr_expect_eq(kit.event.changed_pos, here(), "the event is shown with it again");
}

Test(undo, of_adding_takes_a_label_away_that_nobody_uses)
{
    int64_t label = add_label(LABEL_GROUP);
    int64_t added = here();
    struct entry group = entry_of(&kit, ENTRY_PERSON_GROUP, ROLE_PARTICIPANT, person);
    group.as.person_group.group = label;
    accept(&kit, &group);
    expect_refusal(added, ERR_UNDO_BUILT_ON);
    int64_t unused = add_label(LABEL_GROUP);
    undo(&kit, here());
    cr_expect_null(event_label(&kit.event, unused));
}

Test(undo, of_adding_a_tag_waits_for_the_ideas_that_have_it)
{
    int64_t idea = publish_idea(&kit);
    int64_t label = add_label(LABEL_TAG);
    int64_t added = here();
    tag(idea, label);
    expect_refusal(added, ERR_UNDO_BUILT_ON);
}

Test(undo, of_dropping_needs_room_for_the_label)
{
    int64_t label = add_label(LABEL_TAG);
    act_on_label(ENTRY_LABEL_DROP, label);
    int64_t dropped = here();
    for (int i = 0; i < TAGS_MAX; i++) {
        add_label(LABEL_TAG);
    }
    expect_refusal(dropped, ERR_TOO_MANY);
}

/* ---- who, when, once ---- */

Test(undo, is_for_every_moderator_and_for_nobody_else)
{
    int64_t idea = publish_idea(&kit);
    hide(&kit, idea);
    struct entry entry = undo_entry(&kit, here());
    entry.role = ROLE_PARTICIPANT;
    entry.actor = person;
    refuse(&kit, &entry, ERR_NOT_ALLOWED);
    int64_t hidden = here() - 1;
    int64_t colleague = join(&kit, ROLE_MODERATOR);
    entry = undo_entry(&kit, hidden);
    entry.actor = colleague;
    accept(&kit, &entry);
    cr_expect_eq(act_find(&kit.event, hidden)->undone_by, colleague);
    cr_expect_eq(act_find(&kit.event, hidden)->actor, kit.moderator);
}

Test(undo, is_possible_for_ten_minutes_to_the_millisecond)
{
    int64_t one = publish_idea(&kit);
    int64_t two = publish_idea(&kit);
    hide(&kit, one);
    int64_t first = here();
    hide(&kit, two);
    int64_t second = here();
    int64_t at_ms = act_find(&kit.event, first)->at_ms;
    struct entry late = undo_entry(&kit, first);
    late.at_ms = at_ms + UNDO_MS + 1;
    refuse(&kit, &late, ERR_UNDO_LATE);
    struct entry in_time = undo_entry(&kit, second);
    in_time.at_ms = act_find(&kit.event, second)->at_ms + UNDO_MS;
    accept(&kit, &in_time);
}

Test(undo, happens_once_and_is_not_undone_itself)
{
    int64_t idea = publish_idea(&kit);
    hide(&kit, idea);
    int64_t hidden = here();
    undo(&kit, hidden);
    int64_t undone = here();
    expect_refusal(hidden, ERR_UNDO_DONE);
    expect_refusal(undone, ERR_UNDO_NONE);
    expect_refusal(0, ERR_UNDO_NONE);
    expect_refusal(here() + 100, ERR_UNDO_NONE);
}

Test(undo, knows_acts_of_moderators_only)
{
    struct entry close = entry_of(&kit, ENTRY_LABEL_ADD, ROLE_OFFICE, 0);
    close.as.label.name = content_of(5);
    accept(&kit, &close);
    expect_refusal(here(), ERR_UNDO_NONE);
    int64_t idea = submit(&kit, person);
    expect_refusal(here(), ERR_UNDO_NONE);
    cr_expect_eq(idea_now(idea)->state, IDEA_PENDING);
}

Test(undo, keeps_the_last_acts_and_forgets_older_ones)
{
    int64_t idea = publish_idea(&kit);
    hide(&kit, idea);
    int64_t hidden = here();
    struct entry call;
    for (int i = 0; i < UNDO_ACTS_MAX; i++) {
        call = desk(ENTRY_EVENT_CALL);
        call.at_ms = kit.now_ms = 1790000000000;
        accept(&kit, &call);
    }
    cr_expect_eq(act_count(&kit.event), UNDO_ACTS_MAX);
    cr_expect_eq(act_at(&kit.event, UNDO_ACTS_MAX - 1)->pos, here());
    expect_refusal(hidden, ERR_UNDO_NONE);
}

Test(undo, keeps_a_picture_while_it_may_come_back)
{
    struct entry with = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    with.as.idea_text.drawing = (struct picture_change){
        .given = true,
        .picture = {.kind = PICTURE_DRAWING, .ref = content_of(kit.next + 77)}};
    int64_t idea = accept(&kit, &with);
    struct entry edit = submit_entry(&kit, ROLE_MODERATOR, kit.moderator);
    edit.kind = ENTRY_IDEA_EDIT;
    edit.as.idea_text.idea = idea;
    edit.as.idea_text.drawing = (struct picture_change){.given = true};
    accept(&kit, &edit);
    int64_t at_ms = edit.at_ms;
    hide(&kit, idea);
    cr_expect(undo_keeps_picture(&kit.event, 1, at_ms + UNDO_KEPT_MS));
    cr_expect_not(undo_keeps_picture(&kit.event, 1, at_ms + UNDO_KEPT_MS + 1));
    undo(&kit, here());
    undo(&kit, here() - 2);
    cr_expect_eq(idea_now(idea)->pictures.drawing, 1);
}

#include "unit/domain/kit.h"

static struct kit kit;

static void leave(void)
{
    kit_fini(&kit);
}

static void set(bool youth, bool nicknames)
{
    struct entry entry = entry_of(&kit, ENTRY_EVENT_SET, ROLE_MODERATOR, kit.moderator);
    entry.as.event_set = (struct event_settings){.youth = youth, .nicknames = nicknames};
    accept(&kit, &entry);
}

static void hall_with_nicknames(void)
{
    kit_init(&kit, JOIN_OPEN);
    set(false, true);
}

static struct entry nick_of(int64_t person, uint16_t first, uint16_t second)
{
    struct entry entry = entry_of(&kit, ENTRY_PERSON_NICK, ROLE_PARTICIPANT, person);
    entry.as.person_nick = (struct nickname){.first = first, .second = second};
    return entry;
}

TestSuite(settings, .fini = leave);

Test(settings, are_those_it_was_made_with_until_they_are_set)
{
    kit_init_empty(&kit);
    struct entry entry = create_entry(&kit, JOIN_OPEN);
    entry.as.event_create.settings = (struct event_settings){.youth = true};
    accept(&kit, &entry);
    cr_expect(kit.event.settings.youth);
    cr_expect_not(kit.event.settings.nicknames);
    kit.moderator = join(&kit, ROLE_MODERATOR);
    set(false, true);
    cr_expect_not(kit.event.settings.youth);
    cr_expect(kit.event.settings.nicknames);
    cr_expect_eq(kit.event.changed_pos, kit.event.pos);
}

TestSuite(nickname, .init = hall_with_nicknames, .fini = leave);

Test(nickname, is_two_words_of_the_lists_and_how_many_have_them)
{
    int64_t people[3];
    for (size_t i = 0; i < 3; i++) {
        people[i] = join(&kit, ROLE_PARTICIPANT);
        struct entry entry = nick_of(people[i], 1, i == 2 ? NICKNAME_WORDS : 7);
        cr_expect_eq(accept(&kit, &entry), i == 1 ? 2 : 1, "the number of person %zu", i);
    }
    const struct participant *second = event_participant(&kit.event, people[1]);
    cr_expect_eq(second->nickname.first, 1);
    cr_expect_eq(second->nickname.second, 7);
    cr_expect_eq(second->nickname_number, 2);
}

Test(nickname, refuses_what_is_on_no_list)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    static const uint16_t wrong[][2] = {
        {0, 1}, {1, 0}, {NICKNAME_WORDS + 1, 1}, {1, NICKNAME_WORDS + 1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct entry entry = nick_of(person, wrong[i][0], wrong[i][1]);
        refuse(&kit, &entry, ERR_BAD_VALUE);
    }
}

Test(nickname, is_taken_once)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    struct entry first = nick_of(person, 1, 2);
    accept(&kit, &first);
    struct entry other = nick_of(person, 3, 4);
    refuse(&kit, &other, ERR_WRONG_STATE);
    struct outcome again = apply(&kit, &first);
    cr_expect(again.repeated);
    cr_expect_eq(again.id, 1);
}

Test(nickname, is_refused_where_an_event_has_none)
{
    set(true, false);
    struct entry entry = nick_of(join(&kit, ROLE_PARTICIPANT), 1, 2);
    refuse(&kit, &entry, ERR_WRONG_STATE);
}

Test(nickname, shows_its_holders_ideas_anew_and_no_others)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    int64_t own = submit(&kit, person);
    int64_t other = submit(&kit, join(&kit, ROLE_PARTICIPANT));
    struct entry entry = nick_of(person, 1, 2);
    accept(&kit, &entry);
    cr_expect_eq(event_idea(&kit.event, own)->changed_pos, kit.event.pos);
    cr_expect_lt(event_idea(&kit.event, other)->changed_pos, kit.event.pos);
}

Test(nickname, does_not_tell_whose_hidden_and_merged_ideas_were)
{
    int64_t person = join(&kit, ROLE_PARTICIPANT);
    int64_t ideas[3];
    for (size_t i = 0; i < 3; i++) {
        ideas[i] = submit(&kit, person);
        release(&kit, ideas[i]);
    }
    hide(&kit, ideas[1]);
    merge(&kit, ideas[2], ideas[0]);
    struct entry entry = nick_of(person, 1, 2);
    accept(&kit, &entry);
    cr_expect_eq(event_idea(&kit.event, ideas[0])->changed_pos, kit.event.pos);
    cr_expect_lt(event_idea(&kit.event, ideas[1])->changed_pos, kit.event.pos);
    cr_expect_lt(event_idea(&kit.event, ideas[2])->changed_pos, kit.event.pos);
}

Test(nickname, comes_and_goes_on_every_idea_with_the_setting)
{
    int64_t idea = submit(&kit, join(&kit, ROLE_PARTICIPANT));
    set(true, true);
    cr_expect_lt(event_idea(&kit.event, idea)->changed_pos, kit.event.pos);
    set(true, false);
    cr_expect_eq(event_idea(&kit.event, idea)->changed_pos, kit.event.pos);
}

/* ---- the list of words ---- */

static int64_t set_words(struct content_ref words)
{
    struct entry entry = entry_of(&kit, ENTRY_EVENT_WORDS, ROLE_MODERATOR, kit.moderator);
    entry.as.event_words = words;
    accept(&kit, &entry);
    return kit.event.pos;
}

Test(settings, of_words_are_the_desks_alone_and_can_be_undone)
{
    kit_init(&kit, JOIN_OPEN);
    int64_t changed = kit.event.changed_pos;
    set_words(content_of(1));
    int64_t pos = set_words((struct content_ref){0});
    cr_expect(uid_is_zero(&kit.event.words.id));
    struct entry undo = entry_of(&kit, ENTRY_UNDO, ROLE_MODERATOR, kit.moderator);
    undo.as.undo.pos = pos;
    accept(&kit, &undo);
    const struct content_ref first = content_of(1);
    cr_expect(uid_equal(&kit.event.words.id, &first.id));
    cr_expect_eq(kit.event.words_pos, kit.event.pos);
    cr_expect_eq(kit.event.changed_pos, changed);
}

/* ---- the hall's Wi-Fi ---- */

static int64_t set_wifi(struct content_ref content, bool shown)
{
    struct entry entry = entry_of(&kit, ENTRY_EVENT_WIFI, ROLE_MODERATOR, kit.moderator);
    entry.as.event_wifi = (struct event_wifi){.content = content, .shown = shown};
    accept(&kit, &entry);
    return kit.event.pos;
}

Test(settings, of_wifi_are_no_news_for_phones_and_can_be_undone)
{
    kit_init(&kit, JOIN_OPEN);
    int64_t changed = kit.event.changed_pos;
    set_wifi(content_of(1), true);
    int64_t pos = set_wifi((struct content_ref){0}, false);
    cr_expect_eq(kit.event.wifi_pos, pos);
    struct entry undo = entry_of(&kit, ENTRY_UNDO, ROLE_MODERATOR, kit.moderator);
    undo.as.undo.pos = pos;
    accept(&kit, &undo);
    const struct content_ref first = content_of(1);
    cr_expect(uid_equal(&kit.event.wifi.content.id, &first.id));
    cr_expect(kit.event.wifi.shown);
    cr_expect_eq(kit.event.wifi_pos, kit.event.pos);
    cr_expect_eq(kit.event.changed_pos, changed);
}

/* Which pictures ideas and ballots have, and who may see them. */
#include "domain/picture.h"
#include "unit/domain/kit.h"

static struct kit kit;
static int64_t author;

static void set_up(void)
{
    kit_init(&kit, JOIN_OPEN);
    author = join(&kit, ROLE_PARTICIPANT);
}

static void tear_down(void)
{
    kit_fini(&kit);
}

TestSuite(pictures, .init = set_up, .fini = tear_down);

/* Pictures are told apart by the first byte of their hash; 0: none shall be there. */
static struct picture_change change_to(enum picture_kind kind, uint8_t byte)
{
    struct picture_change change = {.given = true};
    if (byte != 0) {
        change.picture = (struct picture){
            .kind = kind,
            .ref = {.id = uid_of(7000 + byte), .hash = hash_of(byte)},
            .photo = {PHOTO_WEBP, 300, 200},
        };
    }
    return change;
}

static int64_t draw(uint8_t drawing, uint8_t photo)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT, author);
    entry.as.idea_text.content = content_of(kit.next);
    entry.as.idea_text.drawing = change_to(PICTURE_DRAWING, drawing);
    entry.as.idea_text.photo = change_to(PICTURE_PHOTO, photo);
    return accept(&kit, &entry);
}

static struct entry edit_of(int64_t idea)
{
    struct entry entry = entry_of(&kit, ENTRY_IDEA_EDIT, ROLE_MODERATOR, kit.moderator);
    entry.as.idea_text.idea = idea;
    entry.as.idea_text.content = content_of(kit.next);
    return entry;
}

static void act(enum entry_kind kind, int64_t idea, int64_t into)
{
    struct entry entry = entry_of(&kit, kind, ROLE_MODERATOR, kit.moderator);
    entry.as.idea_act.idea = idea;
    entry.as.idea_act.into = into;
    entry.as.idea_act.reason = kind == ENTRY_IDEA_HIDE ? REASON_OTHER : REASON_NONE;
    accept(&kit, &entry);
}

static const struct idea_picture *find(uint8_t byte)
{
    struct hash hash = hash_of(byte);
    struct uid name;
    memcpy(name.bytes, hash.bytes, sizeof name.bytes);
    return picture_find(&kit.event, &name);
}

static void expect_sight(uint8_t byte, enum picture_sight sight)
{
    const struct idea_picture *picture = find(byte);
    cr_assert_not_null(picture);
    cr_expect_eq(picture_sight(&kit.event, picture), sight, "%#x", byte);
}

static uint8_t first_byte(uint32_t number)
{
    const struct idea_picture *picture = event_picture(&kit.event, number);
    return picture != NULL ? picture->is.ref.hash.bytes[0] : 0;
}

static void expect_pictures(int64_t idea, uint8_t drawing, uint8_t photo)
{
    const struct pictures *pictures = &event_idea(&kit.event, idea)->pictures;
    cr_expect_eq(first_byte(pictures->drawing), drawing);
    cr_expect_eq(first_byte(pictures->photo), photo);
}

Test(pictures, come_with_their_idea)
{
    int64_t idea = draw(0xd1, 0xf1);
    expect_pictures(idea, 0xd1, 0xf1);
    cr_expect_eq(find(0xf1)->idea, idea);
    cr_expect_eq(find(0xf1)->is.photo.width, 300);
    cr_expect_null(find(0xd2));
    expect_pictures(draw(0, 0), 0, 0);
    cr_expect_eq(kit.event.picture_count, 2);
}

Test(pictures, an_edit_keeps_what_it_does_not_name_and_takes_off_what_it_names_empty)
{
    int64_t idea = draw(0xd1, 0xf1);
    struct entry entry = edit_of(idea);
    accept(&kit, &entry);
    expect_pictures(idea, 0xd1, 0xf1);
    entry = edit_of(idea);
    entry.as.idea_text.photo = change_to(PICTURE_PHOTO, 0);
    accept(&kit, &entry);
    expect_pictures(idea, 0xd1, 0);
    entry = edit_of(idea);
    entry.as.idea_text.drawing = change_to(PICTURE_DRAWING, 0xd2);
    accept(&kit, &entry);
    expect_pictures(idea, 0xd2, 0);
    expect_sight(0xd1, PICTURE_UNSEEN);
    expect_sight(0xf1, PICTURE_UNSEEN);
    expect_sight(0xd2, PICTURE_OF_IDEA);
}

Test(pictures, are_for_all_while_their_idea_is_released)
{
    int64_t idea = draw(0xd1, 0xf1);
    int64_t other = draw(0, 0);
    expect_sight(0xd1, PICTURE_OF_IDEA);
    act(ENTRY_IDEA_RELEASE, idea, 0);
    act(ENTRY_IDEA_RELEASE, other, 0);
    expect_sight(0xd1, PICTURE_FOR_ALL);
    expect_sight(0xf1, PICTURE_FOR_ALL);
    act(ENTRY_IDEA_MERGE, idea, other);
    expect_sight(0xd1, PICTURE_FOR_ALL);
    act(ENTRY_IDEA_SPLIT, idea, 0);
    act(ENTRY_IDEA_HIDE, idea, 0);
    expect_sight(0xd1, PICTURE_OF_IDEA);
}

Test(pictures, of_an_idea_that_was_merged_before_its_release_are_not_for_all)
{
    int64_t idea = draw(0xd1, 0);
    act(ENTRY_IDEA_MERGE, idea, draw(0, 0));
    expect_sight(0xd1, PICTURE_OF_IDEA);
}

Test(pictures, of_a_merged_idea_go_with_what_it_went_into)
{
    int64_t idea = draw(0xd1, 0);
    int64_t into = draw(0, 0);
    act(ENTRY_IDEA_RELEASE, idea, 0);
    act(ENTRY_IDEA_RELEASE, into, 0);
    act(ENTRY_IDEA_MERGE, idea, into);
    expect_sight(0xd1, PICTURE_FOR_ALL);
    act(ENTRY_IDEA_HIDE, into, 0);
    expect_sight(0xd1, PICTURE_OF_IDEA);
}

Test(pictures, of_a_withdrawn_idea_are_nobodys)
{
    int64_t idea = draw(0xd1, 0);
    struct entry entry = entry_of(&kit, ENTRY_IDEA_WITHDRAW, ROLE_PARTICIPANT, author);
    entry.as.idea_act.idea = idea;
    accept(&kit, &entry);
    expect_sight(0xd1, PICTURE_UNSEEN);
}

Test(pictures, stand_on_a_ballot_from_its_opening_on)
{
    int64_t options[] = {draw(0xd1, 0xf1), draw(0, 0)};
    act(ENTRY_IDEA_RELEASE, options[0], 0);
    act(ENTRY_IDEA_RELEASE, options[1], 0);
    struct entry entry = entry_of(&kit, ENTRY_POLL_CREATE, ROLE_MODERATOR, kit.moderator);
    entry.as.poll_text.spec = (struct poll_spec){
        .question = content_of(1),
        .form = BALLOT_APPROVAL,
        .method = "approval",
        .seats = 1,
        .option_count = 2,
        .options = {options[0], options[1]},
    };
    int64_t poll = accept(&kit, &entry);
    cr_expect_not(find(0xd1)->on_ballot);
    entry = entry_of(&kit, ENTRY_POLL_OPEN, ROLE_MODERATOR, kit.moderator);
    entry.as.poll_act.poll = poll;
    accept(&kit, &entry);
    entry = edit_of(options[0]);
    entry.as.idea_text.drawing = change_to(PICTURE_DRAWING, 0xd2);
    entry.as.idea_text.photo = change_to(PICTURE_PHOTO, 0);
    accept(&kit, &entry);
    act(ENTRY_IDEA_HIDE, options[0], 0);
    expect_sight(0xd1, PICTURE_FOR_ALL);
    expect_sight(0xf1, PICTURE_FOR_ALL);
    expect_sight(0xd2, PICTURE_OF_IDEA);
    const struct pictures *frozen = event_poll(&kit.event, poll)->pictures;
    cr_expect_eq(first_byte(frozen[0].drawing), 0xd1);
    cr_expect_eq(first_byte(frozen[0].photo), 0xf1);
    cr_expect_eq(frozen[1].drawing, 0);
}

Test(pictures, of_a_refused_entry_are_nobodys)
{
    int64_t idea = draw(0xd1, 0);
    act(ENTRY_IDEA_RELEASE, idea, 0);
    struct entry entry = entry_of(&kit, ENTRY_IDEA_EDIT, ROLE_PARTICIPANT, author);
    entry.as.idea_text.idea = idea;
    entry.as.idea_text.content = content_of(9);
    entry.as.idea_text.drawing = change_to(PICTURE_DRAWING, 0xd2);
    refuse(&kit, &entry, ERR_NOT_PENDING);
    cr_expect_null(find(0xd2));
    expect_pictures(idea, 0xd1, 0);
}

Test(pictures, have_a_bound)
{
    int64_t idea = draw(0xd1, 0xf1);
    size_t count = kit.event.picture_count;
    struct entry words = edit_of(idea);
    struct entry entry = edit_of(idea);
    entry.as.idea_text.drawing = change_to(PICTURE_DRAWING, 0xd2);
    kit.event.picture_count = PICTURES_MAX;
    cr_expect_eq(event_check(&kit.event, &entry), ERR_TOO_MANY);
    cr_expect_eq(event_check(&kit.event, &words), ERR_OK, "words always find room");
    kit.event.picture_count = count;
    cr_expect_eq(event_check(&kit.event, &entry), ERR_OK);
}

Test(pictures, of_one_idea_are_so_many_and_no_more)
{
    int64_t idea = draw(0xd1, 0);
    struct entry entry = edit_of(idea);
    for (uint8_t i = 1; i < IDEA_PICTURES_MAX; i++) {
        entry = edit_of(idea);
        entry.as.idea_text.drawing = change_to(PICTURE_DRAWING, i);
        accept(&kit, &entry);
    }
    entry = edit_of(idea);
    entry.as.idea_text.drawing = change_to(PICTURE_DRAWING, 0xd2);
    refuse(&kit, &entry, ERR_TOO_MANY);
    entry = edit_of(idea);
    accept(&kit, &entry);
}

/* Pictures in the store: beside the log, never in it, and gone when nobody has them. */
#include "base/hex.h"
#include "hall_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static struct hall_fixture hall;
static struct event *event;
static int64_t moderator;
static int64_t author;

static void set_up(void)
{
    fixture_init(&hall);
    event = fixture_event(&hall, JOIN_OPEN);
    moderator = fixture_person(&hall, event, ROLE_MODERATOR);
    author = fixture_person(&hall, event, ROLE_PARTICIPANT);
}

static void tear_down(void)
{
    fixture_fini(&hall);
}

TestSuite(hall_pictures, .init = set_up, .fini = tear_down);

static const char bytes[] = "These are the bytes of a photograph.";

static void on_done(void *ctx, const struct outcome *outcome)
{
    (void)ctx;
    hall.outcome = *outcome;
    hall.answered = true;
}

/* Submits or edits an idea with a photo; what the entry said of it. */
static struct picture put(struct entry *entry)
{
    const struct picture what = {.kind = PICTURE_PHOTO, .photo = {PHOTO_JPEG, 300, 200}};
    struct hall_content text;
    struct hall_picture photo;
    cr_assert_eq(hall_content_new(hall.hall, "de", "Rampe", NULL, &text), ERR_OK);
    cr_assert_eq(hall_picture_new(&what, span_of_string(bytes), &photo), ERR_OK);
    const struct store_doc docs[] = {text.doc, photo.doc};
    entry->as.idea_text.content = text.ref;
    entry->as.idea_text.photo = (struct picture_change){true, photo.is};
    hall.answered = false;
    hall_submit(hall.hall, event, entry, (struct hall_docs){docs, 2}, on_done, NULL);
    fixture_wait(&hall, &hall.answered);
    struct picture is = photo.is;
    hall_content_fini(&text);
    hall_picture_fini(&photo);
    return is;
}

static struct entry entry_of(enum entry_kind kind, enum role role)
{
    struct entry entry = {
        .kind = kind, .role = role, .actor = role == ROLE_MODERATOR ? moderator : author};
    trust_random_uid(&entry.command);
    return entry;
}

struct got {
    bool done;
    enum err err;
    struct picture picture;
    char text[128];
};

static void on_got(void *ctx, enum err err, struct span doc)
{
    struct got *got = ctx;
    struct span inside;
    got->err = err == ERR_OK ? hall_picture_open(&got->picture, doc, &inside) : err;
    if (got->err == ERR_OK) {
        snprintf(
            got->text, sizeof got->text, "%.*s", (int)inside.bytes,
            (const char *)inside.data);
    }
    got->done = true;
}

static struct got read_back(const struct picture *picture)
{
    struct got got = {.picture = *picture};
    cr_assert_eq(hall_picture_ask(hall.hall, picture, on_got, &got), ERR_OK);
    fixture_wait(&hall, &got.done);
    return got;
}

Test(hall_pictures, come_back_from_the_store_also_after_reopening)
{
    struct entry entry = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture photo = put(&entry);
    cr_assert_eq(hall.outcome.err, ERR_OK);
    cr_expect_str_eq(read_back(&photo).text, bytes);
    fixture_reopen(&hall);
    event = hall_event_at(hall.hall, 0);
    cr_expect_str_eq(read_back(&photo).text, bytes);
    cr_expect_eq(event->picture_count, 1);
}

static enum err look_for_bytes(void *ctx, int64_t seq, struct span body)
{
    (void)seq;
    size_t *rows = ctx;
    *rows += 1;
    char text[4096];
    snprintf(text, sizeof text, "%.*s", (int)body.bytes, (const char *)body.data);
    cr_expect_null(strstr(text, "bytes of a photograph"));
    return ERR_OK;
}

Test(hall_pictures, no_byte_of_one_stands_in_the_log)
{
    struct entry entry = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    size_t rows = 0;
    put(&entry);
    cr_assert_eq(
        store_tail(
            hall_store(hall.hall), (struct store_lane){event->id, 0}, 0, look_for_bytes,
            &rows),
        ERR_OK);
    cr_expect_eq(rows, 4);
}

Test(hall_pictures, two_of_the_same_bytes_have_different_names)
{
    struct entry one = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct entry two = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture first = put(&one);
    struct picture second = put(&two);
    cr_expect(memcmp(&first.ref.hash, &second.ref.hash, sizeof first.ref.hash) != 0);
}

Test(hall_pictures, that_a_refused_entry_brought_are_deleted)
{
    struct entry submit = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture first = put(&submit);
    /* both edits pass the check; the second loses the race against the release */
    struct entry release = entry_of(ENTRY_IDEA_RELEASE, ROLE_MODERATOR);
    release.as.idea_act.idea = 1;
    hall_submit(hall.hall, event, &release, hall_no_docs(), on_done, NULL);
    struct entry edit = entry_of(ENTRY_IDEA_EDIT, ROLE_PARTICIPANT);
    edit.as.idea_text.idea = 1;
    hall.outcome.err = ERR_OK;
    struct picture lost = put(&edit);
    while (hall.outcome.err != ERR_NOT_PENDING) {
        hall.answered = false;
        fixture_wait(&hall, &hall.answered);
    }
    cr_expect_eq(read_back(&lost).err, ERR_NOT_FOUND);
    cr_expect_str_eq(read_back(&first).text, bytes);
}

Test(hall_pictures, that_a_repeated_entry_brought_are_deleted_and_the_first_ones_stay)
{
    struct entry entry = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture what = {.kind = PICTURE_PHOTO, .photo = {PHOTO_JPEG, 300, 200}};
    struct hall_picture early;
    struct hall_content text;
    cr_assert_eq(hall_content_new(hall.hall, "de", "Rampe", NULL, &text), ERR_OK);
    cr_assert_eq(hall_picture_new(&what, span_of_string(bytes), &early), ERR_OK);
    struct entry first = entry;
    first.as.idea_text.content = text.ref;
    first.as.idea_text.photo = (struct picture_change){true, early.is};
    hall_submit(
        hall.hall, event, &first, (struct hall_docs){&early.doc, 1}, on_done, NULL);
    struct picture repeated =
        put(&entry); /* the same command, handed in before the fold */
    struct picture kept = early.is;
    hall_content_fini(&text);
    hall_picture_fini(&early);
    while (event->pos < 5) {
        hall.answered = false;
        fixture_wait(&hall, &hall.answered);
    }
    cr_expect_eq(event->idea_count, 1);
    cr_expect_eq(read_back(&repeated).err, ERR_NOT_FOUND);
    cr_expect_str_eq(read_back(&kept).text, bytes);
}

/* Are the photo's bytes in any file of the store? */
static bool is_on_disk(void)
{
    char command[256];
    snprintf(command, sizeof command, "grep -rqa '%s' '%s'", bytes, hall.folder);
    return system(command) == 0;
}

Test(hall_pictures, that_were_taken_off_are_on_no_disk_any_more)
{
    struct entry submit = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture photo = put(&submit);
    fixture_reopen(&hall);
    event = hall_event_at(hall.hall, 0);
    cr_expect(is_on_disk());
    struct entry edit = entry_of(ENTRY_IDEA_EDIT, ROLE_MODERATOR);
    edit.as.idea_text.idea = 1;
    edit.as.idea_text.content = event_idea(event, 1)->content;
    edit.as.idea_text.photo.given = true;
    edit.role = ROLE_PARTICIPANT;
    edit.actor = event_idea(event, 1)->author;
    cr_assert_eq(fixture_submit(&hall, event, &edit).err, ERR_OK);
    cr_expect_eq(read_back(&photo).err, ERR_NOT_FOUND);
    fixture_reopen(&hall);
    cr_expect_not(is_on_disk());
}

/* Stored beside an entry that does not tell of it. */
static struct picture put_orphan(void)
{
    const struct picture what = {.kind = PICTURE_PHOTO, .photo = {PHOTO_JPEG, 300, 200}};
    struct entry entry = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct hall_content text;
    struct hall_picture photo;
    cr_assert_eq(hall_content_new(hall.hall, "de", "Rampe", NULL, &text), ERR_OK);
    cr_assert_eq(hall_picture_new(&what, span_of_string(bytes), &photo), ERR_OK);
    const struct store_doc docs[] = {text.doc, photo.doc};
    entry.as.idea_text.content = text.ref;
    hall.answered = false;
    hall_submit(hall.hall, event, &entry, (struct hall_docs){docs, 2}, on_done, NULL);
    fixture_wait(&hall, &hall.answered);
    struct picture is = photo.is;
    hall_content_fini(&text);
    hall_picture_fini(&photo);
    return is;
}

Test(hall_pictures, that_no_idea_has_are_deleted_at_the_start_and_no_others)
{
    struct picture orphan = put_orphan();
    struct entry submit = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture photo = put(&submit);
    cr_expect_eq(read_back(&orphan).err, ERR_OK);
    fixture_reopen(&hall);
    cr_expect_eq(read_back(&orphan).err, ERR_NOT_FOUND);
    cr_expect_eq(read_back(&photo).err, ERR_OK);
}

static struct entry edit_of(enum role role)
{
    struct entry edit = entry_of(ENTRY_IDEA_EDIT, role);
    edit.as.idea_text.idea = 1;
    edit.as.idea_text.content = event_idea(event, 1)->content;
    return edit;
}

Test(hall_pictures, that_a_moderator_took_off_come_back_by_an_undo)
{
    struct entry submit = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture photo = put(&submit);
    struct entry edit = edit_of(ROLE_MODERATOR);
    edit.as.idea_text.photo.given = true;
    cr_assert_eq(fixture_submit(&hall, event, &edit).err, ERR_OK);
    int64_t pos = event->pos;
    cr_expect_eq(event_idea(event, 1)->pictures.photo, 0);
    fixture_reopen(&hall);
    event = hall_event_at(hall.hall, 0);
    hall_pictures_sweep(hall.hall);
    struct entry undo = entry_of(ENTRY_UNDO, ROLE_MODERATOR);
    undo.as.undo.pos = pos;
    cr_assert_eq(fixture_submit(&hall, event, &undo).err, ERR_OK);
    cr_expect_eq(event_idea(event, 1)->pictures.photo, 1);
    hall_pictures_sweep(hall.hall);
    cr_expect_str_eq(read_back(&photo).text, bytes);
}

Test(hall_pictures, that_a_moderator_took_off_go_when_no_undo_can_bring_them_back)
{
    struct entry submit = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture photo = put(&submit);
    struct entry edit = edit_of(ROLE_MODERATOR);
    edit.as.idea_text.photo.given = true;
    cr_assert_eq(fixture_submit(&hall, event, &edit).err, ERR_OK);
    struct entry since = edit_of(ROLE_PARTICIPANT);
    since.actor = event_idea(event, 1)->author;
    cr_assert_eq(fixture_submit(&hall, event, &since).err, ERR_OK);
    cr_expect_str_eq(read_back(&photo).text, bytes);
    fixture_reopen(&hall); /* what waited is known again */
    event = hall_event_at(hall.hall, 0);
    hall_pictures_sweep(hall.hall);
    cr_expect_eq(read_back(&photo).err, ERR_NOT_FOUND);
    fixture_reopen(&hall);
    cr_expect_not(is_on_disk());
}

static void open_poll_about_it(void)
{
    struct entry create = entry_of(ENTRY_POLL_CREATE, ROLE_MODERATOR);
    create.as.poll_text.spec = (struct poll_spec){
        .form = BALLOT_RANKING,
        .question.id = {{1}},
        .method = "irv",
        .seats = 1,
        .ranks_max = 2,
        .option_count = 2,
        .options = {1, fixture_idea(&hall, event, moderator, "Bad")},
    };
    struct outcome made = fixture_submit(&hall, event, &create);
    cr_assert_eq(made.err, ERR_OK);
    struct outcome opened =
        fixture_poll_act(&hall, event, moderator, ENTRY_POLL_OPEN, made.id);
    cr_assert_eq(opened.err, ERR_OK);
}

/* So many acts that none before them can be undone. */
static void let_acts_be_forgotten(void)
{
    for (int i = 0; i < UNDO_ACTS_MAX; i++) {
        struct entry call = entry_of(ENTRY_EVENT_CALL, ROLE_MODERATOR);
        call.as.event_call.open = i % 2 != 0;
        cr_assert_eq(fixture_submit(&hall, event, &call).err, ERR_OK);
    }
}

Test(hall_pictures, that_only_a_ballot_still_had_go_with_the_undoing_of_its_opening)
{
    struct entry submit = entry_of(ENTRY_IDEA_SUBMIT, ROLE_MODERATOR);
    struct picture photo = put(&submit);
    open_poll_about_it();
    int64_t opening = event->pos;
    struct entry edit = edit_of(ROLE_MODERATOR);
    edit.as.idea_text.photo.given = true;
    cr_assert_eq(fixture_submit(&hall, event, &edit).err, ERR_OK);
    struct entry undo = entry_of(ENTRY_UNDO, ROLE_MODERATOR);
    undo.as.undo.pos = opening;
    cr_assert_eq(fixture_submit(&hall, event, &undo).err, ERR_OK);
    cr_expect_str_eq(read_back(&photo).text, bytes, "the edit can be undone yet");
    let_acts_be_forgotten();
    hall_pictures_sweep(hall.hall);
    cr_expect_eq(read_back(&photo).err, ERR_NOT_FOUND);
}

Test(hall_pictures, of_an_idea_that_was_withdrawn_are_deleted)
{
    struct entry submit = entry_of(ENTRY_IDEA_SUBMIT, ROLE_PARTICIPANT);
    struct picture photo = put(&submit);
    struct entry withdraw = entry_of(ENTRY_IDEA_WITHDRAW, ROLE_PARTICIPANT);
    withdraw.as.idea_act.idea = 1;
    cr_assert_eq(fixture_submit(&hall, event, &withdraw).err, ERR_OK);
    cr_expect_eq(read_back(&photo).err, ERR_NOT_FOUND);
}

Test(hall_pictures, that_are_not_what_the_entry_says_are_damaged)
{
    const struct picture what = {.kind = PICTURE_PHOTO};
    struct hall_picture photo;
    struct span inside;
    cr_assert_eq(hall_picture_new(&what, span_of_string(bytes), &photo), ERR_OK);
    struct span doc = buf_span(&photo.body);
    cr_expect_eq(hall_picture_open(&photo.is, doc, &inside), ERR_OK);
    photo.body.data[20] ^= 1;
    cr_expect_eq(hall_picture_open(&photo.is, doc, &inside), ERR_DAMAGED);
    photo.body.data[20] ^= 1;
    cr_expect_eq(
        hall_picture_open(&photo.is, span_of(doc.data, doc.bytes - 1), &inside),
        ERR_DAMAGED);
    hall_picture_fini(&photo);
}

/* Ideas: sent and edited by people, released, hidden, merged and split by moderators. */
#include "app/story.h"

static const char *text_or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

/* The docs that go with an idea's text: that, what was drawn, what was photographed. */
struct idea_docs {
    struct hall_content text;
    struct hall_picture drawing;
    struct hall_picture photo;
    struct store_doc items[3];
    size_t count;
};

static void docs_fini(struct idea_docs *docs)
{
    hall_content_fini(&docs->text);
    hall_picture_fini(&docs->drawing);
    hall_picture_fini(&docs->photo);
}

/* The sender's own upload, if that is still here. */
static const struct staged *
find_photo(struct server *server, const struct visitor *visitor, const struct uid *id)
{
    const struct staging_key key = {
        .event = visitor->event->id, .session = visitor->session};
    return staging_find(&server->staging, &key, id, (int64_t)uv_now(&server->loop));
}

/* A picture's doc and what the entry says of it. */
static enum err add_picture(
    const struct picture *what, struct span bytes, struct hall_picture *picture,
    struct idea_docs *docs, struct picture_change *change)
{
    enum err err = hall_picture_new(what, bytes, picture);
    if (err == ERR_OK) {
        docs->items[docs->count++] = picture->doc;
        change->picture = picture->is;
    }
    return err;
}

static enum err
add_drawing(const struct request *request, struct idea_docs *docs, struct entry *entry)
{
    static const struct picture what = {.kind = PICTURE_DRAWING};
    struct picture_change *change = &entry->as.idea_text.drawing;
    struct span path = span_of_string(request->drawing.path);
    change->given = request->drawing.given;
    return path.bytes > 0 ? add_picture(&what, path, &docs->drawing, docs, change)
                          : ERR_OK;
}

static enum err add_photo(
    struct server *server, const struct visitor *visitor, const struct request *request,
    struct idea_docs *docs, struct entry *entry)
{
    const struct request_photo *wanted = &request->as.idea_text.photo;
    struct picture_change *change = &entry->as.idea_text.photo;
    change->given = wanted->given;
    if (uid_is_zero(&wanted->id)) {
        return ERR_OK;
    }
    const struct staged *staged = find_photo(server, visitor, &wanted->id);
    if (staged == NULL) {
        return ERR_UNKNOWN_PHOTO;
    }
    const struct picture what = {.kind = PICTURE_PHOTO, .photo = staged->photo};
    struct span file = span_of(staged->data, staged->bytes);
    return add_picture(&what, file, &docs->photo, docs, change);
}

/* The text comes last: it is found from then on, whatever becomes of the entry. */
static enum err
add_text(struct server *server, const struct request *request, struct idea_docs *docs)
{
    const struct request_text *text = &request->as.idea_text.text;
    enum err err = hall_content_new(
        server->hall, text_or_null(text->lang), text->title, text_or_null(text->text),
        &docs->text);
    if (err == ERR_OK) {
        docs->items[docs->count++] = docs->text.doc;
    }
    return err;
}

static enum err make_docs(
    struct server *server, const struct visitor *visitor, const struct request *request,
    struct idea_docs *docs, struct entry *entry)
{
    enum err err = add_photo(server, visitor, request, docs, entry);
    if (err == ERR_OK) {
        err = add_drawing(request, docs, entry);
    }
    if (err == ERR_OK) {
        err = add_text(server, request, docs);
    }
    entry->as.idea_text.content = docs->text.ref;
    return err;
}

/* A submission has nothing to take off: its log knows no such words. */
static void say_what_is_new(struct entry *entry)
{
    struct picture_change *changes[] = {
        &entry->as.idea_text.drawing, &entry->as.idea_text.photo};
    for (size_t i = 0; i < 2; i++) {
        changes[i]->given = changes[i]->picture.kind != PICTURE_NONE;
    }
    entry->as.idea_text.challenge.given = entry->as.idea_text.challenge.label != 0;
}

void story_idea_text(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    bool fresh = request->op == OP_IDEA_SUBMIT;
    struct idea_docs docs = {.count = 0};
    struct entry entry =
        story_entry(fresh ? ENTRY_IDEA_SUBMIT : ENTRY_IDEA_EDIT, visitor, &request->id);
    entry.as.idea_text.idea = request->as.idea_text.idea;
    entry.as.idea_text.content = story_some_content;
    entry.as.idea_text.tags = request->as.idea_text.tags;
    entry.as.idea_text.challenge = request->as.idea_text.challenge;
    if (story_settled(server, visitor, &entry, fresh ? "idea" : NULL)) {
        return;
    }
    enum err err = make_docs(server, visitor, request, &docs, &entry);
    struct reply *reply = NULL;
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
    } else {
        reply = reply_new(server, visitor, &entry);
    }
    if (fresh) {
        say_what_is_new(&entry);
    }
    if (reply != NULL) {
        reply->made_key = fresh ? "idea" : NULL;
        reply->photo = request->as.idea_text.photo.id;
        hall_submit(
            server->hall, visitor->event, &entry,
            (struct hall_docs){.items = docs.items, .count = docs.count}, reply_outcome,
            reply);
    }
    docs_fini(&docs);
}

static const enum entry_kind kinds[OP_COUNT] = {
    [OP_IDEA_WITHDRAW] = ENTRY_IDEA_WITHDRAW, [OP_IDEA_RELEASE] = ENTRY_IDEA_RELEASE,
    [OP_IDEA_HIDE] = ENTRY_IDEA_HIDE,         [OP_IDEA_MERGE] = ENTRY_IDEA_MERGE,
    [OP_IDEA_SPLIT] = ENTRY_IDEA_SPLIT,       [OP_REPORT] = ENTRY_IDEA_REPORT,
    [OP_IDEA_CLEAR] = ENTRY_IDEA_CLEAR,
};

void story_idea_act(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(kinds[request->op], visitor, &request->id);
    entry.as.idea_act.idea = request->as.idea_act.idea;
    entry.as.idea_act.into = request->as.idea_act.into;
    entry.as.idea_act.seen = request->op == OP_IDEA_RELEASE ? request->seen : 0;
    entry.as.idea_act.reason = request->as.idea_act.reason;
    if (story_settled(server, visitor, &entry, NULL)) {
        return;
    }
    struct hall_content note = {0};
    bool noted = request->op == OP_IDEA_HIDE && request->as.idea_act.note[0] != '\0';
    if (noted) {
        enum err err =
            hall_content_new(server->hall, NULL, request->as.idea_act.note, NULL, &note);
        if (err != ERR_OK) {
            reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
            return;
        }
        entry.as.idea_act.note = note.ref;
    }
    struct reply *reply = reply_new(server, visitor, &entry);
    if (reply != NULL) {
        hall_submit(
            server->hall, visitor->event, &entry,
            (struct hall_docs){.items = &note.doc, .count = noted ? 1 : 0}, reply_outcome,
            reply);
    }
    hall_content_fini(&note);
}

/* The event itself: whether ideas are collected, how it is for its people, the words that
 * want a look, the hall's Wi-Fi, and the nickname of one of them. */
#include "app/story.h"

void story_call(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_CALL, visitor, &request->id);
    entry.as.event_call.open = request->as.call.open;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_settings(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_SET, visitor, &request->id);
    entry.as.event_set = request->as.settings;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}

/* Content that stands by itself; without a title the entry has none, and takes away what
 * was there. */
static void submit_content(
    struct server *server, struct visitor *visitor, struct entry *entry,
    struct content_ref *in_entry, const char *title, const char *text)
{
    struct hall_content content = {0};
    if (story_settled(server, visitor, entry, NULL)) {
        return;
    }
    if (title[0] == '\0') {
        story_submit(server, visitor, entry, hall_no_docs(), NULL);
        return;
    }
    enum err err = hall_content_new(server->hall, NULL, title, text, &content);
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &entry->command, err, 0, NULL);
        return;
    }
    *in_entry = content.ref;
    story_submit(
        server, visitor, entry, (struct hall_docs){.items = &content.doc, .count = 1},
        NULL);
    hall_content_fini(&content);
}

void story_words(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_WORDS, visitor, &request->id);
    submit_content(
        server, visitor, &entry, &entry.as.event_words, request->as.words.list, NULL);
}

static bool is_printable(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] < ' ' || text[i] > '~') {
            return false;
        }
    }
    return true;
}

/* IEEE 802.11 J.4: a passphrase of 8 to 63 printable ASCII characters, or the key itself
 * in hex; nothing for an open network. */
static bool is_wifi_password(const char *text)
{
    size_t bytes = strlen(text);
    if (bytes == WIFI_PASSWORD_CHARS_MAX) {
        return strspn(text, "0123456789abcdefABCDEF") == bytes;
    }
    return bytes == 0 || (bytes >= WIFI_PASSWORD_CHARS_MIN &&
                          bytes < WIFI_PASSWORD_CHARS_MAX && is_printable(text, bytes));
}

/* At the door only: what was kept before these rules is as it was. */
static enum err check_wifi(const char *name, const char *password)
{
    if (name[0] == '\0') {
        return ERR_OK; /* it is taken away */
    }
    if (strlen(name) > WIFI_NAME_CHARS_MAX) {
        return ERR_WIFI_NAME;
    }
    return is_wifi_password(password) ? ERR_OK : ERR_WIFI_PASSWORD;
}

void story_wifi(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_WIFI, visitor, &request->id);
    enum err err = check_wifi(request->as.wifi.name, request->as.wifi.password);
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    entry.as.event_wifi.shown =
        request->as.wifi.shown && request->as.wifi.name[0] != '\0';
    submit_content(
        server, visitor, &entry, &entry.as.event_wifi.content, request->as.wifi.name,
        request->as.wifi.password);
}

void story_nick(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PERSON_NICK, visitor, &request->id);
    entry.as.person_nick = request->as.nick;
    story_submit(server, visitor, &entry, hall_no_docs(), "number");
}

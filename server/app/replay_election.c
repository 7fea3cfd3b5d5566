/* An election from a file, in the words of the wire. */
#include "app/replay.h"

#include "app/replay_file.h"
#include "base/bounds.h"

#include <errno.h>
#include <stdlib.h>

static enum err
parse(const char *who, const char *path, struct span text, struct tally_file **ret_file)
{
    struct tally_fault fault = {0};
    enum tally_status status =
        tally_file_read(text.data, text.bytes, NULL, ret_file, &fault);
    switch (status) {
    case TALLY_OK:
        return ERR_OK;
    case TALLY_BAD_FILE:
    case TALLY_TOO_MANY:
    case TALLY_OVERFLOW:
        fprintf(
            stderr, "%s: %s:%zu:%zu: expected %s\n", who, path, fault.line, fault.column,
            fault.expected);
        return status == TALLY_BAD_FILE ? ERR_BAD_VALUE : ERR_TOO_MANY;
    case TALLY_NO_MEMORY:
    case TALLY_BAD_BALLOT:
    case TALLY_UNKNOWN_METHOD:
    case TALLY_BAD_RULE:
    case TALLY_UNKNOWN_SETTING:
    case TALLY_BAD_VALUE:
    case TALLY_WRONG_FORM:
        break;
    }
    fprintf(stderr, "%s: out of memory\n", who);
    return ERR_NOMEM;
}

static bool has_tie(const struct tally_profile *profile, size_t i)
{
    const struct tally_mark *marks = NULL;
    int64_t weight = 0;
    size_t count = tally_profile_ballot(profile, i, &marks, &weight);
    for (size_t m = 1; m < count; m++) {
        if (marks[m].place == marks[m - 1].place) {
            return true;
        }
    }
    return false;
}

enum err election_read(const char *who, const char *path, struct election *ret_election)
{
    char *text = NULL;
    size_t bytes = 0;
    enum err err = replay_read_file(path, &text, &bytes);
    if (err != ERR_OK) {
        fprintf(stderr, "%s: %s can't be read: %s\n", who, path, strerror(errno));
        return err;
    }
    struct election election = {0};
    err = parse(who, path, span_of(text, bytes), &election.file);
    free(text);
    if (err != ERR_OK) {
        return err;
    }
    election.profile = tally_file_profile(election.file);
    election.options = tally_profile_options(election.profile);
    election.voters = tally_profile_ballots(election.profile);
    for (size_t i = 0; i < tally_profile_distinct(election.profile); i++) {
        election.ties = election.ties || has_tie(election.profile, i);
    }
    *ret_election = election;
    return ERR_OK;
}

void election_fini(struct election *election)
{
    tally_file_free(election->file);
    *election = (struct election){0};
}

/* The bytes of the first `chars` characters. */
static size_t utf8_bytes(struct tally_text text, size_t chars)
{
    size_t bytes = 0;
    while (bytes < text.bytes) {
        bool begins = ((unsigned char)text.data[bytes] & 0xc0) != 0x80;
        if (begins && chars-- == 0) {
            break;
        }
        bytes++;
    }
    return bytes;
}

void election_write_name(const struct election *election, size_t option, struct buf *out)
{
    struct tally_text name = tally_file_name(election->file, option);
    if (name.bytes == 0) {
        buf_printf(out, "\"#%zu\"", option + 1);
        return;
    }
    buf_json_string(out, span_of(name.data, utf8_bytes(name, TITLE_CHARS_MAX)));
}

static void write_ranking(
    const struct tally_mark *marks, size_t count, size_t ranks, const int64_t *ids,
    struct buf *out)
{
    size_t places = 0;
    buf_text(out, "{\"ranking\":[");
    for (size_t i = 0; i < count; i++) {
        bool tied = i > 0 && marks[i].place == marks[i - 1].place;
        if (!tied && places == ranks) {
            break;
        }
        places += tied ? 0 : 1;
        buf_text(out, tied ? "," : i > 0 ? "],[" : "[");
        buf_printf(out, "\"%lld\"", (long long)ids[marks[i].option]);
    }
    buf_text(out, places > 0 ? "]]}" : "]}");
}

static void write_approval(
    const struct tally_mark *marks, size_t count, const int64_t *ids, struct buf *out)
{
    size_t written = 0;
    buf_text(out, "{\"approval\":[");
    for (size_t i = 0; i < count && marks[i].place == 1; i++) {
        buf_printf(
            out, "%s\"%lld\"", written++ > 0 ? "," : "", (long long)ids[marks[i].option]);
    }
    buf_text(out, "]}");
}

void election_write_ballot(
    const struct election *election, size_t i, enum tally_form form, size_t ranks,
    const int64_t *ids, struct buf *out)
{
    const struct tally_mark *marks = NULL;
    int64_t weight = 0;
    size_t count = tally_profile_ballot(election->profile, i, &marks, &weight);
    if (form == TALLY_APPROVAL && count > 0) {
        write_approval(marks, count, ids, out);
    } else {
        write_ranking(marks, count, ranks, ids, out);
    }
}

/* An election from a file in the words of the wire, tickets from a file, a result with
 * names. */
#include "app/replay.h"

#include "base/bounds.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file of one's own with this text. */
static const char *file_with(const char *text)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/stimmwerk-replay-XXXXXX");
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void read_election(const char *text, struct election *ret_election)
{
    const char *path = file_with(text);
    cr_assert_eq(election_read("test", path, ret_election), ERR_OK);
    unlink(path);
}

static const char *const BLT = "3 2\n"
                               "2 1 2 0\n"
                               "1 3 1=2 0\n"
                               "3 0\n"
                               "0\n"
                               "\"Müller, \"\n"
                               "\"B\"\n"
                               "\"C\"\n"
                               "\"Vorstand\"\n";

static const int64_t IDS[] = {7, 9, 12};

static void expect_ballot(
    const struct election *election, size_t i, enum tally_form form, size_t ranks,
    const char *expected)
{
    struct buf out;
    buf_init(&out, 1000);
    election_write_ballot(election, i, form, ranks, IDS, &out);
    buf_char(&out, '\0');
    cr_expect_str_eq((const char *)out.data, expected);
    buf_fini(&out);
}

Test(replay, reads_an_election_and_who_votes)
{
    struct election election;
    read_election(BLT, &election);
    cr_assert_eq(election.options, 3);
    cr_assert_eq(election.voters, 6);
    cr_assert(election.ties);
    cr_assert_eq(tally_file_seats(election.file), 2);
    election_fini(&election);
}

Test(replay, writes_ballots_in_canonical_json)
{
    struct election election;
    read_election(BLT, &election);
    expect_ballot(&election, 0, TALLY_RANKING, 3, "{\"ranking\":[[\"7\"],[\"9\"]]}");
    expect_ballot(
        &election, 1, TALLY_RANKING, 3, "{\"ranking\":[[\"12\"],[\"7\",\"9\"]]}");
    expect_ballot(&election, 2, TALLY_RANKING, 3, "{\"ranking\":[]}");
    election_fini(&election);
}

Test(replay, cuts_ballots_to_the_ranks_that_are_allowed)
{
    struct election election;
    read_election(BLT, &election);
    expect_ballot(&election, 0, TALLY_RANKING, 1, "{\"ranking\":[[\"7\"]]}");
    expect_ballot(&election, 1, TALLY_RANKING, 1, "{\"ranking\":[[\"12\"]]}");
    election_fini(&election);
}

Test(replay, approves_what_stands_in_the_first_place)
{
    struct election election;
    read_election("2 1\n1 1=2 0\n1 0\n0\n\"A\"\n\"B\"\n\"T\"\n", &election);
    expect_ballot(&election, 0, TALLY_APPROVAL, 2, "{\"approval\":[\"7\",\"9\"]}");
    expect_ballot(&election, 1, TALLY_APPROVAL, 2, "{\"ranking\":[]}");
    election_fini(&election);
}

Test(replay, keeps_names_within_a_title)
{
    char text[2048];
    char name[601] = "";
    for (int i = 0; i < 200; i++) {
        memcpy(name + 2 * (size_t)i, "ü", 3);
    }
    snprintf(text, sizeof text, "2 1\n1 1 0\n0\n\"%s\"\n\"B\"\n\"T\"\n", name);
    struct election election;
    struct buf out;
    read_election(text, &election);
    buf_init(&out, 2000);
    election_write_name(&election, 0, &out);
    cr_assert_eq(out.bytes, 2 + 2 * TITLE_CHARS_MAX);
    buf_fini(&out);
    election_fini(&election);
}

Test(replay, says_where_a_file_is_wrong)
{
    cr_redirect_stderr();
    struct election election;
    const char *path = file_with("3 1\n1 4 0\n0\n");
    cr_assert_eq(election_read("test", path, &election), ERR_BAD_VALUE);
    cr_assert_eq(election_read("test", "/nowhere/at.blt", &election), ERR_NOT_FOUND);
    unlink(path);
}

static void
expect_codes(const char *text, size_t count, const char *first, const char *last)
{
    struct ticket_list list;
    const char *path = file_with(text);
    cr_assert_eq(ticket_list_read("test", path, &list), ERR_OK, "%s", text);
    cr_assert_eq(list.count, count, "%s", text);
    cr_assert_str_eq(list.codes[0], first);
    cr_assert_str_eq(list.codes[count - 1], last);
    ticket_list_fini(&list);
    unlink(path);
}

Test(replay, reads_tickets_from_a_table_or_a_list)
{
    expect_codes(
        "ticket,code,link\r\n1,AAAAA-BBBBB,http://x/j#A\r\n2,CCCCC-DDDDD,http://x/"
        "j#C\r\n",
        2, "AAAAA-BBBBB", "CCCCC-DDDDD");
    expect_codes(
        "\xef\xbb\xbf"
        "code;ticket\nEEE;1\n",
        1, "EEE", "EEE");
    expect_codes("FFF\nGGG\n\nHHH", 3, "FFF", "HHH");
}

Test(replay, refuses_a_table_without_codes)
{
    cr_redirect_stderr();
    struct ticket_list list;
    const char *path = file_with("ticket,link\n1,x\n");
    cr_assert_eq(ticket_list_read("test", path, &list), ERR_BAD_VALUE);
    unlink(path);
}

Test(replay, puts_names_in_the_place_of_ids_wherever_ids_stand)
{
    struct election election;
    read_election(BLT, &election);
    cJSON *result = cJSON_Parse(
        "{\"poll\":\"7\",\"method\":\"irv\",\"winners\":[\"7\"],\"ranking\":[[\"9\"],"
        "[\"12\",\"7\"]],\"scores\":{\"9\":\"7\"},\"rounds\":[{\"votes\":{\"12\":\"9\"},"
        "\"exhausted\":\"9\",\"eliminated\":[\"12\"],\"elected\":[]}],\"duels\":[{"
        "\"winner\":\"9\",\"loser\":\"12\",\"for\":7}],\"ties\":[{\"options\":[\"9\"],"
        "\"by\":\"lot\"}],\"lot\":[\"12\",\"99\"]}");
    result_name(result, &election, IDS);
    char *text = cJSON_PrintUnformatted(result);
    cr_assert_str_eq(
        text,
        "{\"poll\":\"7\",\"method\":\"irv\",\"winners\":[\"Müller, "
        "\"],\"ranking\":[[\"B\"],"
        "[\"C\",\"Müller, "
        "\"]],\"scores\":{\"B\":\"7\"},\"rounds\":[{\"votes\":{\"C\":\"9\"},"
        "\"exhausted\":\"9\",\"eliminated\":[\"C\"],\"elected\":[]}],\"duels\":[{"
        "\"winner\":\"B\",\"loser\":\"C\",\"for\":7}],\"ties\":[{\"options\":[\"B\"],"
        "\"by\":\"lot\"}],\"lot\":[\"C\",\"99\"]}");
    cJSON_free(text);
    cJSON_Delete(result);
    election_fini(&election);
}

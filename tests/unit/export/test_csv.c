#include "export/csv.h"
#include "unit/export/hall.h"

static struct buf out;
static struct csv csv;

static void enter(void)
{
    buf_init(&out, 65536);
    csv = (struct csv){.out = &out, .separator = ';'};
}

static void leave(void)
{
    buf_fini(&out);
}

TestSuite(csv, .init = enter, .fini = leave);

static void expect(const char *text)
{
    cr_expect_str_eq((const char *)out.data, text);
    buf_clear(&out);
    csv.cells = 0;
}

Test(csv, quotes_what_a_reader_would_misread)
{
    static const char *const pairs[][2] = {
        {"plain", "plain"},
        {"", ""},
        {"a;b", "\"a;b\""},
        {"a,b", "\"a,b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {" edge", "\" edge\""},
        {"edge ", "\"edge \""},
        {"a\tb", "\"a\tb\""},
        {"\"", "\"\"\"\""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        csv_text(&csv, pairs[i][0]);
        buf_char(&out, '\0');
        expect(pairs[i][1]);
    }
}

Test(csv, disarms_formulas)
{
    static const char *const pairs[][2] = {
        {"=1+1", "'=1+1"},
        {"+49", "'+49"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "\"'\tx\""},
        {"\rx", "\"'\rx\""},
        {"\nx", "\"'\nx\""},
        {"  =1", "\"'  =1\""},
        {"=cmd|' /C calc'!A0;", "\"'=cmd|' /C calc'!A0;\""},
        {"\xef\xbc\x9d"
         "1",
         "'\xef\xbc\x9d"
         "1"},
        {"\xef\xbc\x8b"
         "1",
         "'\xef\xbc\x8b"
         "1"},
        {"\xef\xbc\x8d"
         "1",
         "'\xef\xbc\x8d"
         "1"},
        {"\xef\xbc\xa0"
         "1",
         "'\xef\xbc\xa0"
         "1"},
        {"1=1", "1=1"},
        {"'s Park", "'s Park"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        csv_text(&csv, pairs[i][0]);
        expect(pairs[i][1]);
    }
}

Test(csv, writes_times_in_utc)
{
    static const struct {
        int64_t at_ms;
        const char *text;
    } times[] = {
        {0, ""},
        {-1, ""},
        {1, "1970-01-01T00:00:00Z"},
        {951782400000, "2000-02-29T00:00:00Z"},
        {951868799999, "2000-02-29T23:59:59Z"},
        {951868800000, "2000-03-01T00:00:00Z"},
        {1709164800000, "2024-02-29T00:00:00Z"},
        {1795399445123, "2026-11-23T02:04:05Z"},
        {1798761599000, "2026-12-31T23:59:59Z"},
        {4107542400000, "2100-03-01T00:00:00Z"},
        {4107456000000, "2100-02-28T00:00:00Z"},
    };

    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        csv_time(&csv, times[i].at_ms);
        buf_char(&out, '\0');
        expect(times[i].text);
    }
}

Test(csv, writes_decimals_as_the_separators_spreadsheet_reads_them)
{
    csv_decimal(&csv, "20.5");
    expect("20,5");
    csv.separator = ',';
    csv_decimal(&csv, "20.5");
    expect("20.5");
}

Test(csv, separates_cells_and_ends_rows)
{
    csv_int(&csv, -3);
    csv_positive(&csv, 0);
    csv_positive(&csv, 4);
    csv_flag(&csv, true);
    csv_flag(&csv, false);
    csv_empty(&csv);
    csv_end_row(&csv);
    csv_word(&csv, "next");
    expect("-3;;4;yes;no;\r\nnext");
}

Test(csv, begins_with_the_byte_order_mark)
{
    csv_begin(&csv, &out, ',');
    csv_word(&csv, "a");
    csv_word(&csv, "b");
    csv_end_row(&csv);
    expect("\xef\xbb\xbf"
           "a,b\r\n");
}

Test(csv, has_a_name_for_each_file)
{
    static const char *const names[] = {
        "ideas.csv",  "polls.csv",  "ballots.csv", "results.csv", "participation.csv",
        "groups.csv", "phases.csv", "tickets.csv", "paper.csv",   "followup.csv"};
    for (enum export_file file = 0; file < EXPORT_FILE_COUNT; file++) {
        cr_expect_str_eq(export_file_name(file), names[file]);
    }
}

Test(csv, too_large_for_its_buffer_is_an_error)
{
    static struct hall hall;
    kit_init(&hall.kit, JOIN_OPEN);
    hall_idea(&hall, "Skatepark", "am Bahnhof");
    const struct export_texts texts = {.find = hall_find, .ctx = &hall};
    const struct export_options options = {.separator = ';'};
    struct buf small;
    buf_init(&small, 70);
    for (enum export_file file = 0; file < EXPORT_FILE_COUNT; file++) {
        buf_clear(&small);
        bool short_head =
            file == EXPORT_BALLOTS || file == EXPORT_GROUPS || file == EXPORT_PHASES;
        small.bytes_max = short_head ? 10 : 40;
        cr_expect_eq(
            export_write(&small, file, &hall.kit.event, &texts, NULL, &options),
            ERR_TOO_LARGE);
    }
    buf_fini(&small);
    kit_fini(&hall.kit);
}

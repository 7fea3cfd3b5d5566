/* stimmwerk tally --html: well-formed, nothing foreign in it, and all that is to be told.
 */
#include "unit/app/typed.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>
#include <unistd.h>

TestSuite(tally_html, .init = typed_set_up);

#define DEPTH_MAX      64
#define TAG_BYTES      16
#define PAGE_BYTES_MAX 200000

struct checker {
    char open[DEPTH_MAX][TAG_BYTES];
    size_t depth;
};

static bool is_void(const char *tag)
{
    return strcmp(tag, "meta") == 0 || strcmp(tag, "!DOCTYPE") == 0;
}

/* Attributes are name="value", without < inside. Returns what stands behind the tag. */
static const char *skip_attributes(const char *at)
{
    while (*at != '>') {
        cr_assert(*at != '\0' && *at != '<', "%.60s", at);
        if (*at == '"') {
            at++;
            at += strcspn(at, "\"");
            cr_assert(*at == '"');
        }
        at++;
    }
    return at + 1;
}

static const char *read_tag(struct checker *checker, const char *at)
{
    char tag[TAG_BYTES] = "";
    bool closes = at[1] == '/';
    const char *name = at + (closes ? 2 : 1);
    size_t bytes = strcspn(name, " >\n");
    cr_assert(bytes > 0 && bytes < TAG_BYTES, "%.60s", at);
    memcpy(tag, name, bytes);
    if (closes) {
        cr_assert_gt(checker->depth, 0);
        cr_assert_str_eq(checker->open[--checker->depth], tag, "%.80s", at);
    } else if (!is_void(tag)) {
        cr_assert_lt(checker->depth, DEPTH_MAX);
        memcpy(checker->open[checker->depth++], tag, TAG_BYTES);
    }
    return skip_attributes(name + bytes);
}

static void check_entity(const char *at)
{
    static const char *const known[] = {"&amp;",  "&lt;",  "&gt;",
                                        "&quot;", "&#39;", "&nbsp;"};
    bool fine = false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        fine = fine || strncmp(at, known[i], strlen(known[i])) == 0;
    }
    cr_assert(fine, "%.40s", at);
}

/* Every tag closes in order, every & is an entity, and nothing runs or loads. */
static void check_page(const char *page)
{
    static const char *const forbidden[] = {
        "<script", "javascript:", "http:", "https:", "src=", "url(", "@import", "<link"};
    struct checker checker = {.depth = 0};
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        cr_assert_null(strstr(page, forbidden[i]), "%s", forbidden[i]);
    }
    cr_assert_eq(strncmp(page, "<!DOCTYPE html>\n<html lang=\"en\">", 31), 0);
    for (const char *at = page; *at != '\0';) {
        if (strncmp(at, "<style>", 7) == 0) {
            at = strstr(at, "</style>") + 8;
        } else if (*at == '<') {
            at = read_tag(&checker, at);
        } else {
            if (*at == '&') {
                check_entity(at);
            }
            cr_assert_neq(*at, '>', "%.40s", at);
            at++;
        }
    }
    cr_assert_eq(checker.depth, 0);
}

static const char *page_of(const char *line)
{
    cr_assert_eq(typed(line), 0, "%s", line);
    const char *page = typed_printed();
    cr_assert_lt(strlen(page), PAGE_BYTES_MAX);
    check_page(page);
    return page;
}

static void check_holds(const char *page, const char *words)
{
    cr_assert_not_null(strstr(page, words), "%s", words);
}

Test(tally_html, tells_answer_rounds_pairs_ties_and_comparison)
{
    const char *page = page_of("stimmwerk|tally|--html|--compare|--method|irv|" ELECTIONS
                               "schulze-45.blt");
    check_holds(page, "<title>Schulze method example, 45 voters</title>");
    check_holds(page, "<h1><bdi>C</bdi> wins</h1>");
    check_holds(page, "Counted by instant runoff. ");
    check_holds(page, "<h2 id=\"rounds\">Round by round</h2>");
    check_holds(page, "<td class=\"num\">19</td><td class=\"num gained\">+7</td>");
    check_holds(page, "<h2 id=\"pairs\">Head to head</h2>");
    check_holds(page, "<td class=\"win\">29</td>");
    check_holds(page, "Round 2: <bdi>B</bdi> and <bdi>E</bdi> tied, left open.");
    check_holds(page, "<td class=\"words yes\">agrees</td>");
    check_holds(page, "<td class=\"words no\">differs</td>");
    check_holds(page, "<th scope=\"row\">overvote</th><td class=\"words\">exhaust</td>");
}

/* sha256sum tests/golden/elections/schulze-45.blt */
Test(tally_html, says_which_file_it_belongs_to)
{
    const char *page =
        page_of("stimmwerk|tally|--html|--method|schulze-wv|" ELECTIONS "schulze-45.blt");
    check_holds(page, "ef09feb909cfdfbe8b0ea93f43778cc1ca98eba6");
    check_holds(page, "<code>schulze-45.blt</code>");
    check_holds(page, "<h2 id=\"paths\">Strongest paths</h2>");
}

Test(tally_html, escapes_every_name)
{
    const char *file =
        typed_file("3 1\n2 1 2 0\n1 2 1 0\n1 3 0\n0\n\"<script>alert(1)</script>\"\n"
                   "\"A & 'B' > C\"\n\"\xe2\x80\xaeRTL\x1b\"\n\"<b>\"\n");
    char line[512];
    static const char *const methods[] = {
        "irv", "borda", "ranked-pairs-wv", "schulze-wv", "approval"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        snprintf(
            line, sizeof line, "stimmwerk|tally|--html|--compare|--method=%s|%s",
            methods[i], file);
        const char *page = page_of(line);
        check_holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;");
        check_holds(page, "A &amp; &#39;B&#39; &gt; C");
        check_holds(page, "<title>&lt;b&gt;</title>");
        cr_assert_null(strchr(page, 0x1b));
    }
    unlink(file);
}

Test(tally_html, shows_the_first_ten_of_many_options)
{
    const char *page = page_of("stimmwerk|tally|--html|--method|schulze-wv|" ELECTIONS
                               "hack-60x300-top5.blt");
    check_holds(page, "The first 10 of 60 options");
    page =
        page_of("stimmwerk|tally|--html|--method|irv|" ELECTIONS "hack-60x300-top5.blt");
    check_holds(page, "The first 10 of 60 options");
}

Test(tally_html, tells_of_an_open_tie_and_of_nobody)
{
    const char *page =
        page_of("stimmwerk|tally|--html|--method|approval|--seats|3|" ELECTIONS
                "hack-approval-1.abif");
    check_holds(page, "<p class=\"badge lot\">Open tie</p>");
    check_holds(page, "<bdi>Idea 10</bdi> may win</h1>");
    check_holds(page, "These can win, as the lot falls: <bdi>Idea 01</bdi>,");
    page = page_of("stimmwerk|tally|--html|--method|condorcet|" ELECTIONS
                   "condorcet-cycle-3.abif");
    check_holds(page, "<h1>Nobody wins</h1>");
    page =
        page_of("stimmwerk|tally|--html|--method|minimax-wv|" ELECTIONS "no-ballots.blt");
    check_holds(page, "less is better");
    (void)page_of("stimmwerk|tally|--html|--method|irv|" ELECTIONS "one-option.blt");
}

Test(tally_html, tells_the_lot)
{
    const char *page = page_of(
        "stimmwerk|tally|--html|--method|irv|--seed|"
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f|" ELECTIONS
        "condorcet-cycle-3.abif");
    check_holds(page, "<p class=\"badge lot\">Decided by lot</p>");
    check_holds(page, "The lot, the favoured first: <bdi>");
}

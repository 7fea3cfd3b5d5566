/* Options: the command line, the config file, and what is refused. */
#include "app/options.h"

#include "app/serve_options.h"
#include "unit/app/words.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <unistd.h>

struct sample {
    bool flag;
    const char *text;
    int64_t number;
    int64_t choice;
    const char *config;
    const char *maybe;
    struct option_list list;
    const char *words[2];
};

#define FIELD(name) offsetof(struct sample, name)

static const struct option_row ROWS[] = {
    {.name = "flag", .kind = OPTION_FLAG, .offset = FIELD(flag), .help = "h"},
    {.name = "text",
     .kind = OPTION_TEXT,
     .offset = FIELD(text),
     .value = "TEXT",
     .help = "h"},
    {.name = "number",
     .kind = OPTION_INT,
     .offset = FIELD(number),
     .value = "N",
     .fallback = "7",
     .min = 1,
     .max = 10,
     .help = "how many of them there are"},
    {.name = "choice",
     .kind = OPTION_CHOICE,
     .offset = FIELD(choice),
     .value = "red|green|blue",
     .fallback = "green",
     .help = "h"},
    {.name = "may-be",
     .kind = OPTION_TEXT,
     .offset = FIELD(maybe),
     .value = "TEXT",
     .bare = "",
     .help = "h"},
    {.name = "list",
     .kind = OPTION_LIST,
     .offset = FIELD(list),
     .value = "TEXT",
     .help = "h"},
    {.name = "config",
     .kind = OPTION_TEXT,
     .offset = FIELD(config),
     .value = "FILE",
     .help = "h"},
};

static const struct options_table TABLE = {
    .command = "sample",
    .summary = "A sample.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .words = "[ONE [TWO]]",
    .words_offset = FIELD(words),
    .word_max = 2,
};

/* One parse; free with fini. */
struct parse {
    struct words words;
    struct sample sample;
    char *file_text;
    int code;
};

static void parse(struct parse *parse, const char *text)
{
    *parse = (struct parse){.code = -2};
    words_split(&parse->words, text);
    parse->code = options_parse(
        &TABLE, parse->words.argc, parse->words.argv, &parse->sample, &parse->file_text);
}

static void parse_file(struct parse *ret_parse, const char *file, const char *text)
{
    char path[] = "/tmp/stimmwerk-test-XXXXXX";
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, file, strlen(file)), (ssize_t)strlen(file));
    close(fd);
    char line[256];
    snprintf(line, sizeof line, "%s|--config|%s", text, path);
    parse(ret_parse, line);
    unlink(path);
}

static size_t lines_on_stderr(void)
{
    fflush(stderr);
    FILE *said = cr_get_redirected_stderr();
    size_t lines = 0;
    for (int c = fgetc(said); c != EOF; c = fgetc(said)) {
        lines += c == '\n' ? 1 : 0;
    }
    return lines;
}

Test(options, have_defaults)
{
    struct parse p;
    parse(&p, "sample");
    cr_assert_eq(p.code, OPTIONS_GO);
    cr_assert_eq(p.sample.number, 7);
    cr_assert_eq(p.sample.choice, 1);
    cr_assert_null(p.sample.text);
    cr_assert_not(p.sample.flag);
}

Test(options, take_values_in_both_spellings)
{
    struct parse p;
    parse(&p, "sample|--text|a=b|--number=3|--flag|--choice|blue");
    cr_assert_eq(p.code, OPTIONS_GO);
    cr_assert_str_eq(p.sample.text, "a=b");
    cr_assert_eq(p.sample.number, 3);
    cr_assert_eq(p.sample.choice, 2);
    cr_assert(p.sample.flag);
}

Test(options, take_underscores_for_hyphens)
{
    struct parse p;
    parse(&p, "sample|--may_be=yes");
    cr_assert_eq(p.code, OPTIONS_GO);
    cr_assert_str_eq(p.sample.maybe, "yes");
}

Test(options, take_a_text_that_may_be_left_out_only_behind_an_equals_sign)
{
    struct parse p;
    parse(&p, "sample|--may-be|one");
    cr_assert_eq(p.code, OPTIONS_GO);
    cr_assert_str_eq(p.sample.maybe, "");
    cr_assert_str_eq(p.sample.words[0], "one");
}

Test(options, take_a_list_word_by_word)
{
    struct parse p;
    parse(&p, "sample|--list|a|--list=b c");
    cr_assert_eq(p.code, OPTIONS_GO);
    cr_assert_eq(p.sample.list.count, 2);
    cr_assert_str_eq(p.sample.list.words[1], "b c");
}

Test(options, refuse_an_empty_or_endless_list, .init = cr_redirect_stderr)
{
    struct parse p;
    parse(&p, "sample|--list=");
    cr_assert_eq(p.code, 2);
    char name[] = "sample";
    char word[] = "--list=x";
    char *argv[2 + OPTION_LIST_MAX] = {name};
    for (size_t i = 0; i <= OPTION_LIST_MAX; i++) {
        argv[1 + i] = word;
    }
    struct sample sample = {.flag = false};
    cr_assert_eq(options_parse(&TABLE, 2 + OPTION_LIST_MAX, argv, &sample, NULL), 2);
}

Test(options, leave_words_that_are_no_options)
{
    struct parse p;
    parse(&p, "sample|one|--flag|--|--two");
    cr_assert_eq(p.code, OPTIONS_GO);
    cr_assert_str_eq(p.sample.words[0], "one");
    cr_assert_str_eq(p.sample.words[1], "--two");
}

Test(options, refuse_with_one_line_and_exit_code_2, .init = cr_redirect_stderr)
{
    static const char *const WRONG[] = {
        "sample|--colour|x",
        "sample|--text",
        "sample|--text|",
        "sample|--number|0",
        "sample|--number|11",
        "sample|--number|3x",
        "sample|--number|",
        "sample|--number|+3",
        "sample|--number|99999999999999999999",
        "sample|--choice|re",
        "sample|--choice|",
        "sample|--flag=perhaps",
        "sample|-x",
        "sample|--flag|--flag",
        "sample|one|two|three",
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        struct parse p;
        parse(&p, WRONG[i]);
        cr_assert_eq(p.code, 2, "%s", WRONG[i]);
    }
    cr_assert_eq(lines_on_stderr(), sizeof WRONG / sizeof WRONG[0]);
}

Test(options, help_names_every_option, .init = cr_redirect_stdout)
{
    struct parse p;
    parse(&p, "sample|--number|77|--help");
    cr_assert_eq(p.code, 0);
    fflush(stdout);
    char said[4096] = "";
    size_t bytes = fread(said, 1, sizeof said - 1, cr_get_redirected_stdout());
    said[bytes] = '\0';
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        cr_assert_not_null(strstr(said, ROWS[i].name), "%s", ROWS[i].name);
    }
    cr_assert_not_null(strstr(said, "(default 7)"));
}

Test(config_file, is_read_and_the_command_line_wins)
{
    struct parse p;
    parse_file(
        &p, "# a comment\n\n text = Rathaus = schön \r\nnumber=3\nflag = true\n",
        "sample|--number|4");
    cr_assert_eq(p.code, OPTIONS_GO);
    cr_assert_str_eq(p.sample.text, "Rathaus = schön");
    cr_assert_eq(p.sample.number, 4);
    cr_assert(p.sample.flag);
    free(p.file_text);
}

Test(config_file, with_a_mistake_is_refused_in_one_line, .init = cr_redirect_stderr)
{
    static const char *const WRONG[] = {
        "colour = red\n",
        "text\n",
        "number = 11\n",
        "number = 1\nnumber = 1\n",
        "flag = yes please\n",
        "config = /x\n",
        "text =\n",
        "choice = black\n",
        " = 3\n",
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        struct parse p;
        parse_file(&p, WRONG[i], "sample");
        cr_assert_eq(p.code, 2, "%s", WRONG[i]);
        free(p.file_text);
    }
    cr_assert_eq(lines_on_stderr(), sizeof WRONG / sizeof WRONG[0]);
}

Test(config_file, that_is_missing_or_no_text_is_refused, .init = cr_redirect_stderr)
{
    struct parse p;
    parse(&p, "sample|--config|/nowhere/at/all");
    cr_assert_eq(p.code, 2);
    parse(&p, "sample|--config|/proc/self/exe");
    cr_assert_eq(p.code, 2);
    cr_assert_null(p.file_text);
}

static int serve(const char *text)
{
    struct words words;
    struct serve_options options;
    words_split(&words, text);
    int code = serve_options_parse(words.argc, words.argv, &options);
    serve_options_fini(&options);
    return code;
}

Test(serve_options, listen_on_loopback_without_an_operator)
{
    cr_assert_eq(serve("serve|--store|sqlite:a.db"), OPTIONS_GO);
    cr_assert_eq(serve("serve|--store|sqlite:a.db|--listen|[::1]:80"), OPTIONS_GO);
}

Test(serve_options, need_an_operator_or_a_demo_elsewhere, .init = cr_redirect_stderr)
{
    cr_assert_eq(serve("serve|--store|sqlite:a|--listen|0.0.0.0:80"), 2);
    cr_assert_eq(serve("serve|--store|sqlite:a|--listen|[::]:80|--operator.name|K"), 2);
    cr_assert_eq(
        serve("serve|--store|sqlite:a|--listen|[::]:80|--operator.name|K|--operator."
              "contact|c"),
        OPTIONS_GO);
    cr_assert_eq(serve("serve|--store|sqlite:a|--listen|[::]:80|--demo"), OPTIONS_GO);
}

Test(serve_options, refuse_what_does_not_fit_together, .init = cr_redirect_stderr)
{
    cr_assert_eq(serve("serve"), 2, "no store");
    cr_assert_eq(serve("serve|--store|sqlite:a|--tls-key|k.pem"), 2);
    cr_assert_eq(serve("serve|--store|sqlite:a|--tls-cert|c.pem"), 2);
    cr_assert_eq(serve("serve|--store|sqlite:a|--base-url|hall.example"), 2);
    cr_assert_eq(serve("serve|--store|sqlite:a|--base-url|http://hall/"), 2);
    cr_assert_eq(serve("serve|--store|sqlite:a|--base-url|http://hall:80"), OPTIONS_GO);
}

Test(serve_options, check_config_ends_with_0, .init = cr_redirect_stdout)
{
    cr_assert_eq(serve("serve|--check-config|--store|sqlite:a.db"), 0);
}

Test(serve_options, know_addresses)
{
    static const struct {
        const char *listen;
        bool fine;
        bool loopback;
    } ROW[] = {
        {"127.0.0.1:8080", true, true},    {"127.9.9.9:0", true, true},
        {"[::1]:65535", true, true},       {"0.0.0.0:8080", true, false},
        {"[::]:8080", true, false},        {"127.0.0.1", false, false},
        {"127.0.0.1:65536", false, false}, {"::1:8080", false, false},
        {"hall:8080", false, false},       {"[127.0.0.1]:8080", false, false},
        {"127.0.0.1:", false, false},      {":8080", false, false},
        {"[::1]", false, false},           {"127.0.0.1:8o", false, false},
    };

    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        bool loopback = false;
        bool fine = serve_listen_parse(ROW[i].listen, &loopback);
        cr_assert_eq(fine, ROW[i].fine, "%s", ROW[i].listen);
        cr_assert_eq(loopback, ROW[i].loopback, "%s", ROW[i].listen);
    }
}

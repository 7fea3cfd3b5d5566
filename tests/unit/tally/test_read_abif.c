/* ABIF: rankings, ratings, approvals, metadata. */
#include "file_kit.h"

#define ABIF TALLY_FORMAT_ABIF

Test(read_abif, ratings_make_ballots_of_scores)
{
    struct tally_file *file =
        read_text("{\"max_rating\": 9}\n2:a/5, b/3,c/0\n1:b / 9\n3:\n", ABIF);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 9);
    kit_ballots(file, "2:0/5,1/3 1:1/9 3:");
    tally_file_free(file);
}

Test(read_abif, without_max_rating_the_highest_one_is_the_most)
{
    struct tally_file *file = read_text("2:a/2,b/1\n1:b/4\n", ABIF);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 4);
    tally_file_free(file);
    file = read_text("2:a/0\n", ABIF);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 1);
    tally_file_free(file);
}

Test(read_abif, the_most_may_be_said_behind_the_votes)
{
    struct tally_file *file = read_text("2:a/2\n{\"max_rating\": 5}\n", ABIF);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 5);
    tally_file_free(file);
    kit_refuse("2:a/6\n{\"max_rating\": 5}\n", ABIF, 1, 5);
    kit_refuse("2:a/1001\n", ABIF, 1, 5);
    kit_refuse("{\"max_rating\": 0}\n2:a/1\n", ABIF, 1, 16);
    kit_refuse("{\"max_rating\": 5}\n{\"max_rating\": 6}\n", ABIF, 2, 16);
    kit_refuse("{\"max_rating\": \"5\"}\n", ABIF, 1, 16);
}

Test(read_abif, a_rating_agrees_with_the_sign_before_it)
{
    kit_reads("2:a/5>b/3=c/3,d/4\n", ABIF, "2:0/5,3/4,1/3,2/3", "a|b|c|d");
    kit_refuse("2:a/3>b/3\n", ABIF, 1, 7);
    kit_refuse("2:a/3>b/4\n", ABIF, 1, 7);
    kit_refuse("2:a/3=b/4\n", ABIF, 1, 7);
}

Test(read_abif, all_are_rated_or_none)
{
    kit_refuse("2:a/3,b\n", ABIF, 1, 7);
    kit_refuse("2:a,b/3\n", ABIF, 1, 3);
    kit_refuse("2:a/3\n1:b>a\n", ABIF, 2, 3);
    kit_refuse("2:a/3,a/2\n", ABIF, 1, 1); /* twice */
    kit_refuse("2:a/x\n", ABIF, 1, 5);
    kit_refuse("2:a/1.5\n", ABIF, 1, 6);
}

Test(read_abif, a_comma_needs_ratings_or_approvals)
{
    kit_refuse("3:a,b\n", ABIF, 1, 4);
    kit_reads(
        "{\"ballot_type\": \"approval\"}\n3:a,b\n2: b = c\n1:\n", ABIF,
        "3:0=1 2:1=2 1:", "a|b|c");
    kit_reads("{\"ballot_type\": \"choose_many\"}\n3:a/1,b/0\n", ABIF, "3:0", "a|b");
    kit_refuse("{\"ballot_type\": \"approval\"}\n3:a>b\n", ABIF, 2, 4);
    kit_refuse("{\"ballot_type\": \"approval\"}\n3:a/2\n", ABIF, 2, 5);
    kit_reads("{\"ballot_type\": \"ranked\"}\n3:a>b\n", ABIF, "3:0>1", "a|b");
}

Test(read_abif, metadata_is_json_on_one_line)
{
    struct tally_file *file = read_text(
        "{\"title\": \"T \\u00e4 \\\"q\\\" \\ud83d\\ude00\", \"x\": [1, {\"y\": null}]} "
        "# why\n"
        "{}\n{\"n\": -1.5e3}\n1:a\n",
        ABIF);
    struct tally_text title = tally_file_title(file);
    cr_assert_eq(title.bytes, 13);
    cr_assert_eq(memcmp(title.data, "T ä \"q\" 😀", 13), 0);
    cr_assert_eq(tally_file_warnings(file), 0);
    tally_file_free(file);
    kit_refuse("{\"title\": 5}\n1:a\n", ABIF, 1, 11);
    kit_refuse("{\"title\": \"a\" \"b\"}\n", ABIF, 1, 15);
    kit_refuse("{\"title\": \"a\", \"title\": \"b\"}\n1:a\n", ABIF, 1, 25);
    kit_refuse("{\"title\": \"a\"} x\n", ABIF, 1, 16);
    kit_refuse("{\"a\":\n1}\n", ABIF, 1, 6);
    kit_refuse("{\"a\": tru}\n", ABIF, 1, 7);
    kit_refuse("{\"a\": \"\\x\"}\n", ABIF, 1, 9);
    kit_refuse("{\"a\": \"\\u12g4\"}\n", ABIF, 1, 12);
    kit_refuse("{\"a\": 1.}\n", ABIF, 1, 9);
}

Test(read_abif, a_second_title_is_odd)
{
    struct tally_file *file =
        read_text("{\"title\": \"One\"}\n{\"title\": \"Two\"}\n1:a/1\n", ABIF);
    kit_warns(file, "titles", 2, 0, 2);
    cr_assert_eq(tally_file_title(file).bytes, 3);
    tally_file_free(file);
}

Test(read_abif, keys_are_bare_in_brackets_or_in_quotes)
{
    kit_reads(
        "=a-1:\"A [x]\"\n=[b c]:[B]\n2:[b c]>a-1=\"d > e\"=ü_9 # end\n", ABIF,
        "2:1>0=2=3", "A [x]|B|d > e|ü_9");
    kit_refuse("2:a>(b)\n", ABIF, 1, 5);
    kit_refuse("2:[a>b\n", ABIF, 1, 7);
    kit_refuse("2:\"a>b\n", ABIF, 1, 7);
    kit_refuse("2:a b\n", ABIF, 1, 5);
}

Test(read_abif, a_file_that_says_the_most_and_ranks_nobody_is_of_scores)
{
    struct tally_file *file = read_text("{\"max_rating\": 5}\n=a:[A]\n5:\n", ABIF);
    cr_assert_eq(tally_profile_score_max(tally_file_profile(file)), 5);
    tally_file_free(file);
}

Test(read_abif, every_cut_and_changed_file_is_read_or_refused)
{
    kit_mutate("{\"title\": \"T\\u0041\"}\n=a:[Soup]\n3:a>b=[c d]\n1:\n", ABIF);
    kit_mutate("{\"max_rating\": 5}\n3:a/5>b/3, c/4 # x\n1:\"a\"/2\n", ABIF);
}

/* PrefLib: types, sums in the head, what is odd. */
#include "file_kit.h"

#define PREFLIB TALLY_FORMAT_PREFLIB
#define HEAD(type, voters, orders)                                                       \
    "# TITLE: Lunch\n# DATA TYPE: " type                                                 \
    "\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: " voters                               \
    "\n# NUMBER UNIQUE ORDERS: " orders "\n"

static struct tally_file *read_one(const char *text)
{
    return read_text(text, PREFLIB);
}

Test(read_preflib, right_sums_warn_of_nothing)
{
    struct tally_file *file = read_one(HEAD("soc", "3", "2") "2: 1,2,3\n1: 3,2,1\n");
    cr_assert_eq(tally_file_warnings(file), 0);
    kit_ballots(file, "2:0>1>2 1:2>1>0");
    kit_names(file, "1|2|3");
    tally_file_free(file);
}

Test(read_preflib, wrong_sums_are_odd_and_the_ballots_believed)
{
    struct tally_file *file = read_one(HEAD("soc", "4", "2") "2: 1,2,3\n1: 3,2,1\n");
    kit_warns(file, "ballots", 4, 4, 3);
    tally_file_free(file);
    file = read_one(HEAD("soc", "3", "9") "2: 1,2,3\n1: 3,2,1\n");
    kit_warns(file, "distinct", 5, 9, 2);
    tally_file_free(file);
    file = read_one(HEAD("soc", "many", "") "2: 1,2,3\n");
    cr_assert_eq(tally_file_warnings(file), 0);
    tally_file_free(file);
}

Test(read_preflib, a_repeated_order_is_odd_and_counts)
{
    struct tally_file *file = read_one(HEAD("soi", "5", "1") "2: 1,2\n3: 1, 2\n");
    kit_warns(file, "repeated", 7, 0, 2);
    kit_ballots(file, "5:0>1");
    tally_file_free(file);
}

Test(read_preflib, ballots_that_their_type_does_not_hold_are_odd)
{
    static const char *const texts[] = {
        HEAD("soc", "3", "2") "2: 1,2,3\n1: 3,2\n",
        HEAD("soc", "3", "2") "2: 1,2,3\n1: {1,2,3}\n",
        HEAD("soi", "3", "2") "2: 1,2,3\n1: {3,2}\n",
        HEAD("toc", "3", "2") "2: 1,2,3\n1: {3,2}\n"};
    for (size_t i = 0; i < 4; i++) {
        struct tally_file *file = read_one(texts[i]);
        kit_warns(file, "type", 7, 0, 0);
        tally_file_free(file);
    }
    struct tally_file *file = read_one(HEAD("toi", "3", "2") "2: 1\n1: {3,2}\n");
    cr_assert_eq(tally_file_warnings(file), 0);
    tally_file_free(file);
    kit_refuse("# DATA TYPE: wmd\n", PREFLIB, 1, 14);
}

Test(read_preflib, of_categories_the_first_is_approved_and_nothing_repeats)
{
    struct tally_file *file = read_one(
        "# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 3\n# NUMBER UNIQUE PREFERENCES: 3\n"
        "5: {1,3},{2},{}\n2: {1,3},{},2\n1: {},{1,2,3}\n");
    kit_ballots(file, "7:0=2 1:");
    cr_assert_eq(tally_file_warnings(file), 0);
    tally_file_free(file);
}

Test(read_preflib, every_cut_and_changed_file_is_read_or_refused)
{
    kit_mutate(
        HEAD("toi", "3", "2") "# ALTERNATIVE NAME 1: A\n2: 1,{2,3}\n1: 3,12\n", PREFLIB);
    kit_mutate("# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 3\n5: {1,3},{2}\n", PREFLIB);
}

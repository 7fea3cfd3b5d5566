#include "unit/domain/kit.h"

static struct kit kit;
static struct poll_spec spec; /* acceptable: three published ideas, ranked */

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    for (size_t i = 0; i < 3; i++) {
        publish_idea(&kit);
    }
    spec = spec_of(&kit, 3);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(spec, .init = enter, .fini = leave);

static void refuse_spec(enum err err)
{
    struct entry entry = draft_entry(&kit, &spec);
    refuse(&kit, &entry, err);
}

static void use(enum ballot_form form, const char *method)
{
    spec.form = form;
    memset(spec.method, 0, sizeof spec.method);
    memcpy(spec.method, method, strlen(method));
}

Test(spec, that_fits_makes_a_draft)
{
    struct entry entry = draft_entry(&kit, &spec);
    cr_expect_eq(accept(&kit, &entry), 1);
    const struct poll *poll = event_poll(&kit.event, 1);
    cr_expect_eq(poll->state, POLL_DRAFT);
    cr_expect_eq(poll->created_at_ms, entry.at_ms);
    cr_expect_eq(poll->changed_pos, kit.event.pos);
    cr_expect_eq(memcmp(&poll->spec, &spec, sizeof spec), 0);
}

Test(spec, needs_a_question)
{
    spec.question = (struct content_ref){0};
    refuse_spec(ERR_TEXT_EMPTY);
}

Test(spec, has_a_form_and_a_level_there_are)
{
    spec.form = BALLOT_FORM_COUNT;
    refuse_spec(ERR_BAD_VALUE);
    spec.form = BALLOT_RANKING;
    spec.publication = PUBLICATION_COUNT;
    refuse_spec(ERR_BAD_VALUE);
}

Test(spec, needs_two_options_to_choose_from)
{
    spec.option_count = 1;
    refuse_spec(ERR_TOO_FEW_OPTIONS);
    spec.option_count = 0;
    refuse_spec(ERR_TOO_FEW_OPTIONS);
    use(BALLOT_APPROVAL, "approval");
    refuse_spec(ERR_TOO_FEW_OPTIONS);
    spec.option_count = OPTIONS_MAX + 1;
    refuse_spec(ERR_TOO_MANY);
    spec.option_count = 2;
    draft(&kit, &spec);
}

Test(spec, may_have_as_many_options_as_the_bound)
{
    while (kit.event.idea_count < OPTIONS_MAX) {
        publish_idea(&kit);
    }
    spec = spec_of(&kit, OPTIONS_MAX);
    spec.ranks_max = OPTIONS_MAX;
    spec.seats = OPTIONS_MAX;
    draft(&kit, &spec);
}

Test(spec, names_published_ideas_each_once)
{
    spec.options[1] = 99;
    refuse_spec(ERR_UNKNOWN_IDEA);
    spec.options[1] = 0;
    refuse_spec(ERR_UNKNOWN_IDEA);
    spec.options[1] = -1;
    refuse_spec(ERR_UNKNOWN_IDEA);
    spec.options[1] = spec.options[2];
    refuse_spec(ERR_DUPLICATE_OPTION);
    spec.options[1] = submit(&kit, join(&kit, ROLE_PARTICIPANT));
    refuse_spec(ERR_WRONG_STATE);
    hide(&kit, 2);
    spec.options[1] = 2;
    refuse_spec(ERR_WRONG_STATE);
}

Test(spec, has_at_least_one_seat_and_no_more_than_options)
{
    spec.seats = 0;
    refuse_spec(ERR_SEATS);
    spec.seats = 4;
    refuse_spec(ERR_SEATS);
    spec.seats = 3;
    draft(&kit, &spec);
}

Test(spec, of_a_ranking_allows_at_least_one_rank)
{
    spec.ranks_max = 0;
    refuse_spec(ERR_BAD_VALUE);
    spec.ranks_max = OPTIONS_MAX + 1;
    refuse_spec(ERR_BAD_VALUE);
    spec.ranks_max = OPTIONS_MAX;
    draft(&kit, &spec);
    use(BALLOT_APPROVAL, "approval");
    spec.ranks_max = 0;
    draft(&kit, &spec);
}

Test(spec, shows_live_results_only_where_ballots_are_published)
{
    spec.live = true;
    draft(&kit, &spec);
    spec.publication = PUBLISH_STATISTICS;
    refuse_spec(ERR_BAD_VALUE);
}

Test(spec, allows_ties_only_in_rankings)
{
    spec.ties_allowed = true;
    draft(&kit, &spec);
    use(BALLOT_APPROVAL, "approval");
    refuse_spec(ERR_BAD_VALUE);
}

Test(spec, names_a_method_there_is)
{
    use(BALLOT_RANKING, "dice");
    refuse_spec(ERR_UNKNOWN_METHOD);
    use(BALLOT_RANKING, "");
    refuse_spec(ERR_UNKNOWN_METHOD);
    memset(spec.method, 'x', sizeof spec.method);
    refuse_spec(ERR_UNKNOWN_METHOD);
}

/* Votes were cast, and no result: that must not happen. */
Test(spec, names_no_method_that_may_refuse_to_count)
{
    use(BALLOT_APPROVAL, "pav");
    refuse_spec(ERR_UNKNOWN_METHOD);
    use(BALLOT_RANKING, "stv-wigm");
    refuse_spec(ERR_UNKNOWN_METHOD);
    use(BALLOT_RANKING, "stv-scottish");
    draft(&kit, &spec);
    use(BALLOT_APPROVAL, "equal-shares");
    draft(&kit, &spec);
}

Test(spec, has_no_more_options_than_its_method_can_count)
{
    for (size_t i = 3; i < 17; i++) {
        publish_idea(&kit);
    }
    spec = spec_of(&kit, 17);
    use(BALLOT_RANKING, "kemeny");
    refuse_spec(ERR_TOO_MANY);
    spec.option_count = 16;
    draft(&kit, &spec);
}

Test(spec, names_a_method_that_takes_its_ballots)
{
    use(BALLOT_RANKING, "approval");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_APPROVAL, "borda");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_APPROVAL, "score");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_APPROVAL, "approval");
    draft(&kit, &spec);
}

Test(spec, of_yes_or_no_is_counted_by_plurality_and_may_be_about_one_idea)
{
    use(BALLOT_YESNO, "plurality");
    refuse_spec(ERR_TOO_MANY);
    spec.option_count = 1;
    draft(&kit, &spec);
    spec.option_count = 0;
    draft(&kit, &spec);
    spec.seats = 2;
    refuse_spec(ERR_SEATS);
    spec.seats = 1;
    use(BALLOT_YESNO, "borda");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_YESNO, "approval");
    refuse_spec(ERR_METHOD_FORM);
}

Test(spec, of_scores_is_counted_by_a_method_that_takes_scores)
{
    use(BALLOT_SCORE, "approval");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_SCORE, "borda");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_RANKING, "star");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_SCORE, "score");
    draft(&kit, &spec);
    use(BALLOT_SCORE, "star");
    spec.seats = 2;
    draft(&kit, &spec);
    spec.ties_allowed = true;
    refuse_spec(ERR_BAD_VALUE);
}

Test(spec, of_dots_says_how_many_and_adds_them_up)
{
    use(BALLOT_DOTS, "score");
    refuse_spec(ERR_BAD_VALUE);
    spec.dots = DOTS_MAX + 1;
    refuse_spec(ERR_BAD_VALUE);
    spec.dots = DOTS_MAX;
    draft(&kit, &spec);
    spec.dots = 1;
    draft(&kit, &spec);
    use(BALLOT_DOTS, "star");
    refuse_spec(ERR_METHOD_FORM);
    use(BALLOT_SCORE, "score");
    refuse_spec(ERR_BAD_VALUE);
    use(BALLOT_RANKING, "irv");
    refuse_spec(ERR_BAD_VALUE);
}

Test(spec, is_checked_the_same_way_when_edited)
{
    int64_t poll = draft(&kit, &spec);
    struct entry entry = entry_of(&kit, ENTRY_POLL_EDIT, ROLE_MODERATOR, kit.moderator);
    entry.as.poll_text.poll = poll;
    entry.as.poll_text.spec = spec;
    entry.as.poll_text.spec.seats = 9;
    refuse(&kit, &entry, ERR_SEATS);
    entry.command = uid_of(++kit.next);
    entry.as.poll_text.spec.seats = 2;
    accept(&kit, &entry);
    cr_expect_eq(event_poll(&kit.event, poll)->spec.seats, 2);
    cr_expect_eq(event_poll(&kit.event, poll)->changed_pos, kit.event.pos);
}

Test(spec, stops_at_the_bound_of_polls)
{
    for (size_t i = 0; i < POLLS_MAX; i++) {
        draft(&kit, &spec);
    }
    refuse_spec(ERR_TOO_MANY);
}

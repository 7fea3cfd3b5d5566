#include "app/tally_words.h"

struct wording {
    const char *name; /* of the method */
    const char *title;
    const char *score; /* NULL: "score" */
    bool lower;
};

static const struct wording WORDINGS[] = {
    {"ranked-pairs-wv", "Ranked Pairs (winning votes)", NULL, false},
    {"ranked-pairs-margins", "Ranked Pairs (margins)", NULL, false},
    {"irv", "instant runoff", NULL, false},
    {"schulze-wv", "Schulze (winning votes)", NULL, false},
    {"schulze-margins", "Schulze (margins)", NULL, false},
    {"condorcet", "Condorcet", NULL, false},
    {"smith", "the Smith set", NULL, false},
    {"copeland", "Copeland", "duels won", false},
    {"minimax-wv", "minimax (winning votes)", "worst defeat", true},
    {"minimax-margins", "minimax (margins)", "worst defeat", true},
    {"minimax-opposition", "minimax (opposition)", "most votes against", true},
    {"borda", "Borda", "points", false},
    {"nanson", "Nanson", "points", false},
    {"baldwin", "Baldwin", "points", false},
    {"black", "Black", "points", false},
    {"bucklin", "Bucklin", "ballots that rank it", false},
    {"plurality", "plurality", "first ranks", false},
    {"benham", "Benham", NULL, false},
    {"smith-irv", "Smith and instant runoff", NULL, false},
    {"tideman-alternative", "Tideman's alternative", NULL, false},
    {"bottom-two-runoff", "bottom-two runoff", NULL, false},
    {"kemeny", "Kemeny", NULL, false},
    {"approval", "approval", "approvals", false},
    {"pav", "proportional approval (PAV)", NULL, false},
    {"seq-pav", "sequential proportional approval", NULL, false},
    {"seq-phragmen", "sequential Phragmén", NULL, false},
    {"equal-shares", "the Method of Equal Shares", NULL, false},
    {"score", "score", "points", false},
    {"star", "STAR", "points", false},
    {"stv-scottish", "Scottish STV", NULL, false},
    {"stv-wigm", "STV (inclusive Gregory)", NULL, false},
    {"stv-meek", "Meek STV", NULL, false},
    {"bottoms-up", "bottoms-up", NULL, false},
};

static const struct wording *find(const struct tally_method *method)
{
    for (size_t i = 0; i < sizeof WORDINGS / sizeof WORDINGS[0]; i++) {
        if (strcmp(WORDINGS[i].name, tally_method_name(method)) == 0) {
            return WORDINGS + i;
        }
    }
    return NULL;
}

const char *words_method(const struct tally_method *method)
{
    const struct wording *wording = find(method);
    return wording != NULL ? wording->title : tally_method_name(method);
}

const char *words_score(const struct tally_method *method)
{
    const struct wording *wording = find(method);
    return wording != NULL && wording->score != NULL ? wording->score : "score";
}

bool words_lower_is_better(const struct tally_method *method)
{
    const struct wording *wording = find(method);
    return wording != NULL && wording->lower;
}

const char *words_form(enum tally_form form)
{
    static const char *const said[] = {
        [TALLY_RANKING] = "ranking",
        [TALLY_APPROVAL] = "approval",
        [TALLY_SCORE] = "score",
    };
    return said[form];
}

static bool has_lot(const struct tally_result *result)
{
    const uint16_t *order = NULL;
    return tally_result_tie_order(result, &order) > 0;
}

const char *words_state(const struct tally_result *result)
{
    switch (tally_result_state(result)) {
    case TALLY_DECIDED:
    case TALLY_TIE_IRRELEVANT:
        return "decided";
    case TALLY_TIE_DECISIVE:
        return has_lot(result) ? "decided by lot" : "open tie";
    case TALLY_NOT_SETTLED:
        return has_lot(result) ? "a lot was drawn" : "open tie";
    }
    return "";
}

const char *words_state_long(const struct tally_result *result)
{
    bool lot = has_lot(result);
    switch (tally_result_state(result)) {
    case TALLY_DECIDED:
        return "No tie was met on the way.";
    case TALLY_TIE_IRRELEVANT:
        return "Ties were met on the way; whichever way they had gone, the winners would "
               "be the same.";
    case TALLY_TIE_DECISIVE:
        return lot ? "The lot decided: another lot would have elected others."
                   : "A tie is open, and it decides who wins.";
    case TALLY_NOT_SETTLED:
        return lot ? "A lot was drawn on the way; whether another would have elected "
                     "others was not searched to the end."
                   : "Ties are open; whether they decide who wins was not searched to "
                     "the end.";
    }
    return "";
}

const char *words_left(enum tally_reason reason, bool several)
{
    switch (reason) {
    case TALLY_LOWEST:
        return several ? " have the fewest votes and leave."
                       : " has the fewest votes and leaves.";
    case TALLY_HOPELESS:
        return several ? " together have fewer votes than the next: they leave at once."
                       : " can't win any more and leaves.";
    case TALLY_WRITE_IN:
        return several ? " were written in and leave first."
                       : " was written in and leaves first.";
    case TALLY_LOST_DUEL:
        return several ? " lose their duel and leave."
                       : " loses the duel of the last two and leaves.";
    case TALLY_BELOW_AVERAGE:
        return several ? " are at or below the average and leave."
                       : " is at or below the average and leaves.";
    case TALLY_OUTSIDE_SET:
        return several ? " are outside the Smith set and leave."
                       : " is outside the Smith set and leaves.";
    case TALLY_NOTHING:
    case TALLY_MAJORITY:
    case TALLY_QUOTA:
    case TALLY_LAST_SEATS:
    case TALLY_UNBEATEN:
        break;
    }
    return several ? " leave." : " leaves.";
}

const char *words_elected(enum tally_reason reason, bool several)
{
    switch (reason) {
    case TALLY_MAJORITY:
        return several ? " have more than half and win."
                       : " has more than half and wins.";
    case TALLY_QUOTA:
        return several ? " reach the quota and are elected."
                       : " reaches the quota and is elected.";
    case TALLY_LAST_SEATS:
        return several ? " are elected: no more are left than seats."
                       : " is elected: no more are left than seats.";
    case TALLY_UNBEATEN:
        return several ? " beat all others who are left and win."
                       : " beats all others who are left and wins.";
    case TALLY_NOTHING:
    case TALLY_LOWEST:
    case TALLY_HOPELESS:
    case TALLY_WRITE_IN:
    case TALLY_LOST_DUEL:
    case TALLY_BELOW_AVERAGE:
    case TALLY_OUTSIDE_SET:
        break;
    }
    return several ? " are elected." : " is elected.";
}

const char *words_settled(enum tally_settled settled)
{
    switch (settled) {
    case TALLY_BY_EARLIER_ROUND:
        return "settled by the latest earlier round in which they differed";
    case TALLY_BY_LOSING_VOTES:
        return "settled by fewer losing votes";
    case TALLY_BY_HIGHER_TOTAL:
        return "settled by the higher total";
    case TALLY_BY_LOT:
        return "settled by lot";
    case TALLY_BY_NOBODY:
        return "left open";
    }
    return "";
}

const char *words_price(const struct tally_result *result)
{
    const char *method = tally_method_name(tally_result_method(result));
    return tally_result_payers(result) > 0       ? "each pays at most"
           : strcmp(method, "seq-phragmen") == 0 ? "each then bears a load of"
           : strcmp(method, "seq-pav") == 0      ? "points added:"
                                                 : "at";
}

void words_tie_round(struct buf *out, const struct tally_result *result, size_t tie)
{
    size_t round = tally_tie_round(result, tie);
    const struct tally_method *method = tally_result_method(result);
    const char *step = tally_result_rounds(result) > 0              ? "Round"
                       : tally_method_form(method) == TALLY_RANKING ? "From duel"
                                                                    : "Seat";
    if (round > 0) {
        buf_printf(
            out, strcmp(step, "From duel") == 0 ? "%s %zu on: " : "%s %zu: ", step,
            round);
    }
}

const char *words_cut_short(const struct tally_result *result)
{
    bool open = false;
    for (size_t i = 0; i < tally_result_ties(result) && !open; i++) {
        open = tally_tie_settled(result, i) == TALLY_BY_NOBODY &&
               tally_tie_round(result, i) > 0;
    }
    return open && tally_result_rounds(result) > 0
               ? "The rounds end where the tie was left open: with a lot, by --tie-order "
                 "or --seed, they are told to the end."
               : NULL;
}

const char *words_fate(enum tally_fate fate)
{
    switch (fate) {
    case TALLY_LOCKED:
        return "locked";
    case TALLY_DROPPED:
        return "dropped: it would close a cycle";
    case TALLY_OPEN:
        return "open: it hangs on a tie";
    case TALLY_RUNOFF:
        return "a runoff";
    }
    return "";
}

/* Parts the whole part of a number by commas from five digits on. */
static void put_digits(struct buf *out, const char *text)
{
    size_t start = text[0] == '-' ? 1 : 0;
    size_t digits = strspn(text + start, "0123456789");
    buf_bytes(out, text, start);
    for (size_t i = 0; i < digits; i++) {
        if (i > 0 && digits > 4 && (digits - i) % 3 == 0) {
            buf_char(out, ',');
        }
        buf_char(out, text[start + i]);
    }
    buf_text(out, text + start + digits);
}

void words_number(struct buf *out, struct tally_number number)
{
    char text[TALLY_NUMBER_BYTES];
    tally_number_write(number, text);
    if (strchr(text, '/') != NULL) {
        buf_text(out, text);
    } else {
        put_digits(out, text);
    }
}

void words_count(struct buf *out, int64_t count, const char *one, const char *many)
{
    words_number(out, (struct tally_number){.value = count, .unit = 1});
    buf_char(out, ' ');
    buf_text(out, count == 1 ? one : many);
}

#include "random_parts.h"

#include <stdio.h>
#include <string.h>

/* xorshift64*, Vigna 2016. */
uint64_t random_next(struct random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(2685821657736338717);
}

int64_t random_below(struct random *random, int64_t below)
{
    return (int64_t)(random_next(random) >> 1) % below;
}

void random_bytes(struct random *random, void *ret_data, size_t bytes)
{
    uint8_t *data = ret_data;
    for (size_t i = 0; i < bytes; i++) {
        data[i] = (uint8_t)(random_next(random) >> 56);
    }
}

bool same_bytes(const void *a, const void *b, size_t bytes)
{
    return memcmp(a, b, bytes) == 0;
}

bool flip(struct random *random)
{
    return random_below(random, 2) == 1;
}

/* Mostly small, sometimes huge. */
int64_t random_id(struct random *random)
{
    int64_t below = flip(random) ? 100 : INT64_C(1) << 53;
    return 1 + random_below(random, below);
}

static void random_word(struct random *random, char *ret_word, size_t chars)
{
    for (size_t i = 0; i < chars; i++) {
        ret_word[i] = (char)('a' + random_below(random, 26));
    }
    ret_word[chars] = '\0';
}

/* Letters that normalisation leaves alone, markup and quotes among them. */
void random_text(struct random *random, char *ret_text, size_t chars, bool lines)
{
    static const char *const letters[] = {"a", "Z", "ä", "ж", "🛹", "\"", "\\",
                                          "<", "&", "ع", "0", "/",    " ",  "\n"};
    size_t kinds = sizeof letters / sizeof *letters - (lines ? 0 : 1);
    char *to = ret_text;
    for (size_t i = 0; i < chars; i++) {
        bool edge = i == 0 || i + 1 == chars;
        size_t pick = (size_t)random_below(random, edge ? 6 : (int64_t)kinds);
        size_t bytes = strlen(letters[pick]);
        memcpy(to, letters[pick], bytes);
        to += bytes;
    }
    *to = '\0';
}

void random_lang(struct random *random, char *ret_lang)
{
    static const char *const langs[] = {"", "de", "en", "bg", "de-simple", "gsw-ch1"};
    const char *lang = langs[random_below(random, 6)];
    memcpy(ret_lang, lang, strlen(lang) + 1);
}

void random_day(struct random *random, struct day *ret_day)
{
    if (flip(random)) {
        *ret_day = (struct day){
            .year = (uint16_t)(2000 + random_below(random, 8000)),
            .month = (uint8_t)(1 + random_below(random, 12)),
            .of_month = (uint8_t)(1 + random_below(random, 28)),
        };
    }
}

void random_content(struct random *random, struct content_ref *ret_ref)
{
    random_bytes(random, &ret_ref->id, sizeof ret_ref->id);
    random_bytes(random, &ret_ref->hash, sizeof ret_ref->hash);
}

void random_change(
    struct random *random, enum picture_kind kind, struct picture_change *change)
{
    change->given = flip(random);
    if (!change->given || flip(random)) {
        return;
    }
    change->picture.kind = kind;
    random_content(random, &change->picture.ref);
    if (kind == PICTURE_PHOTO) {
        struct photo *photo = &change->picture.photo;
        photo->type = (enum photo_type)random_below(random, PHOTO_TYPE_COUNT);
        photo->width = (uint16_t)(16 + random_below(random, 4081));
        photo->height = (uint16_t)(16 + random_below(random, 4081));
    }
}

/* Lines that go here and there. */
void random_drawing(struct random *random, struct request_drawing *drawing)
{
    drawing->given = flip(random);
    int64_t strokes = drawing->given ? random_below(random, 20) : 0;
    char *to = drawing->path;
    for (int64_t i = 0; i < strokes; i++) {
        int64_t x = random_below(random, 900);
        int64_t y = 1 + random_below(random, 700);
        to += sprintf(
            to, "%c%cM%d %dl%d-%d 0 7", (char)('a' + random_below(random, 8)),
            (char)('1' + random_below(random, 3)), (int)x, (int)y,
            (int)random_below(random, 100), (int)(1 + random_below(random, y)));
    }
}

static void random_marks(struct random *random, struct ballot *ballot)
{
    bool ranking = ballot->form == BALLOT_RANKING;
    ballot->mark_count = (uint16_t)random_below(random, flip(random) ? 4 : 201);
    int64_t option = 0;
    uint16_t place = 1;
    bool points = ballot->form == BALLOT_SCORE || ballot->form == BALLOT_DOTS;
    for (size_t i = 0; i < ballot->mark_count; i++) {
        if (ranking && i > 0 && random_below(random, 3) > 0) {
            place++;
            option = random_below(random, 50);
        }
        option += 1 + random_below(random, 1000);
        ballot->marks[i].option = option;
        ballot->marks[i].value = points ? (uint16_t)random_below(random, 65536) : place;
    }
}

void random_ballot(struct random *random, struct ballot *ret_ballot)
{
    memset(ret_ballot, 0, sizeof *ret_ballot);
    ret_ballot->form = (enum ballot_form)random_below(random, BALLOT_FORM_COUNT);
    if (ret_ballot->form != BALLOT_YESNO) {
        random_marks(random, ret_ballot);
        return;
    }
    ret_ballot->mark_count = (uint16_t)random_below(random, 2);
    if (ret_ballot->mark_count > 0) {
        ret_ballot->marks[0].option = flip(random) ? OPTION_YES : OPTION_NO;
        ret_ballot->marks[0].value = 1;
    }
}

void random_spec(struct random *random, struct poll_spec *spec)
{
    spec->form = (enum ballot_form)random_below(random, BALLOT_FORM_COUNT);
    random_word(
        random, spec->method, (size_t)(1 + random_below(random, METHOD_BYTES_MAX - 1)));
    spec->seats = (uint16_t)random_below(random, 65536);
    spec->ranks_max = (uint16_t)random_below(random, 65536);
    spec->dots = flip(random) ? (uint16_t)random_below(random, 65536) : 0;
    spec->ties_allowed = flip(random);
    spec->live = flip(random);
    spec->publication = (enum publication)random_below(random, PUBLICATION_COUNT);
    spec->no_own = flip(random);
    spec->no_late = flip(random);
    spec->shares.count = (uint16_t)random_below(random, SHARES_MAX + 1);
    for (size_t i = 0; i < spec->shares.count; i++) {
        spec->shares.of[i].group = flip(random) ? random_id(random) : 0;
        spec->shares.of[i].percent = (uint16_t)random_below(random, 65536);
    }
    spec->option_count = (uint16_t)random_below(random, flip(random) ? 4 : 201);
    for (size_t i = 0; i < spec->option_count; i++) {
        spec->options[i] = 1 + random_below(random, 1000000);
    }
}

void random_code(struct random *random, char *ret_code)
{
    for (size_t i = 0; i < EVENT_CODE_BYTES; i++) {
        ret_code[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[random_below(random, 32)];
    }
    ret_code[EVENT_CODE_BYTES] = '\0';
}

enum reason random_reason(struct random *random)
{
    return (enum reason)(1 + random_below(random, REASON_COUNT - 1));
}

struct event_settings random_settings(struct random *random)
{
    return (struct event_settings){
        .youth = flip(random),
        .nicknames = flip(random),
        .support = (enum support)random_below(random, SUPPORT_COUNT)};
}

struct nickname random_nickname(struct random *random)
{
    return (struct nickname){
        .first = (uint16_t)(1 + random_below(random, NICKNAME_WORDS)),
        .second = (uint16_t)(1 + random_below(random, NICKNAME_WORDS))};
}

void random_tags(struct random *random, bool given, struct tag_list *tags)
{
    tags->given = given;
    tags->count = (uint16_t)(given ? random_below(random, IDEA_TAGS_MAX + 1) : 0);
    for (size_t i = 0; i < tags->count; i++) {
        tags->labels[i] = random_id(random);
    }
}

void random_agenda(struct random *random, struct agenda *agenda)
{
    agenda->count = (uint16_t)random_below(random, PHASES_MAX + 1);
    for (size_t i = 0; i < agenda->count; i++) {
        agenda->phases[i] = (struct phase){
            .id = flip(random) ? random_id(random) : 0,
            .kind = (enum phase_kind)random_below(random, PHASE_KIND_COUNT),
            .minutes = (uint16_t)random_below(random, PHASE_MINUTES_MAX + 1),
            .poll = flip(random) ? random_id(random) : 0,
        };
    }
}

void random_paper(struct random *random, struct paper *paper)
{
    struct ballot ballot;
    do {
        random_ballot(random, &ballot);
    } while (ballot.mark_count > PAPER_MARKS_MAX / 4);
    paper->form = ballot.form;
    paper->pile_count = (uint16_t)random_below(random, flip(random) ? 4 : 61);
    for (size_t i = 0; i < paper->pile_count; i++) {
        bool fits = paper->mark_count + ballot.mark_count <= PAPER_MARKS_MAX;
        uint16_t marks = fits && flip(random) ? ballot.mark_count : 0;
        paper->piles[i] = (struct pile){
            .count = (uint16_t)(1 + random_below(random, PAPER_COUNT_MAX)),
            .mark_count = marks};
        memcpy(
            &paper->marks[paper->mark_count], ballot.marks, marks * sizeof *ballot.marks);
        paper->mark_count = (uint16_t)(paper->mark_count + marks);
    }
    if (paper->pile_count == 0) {
        paper->form = (enum ballot_form)0;
    }
}

void random_cast(struct random *random, struct cast *cast)
{
    random_bytes(random, &cast->id, sizeof cast->id);
    random_bytes(random, &cast->slot, sizeof cast->slot);
    random_bytes(random, &cast->nonce, sizeof cast->nonce);
    random_bytes(random, &cast->lock, sizeof cast->lock);
    cast->epoch = (uint32_t)random_next(random);
    cast->counter = (uint32_t)random_next(random) | 1;
    cast->share = (uint16_t)random_below(random, SHARES_MAX + 1);
    random_ballot(random, &cast->ballot);
}

void random_challenge(struct random *random, struct challenge_change *change)
{
    change->given = flip(random);
    change->label = change->given && flip(random) ? random_id(random) : 0;
}

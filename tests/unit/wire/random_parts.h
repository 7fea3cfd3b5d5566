/* What random entries and requests are made of. */
#ifndef TEST_WIRE_RANDOM_PARTS_H
#define TEST_WIRE_RANDOM_PARTS_H

#include "random.h"

bool flip(struct random *random);
/* Mostly small, sometimes huge. */
int64_t random_id(struct random *random);
/* Letters that normalisation leaves alone, markup and quotes among them. */
void random_text(struct random *random, char *ret_text, size_t chars, bool lines);
void random_lang(struct random *random, char *ret_lang);
void random_day(struct random *random, struct day *ret_day);
void random_content(struct random *random, struct content_ref *ret_ref);
void random_change(
    struct random *random, enum picture_kind kind, struct picture_change *change);
/* Lines that go here and there. */
void random_drawing(struct random *random, struct request_drawing *drawing);
void random_spec(struct random *random, struct poll_spec *spec);
void random_code(struct random *random, char *ret_code);
enum reason random_reason(struct random *random);
struct event_settings random_settings(struct random *random);
struct nickname random_nickname(struct random *random);
void random_tags(struct random *random, bool given, struct tag_list *tags);
void random_agenda(struct random *random, struct agenda *agenda);
void random_paper(struct random *random, struct paper *paper);
void random_cast(struct random *random, struct cast *cast);
void random_challenge(struct random *random, struct challenge_change *change);

#endif

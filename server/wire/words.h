/* The names of enums, by number: what field_enum wants. */
#ifndef WIRE_WORDS_H
#define WIRE_WORDS_H

const char *word_entry_kind(int kind);
const char *word_role(int role);
const char *word_desk_role(int role); /* "?" for those that do not sit there */
const char *word_join_mode(int mode);
const char *word_publication(int publication);
const char *word_reason(int reason);
const char *word_label_kind(int kind);
const char *word_phase_kind(int kind);
const char *word_follow_state(int state);
const char *word_support(int support);
const char *word_form(int form);
const char *word_op(int op);
const char *word_photo_type(int type);

#endif

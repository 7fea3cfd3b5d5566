#include "wire/words.h"

#include "domain/access.h"
#include "wire/wire.h"

const char *word_entry_kind(int kind)
{
    return entry_kind_code((enum entry_kind)kind);
}

const char *word_role(int role)
{
    return role_name((enum role)role);
}

const char *word_desk_role(int role)
{
    return role_is_desk((enum role)role) ? role_name((enum role)role) : "?";
}

const char *word_join_mode(int mode)
{
    return join_mode_name((enum join_mode)mode);
}

const char *word_publication(int publication)
{
    return publication_name((enum publication)publication);
}

const char *word_reason(int reason)
{
    return reason_code((enum reason)reason);
}

const char *word_label_kind(int kind)
{
    return label_kind_name((enum label_kind)kind);
}

const char *word_support(int support)
{
    return support_name((enum support)support);
}

const char *word_follow_state(int state)
{
    return follow_state_name((enum follow_state)state);
}

const char *word_phase_kind(int kind)
{
    return phase_kind_name((enum phase_kind)kind);
}

const char *word_form(int form)
{
    return ballot_form_name((enum ballot_form)form);
}

const char *word_photo_type(int type)
{
    return photo_type_name((enum photo_type)type);
}

const char *word_op(int op)
{
    return wire_op_code((enum op)op);
}

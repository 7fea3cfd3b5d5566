#include "domain/entry.h"

#include <assert.h>

static const char *const kind_codes[ENTRY_KIND_COUNT] = {
#define X(name, code) [ENTRY_##name] = (code),
    ENTRY_KINDS(X)
#undef X
};

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_NONE] = "none",           [ROLE_PARTICIPANT] = "participant",
    [ROLE_MODERATOR] = "moderator", [ROLE_STAGE] = "stage",
    [ROLE_OFFICE] = "office",       [ROLE_OWNER] = "owner",
    [ROLE_HELPER] = "helper",       [ROLE_AUDITOR] = "auditor",
};

static const char *const join_mode_names[JOIN_MODE_COUNT] = {
    [JOIN_OPEN] = "open",
    [JOIN_TICKET] = "ticket",
};

static const char *const publication_names[PUBLICATION_COUNT] = {
    [PUBLISH_ORDER] = "order",
    [PUBLISH_STATISTICS] = "statistics",
    [PUBLISH_BALLOTS] = "ballots",
};

static const char *const reason_codes[REASON_COUNT] = {
    [REASON_NONE] = "none",
    [REASON_DUPLICATE] = "duplicate",
    [REASON_OFF_TOPIC] = "off-topic",
    [REASON_OFFENSIVE] = "offensive",
    [REASON_PERSONAL_DATA] = "personal-data",
    [REASON_ASKED_BY_AUTHOR] = "asked-by-author",
    [REASON_MISTAKE] = "mistake",
    [REASON_TECHNICAL] = "technical",
    [REASON_OTHER] = "other",
};

static const char *const label_kind_names[LABEL_KIND_COUNT] = {
    [LABEL_GROUP] = "group",
    [LABEL_TAG] = "tag",
    [LABEL_CHALLENGE] = "challenge",
};

static const char *const support_names[SUPPORT_COUNT] = {
    [SUPPORT_OFF] = "off",
    [SUPPORT_HIDDEN] = "hidden",
    [SUPPORT_SHOWN] = "shown",
};

const char *entry_kind_code(enum entry_kind kind)
{
    assert(kind < ENTRY_KIND_COUNT);
    return kind_codes[kind];
}

const char *role_name(enum role role)
{
    assert(role < ROLE_COUNT);
    return role_names[role];
}

const char *join_mode_name(enum join_mode mode)
{
    assert(mode < JOIN_MODE_COUNT);
    return join_mode_names[mode];
}

const char *publication_name(enum publication publication)
{
    assert(publication < PUBLICATION_COUNT);
    return publication_names[publication];
}

const char *reason_code(enum reason reason)
{
    assert(reason < REASON_COUNT);
    return reason_codes[reason];
}

const char *label_kind_name(enum label_kind kind)
{
    assert(kind < LABEL_KIND_COUNT);
    return label_kind_names[kind];
}

const char *support_name(enum support support)
{
    assert(support < SUPPORT_COUNT);
    return support_names[support];
}

uint16_t spec_points_max(const struct poll_spec *spec)
{
    switch (spec->form) {
    case BALLOT_SCORE:
        return SCORE_MAX;
    case BALLOT_DOTS:
        return spec->dots;
    case BALLOT_RANKING:
    case BALLOT_APPROVAL:
    case BALLOT_YESNO:
    case BALLOT_FORM_COUNT:
        break;
    }
    return 0;
}

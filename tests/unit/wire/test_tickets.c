/* Tickets as the desk is told of them. */
#include "golden.h"
#include "scene.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static const struct uid id = {
    {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
     0xee, 0xff}};

static struct scene *scene;
static struct buf out;

static int64_t apply(struct entry entry)
{
    return scene_apply(scene, &entry).id;
}

static struct entry issue(int64_t count, int64_t group)
{
    return (struct entry){
        .kind = ENTRY_TICKETS_ISSUE,
        .role = ROLE_MODERATOR,
        .actor = 1,
        .as.tickets_issue = {.count = count, .group = group},
    };
}

static struct entry act(enum entry_kind kind, int64_t ticket)
{
    bool desk = kind != ENTRY_TICKET_REDEEM;
    return (struct entry){
        .kind = kind,
        .role = desk ? ROLE_MODERATOR : ROLE_NONE,
        .actor = desk ? 1 : 0,
        .as.ticket.ticket = ticket,
    };
}

/* Three tickets, of which the second was redeemed and replaced; one for a group. */
static void enter(void)
{
    scene = calloc(1, sizeof *scene);
    scene_init(scene);
    buf_init(&out, 1 << 16);
    apply(issue(3, 0));
    apply(act(ENTRY_TICKET_REDEEM, 2));
    apply((struct entry){
        .kind = ENTRY_LABEL_ADD,
        .role = ROLE_MODERATOR,
        .actor = 1,
        .as.label = {.kind = LABEL_GROUP, .name = scene_text(scene, "de", "Jury", NULL)},
    });
    apply(issue(1, 1));
    apply(act(ENTRY_TICKET_REPLACE, 2));
}

static void leave(void)
{
    buf_fini(&out);
    scene_fini(scene);
    free(scene);
}

TestSuite(tickets, .init = enter, .fini = leave);

Test(tickets, are_counted_for_the_desk_batch_by_batch)
{
    static const struct wire_live live = {.online = 55};
    wire_encode_live(&out, &scene->event, VIEW_DESK, &live);
    golden_expect_push("live for the desk with tickets", &out);
}

Test(tickets, are_not_counted_for_everybody)
{
    static const struct wire_live live = {.online = 55};
    wire_encode_live(&out, &scene->event, VIEW_PUBLIC, &live);
    cr_expect_null(strstr((const char *)out.data, "tickets"));
}

Test(tickets, come_with_their_codes_once)
{
    struct wire_issue issued = {
        .first = 25,
        .count = 2,
        .batch = 3,
        .codes = "K7QF2M9X4P\0"
                 "0123456789",
        .code_bytes = 11};
    wire_encode_tickets(&out, &id, 17, &issued);
    golden_expect_push("tickets: two were issued", &out);
    issued.codes = NULL;
    issued.held = true;
    wire_encode_tickets(&out, &id, 17, &issued);
    golden_expect_push("tickets: their codes are gone", &out);
}

Test(tickets, are_looked_up_without_a_name)
{
    wire_encode_ticket(&out, &id, &scene->event, 2);
    golden_expect_push("ticket: redeemed, void and replaced", &out);
    wire_encode_ticket(&out, &id, &scene->event, 5);
    golden_expect_push("ticket: a replacement", &out);
}

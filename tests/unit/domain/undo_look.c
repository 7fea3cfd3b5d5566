#include "undo_look.h"

#define LOOK_BYTES 65536

/* Not when it changed, nor what undoing is to leave behind: how often it was reopened,
 * and with which lot; and a draft's name, which an undone opening changes. */
struct buf look(const struct event *event, struct thing thing)
{
    struct buf out;
    buf_init(&out, LOOK_BYTES);
    if (thing.is == ACT_IDEA) {
        struct idea idea = *event_idea(event, thing.id);
        idea.changed_pos = idea.called_back_pos = 0;
        digest_idea(&out, &idea);
    } else if (thing.is == ACT_POLL) {
        struct poll poll = *event_poll_kept(event, thing.id);
        poll.changed_pos = poll.reopened = poll.undone = poll.called_back_pos = 0;
        poll.commitment = poll.seed = (struct hash){0};
        poll.uid = (struct uid){0};
        poll.ballot_count = poll.mark_count = 0; /* the voters' own, see below */
        poll.lane_seq = poll.voted = 0;
        poll.ballots_version = 0;
        poll.paper = poll.paper_pos = 0; /* its batches', see below */
        poll.batch_count = 0;
        poll.paper_shown = false; /* what was seen stays seen */
        digest_poll(&out, &poll);
    } else if (thing.is == ACT_LABEL) {
        const struct label *label = &event->labels[thing.id - 1];
        DIGEST(&out, label->kind, label->dropped);
        digest_content(&out, &label->name);
    } else if (thing.is == ACT_PAPER) {
        struct paper_batch batch = *event->papers[thing.id - 1];
        batch.changed_pos = 0;
        batch.shown = false; /* likewise */
        digest_batch(&out, &batch);
    } else if (thing.is == ACT_PERSON) {
        const struct participant *person = event_participant(event, thing.id);
        DIGEST(
            &out, person->ban.pos, person->ban.idea, person->ban.by, person->ban.at_ms,
            person->ban_acted_pos);
    } else if (thing.is == ACT_CALL) {
        DIGEST(&out, event->call_open);
    } else if (thing.is == ACT_WIFI) {
        digest_content(&out, &event->wifi.content);
        DIGEST(&out, event->wifi.shown);
    } else if (thing.is == ACT_WORDS) {
        digest_content(&out, &event->words);
    } else {
        DIGEST(
            &out, event->settings.youth, event->settings.nicknames,
            event->settings.support);
    }
    cr_assert_not(buf_failed(&out));
    return out;
}

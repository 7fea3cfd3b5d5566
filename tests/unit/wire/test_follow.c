/* The list of what became of ideas, where it is too long. */
#include "scene.h"

#include "wire/follow_json.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define IDEAS 20

static struct scene *scene;

static void set_up(void)
{
    scene = malloc(sizeof *scene);
    scene_init(scene);
    for (int i = 0; i < IDEAS; i++) {
        struct entry entry = {
            .kind = ENTRY_IDEA_SUBMIT, .role = ROLE_MODERATOR, .actor = 1};
        entry.as.idea_text.content = scene_text(scene, "de", "Garten", "");
        int64_t idea = scene_apply(scene, &entry).id;
        entry =
            (struct entry){.kind = ENTRY_IDEA_FOLLOW, .role = ROLE_MODERATOR, .actor = 1};
        entry.as.idea_follow.idea = idea;
        entry.as.idea_follow.state = FOLLOW_PILOT;
        scene_apply(scene, &entry);
    }
}

static void tear_down(void)
{
    scene_fini(scene);
    free(scene);
}

TestSuite(follow, .init = set_up, .fini = tear_down);

static size_t count_of(const struct buf *out, const char *part)
{
    size_t count = 0;
    const char *at = strstr((const char *)out->data, part);
    for (; at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

Test(follow, the_newest_are_told_where_not_all_fit)
{
    struct buf all;
    buf_init(&all, 1 << 20);
    wire_encode_followups(&all, &scene->event, &scene->texts);
    cr_assert_not(buf_failed(&all));
    cr_expect_eq(count_of(&all, "{\"idea\":"), IDEAS);
    size_t last = 0;
    for (size_t room = all.bytes; room > 400; room -= 7) {
        struct buf out;
        buf_init(&out, room);
        wire_encode_followups(&out, &scene->event, &scene->texts);
        cr_assert_not(buf_failed(&out), "%zu", room);
        size_t count = count_of(&out, "{\"idea\":");
        cr_expect_eq(room == all.bytes, count == IDEAS, "%zu of %zu", room, all.bytes);
        cr_expect(last == 0 || count == last || count + 1 == last);
        cr_expect_eq(count_of(&out, "{\"idea\":\"20\""), 1);
        cr_expect_eq(count_of(&out, "{\"idea\":\"1\""), room == all.bytes ? 1 : 0);
        last = count;
        buf_fini(&out);
    }
    buf_fini(&all);
}

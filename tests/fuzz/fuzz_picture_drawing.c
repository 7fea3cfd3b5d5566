/* Drawings: whatever is taken becomes a picture in which nothing of its sender's stands
 * but path data. */
#include "fuzz.h"

#include "base/bounds.h"
#include "picture/picture.h"

#include <string.h>

/* Behind each ` d="` up to its quote: only what a path is made of. */
static void look_at_paths(const char *svg)
{
    size_t paths = 0;
    for (const char *at = strstr(svg, " d=\""); at != NULL; at = strstr(at, " d=\"")) {
        at += 4;
        size_t bytes = strspn(at, "Mlhvz H-0123456789");
        FUZZ_MUST(at[bytes] == '"');
        paths++;
    }
    FUZZ_MUST(paths >= 2 && paths <= DRAWING_STROKES_MAX + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span drawing = span_of(data, size);
    if (!drawing_valid(drawing)) {
        return 0;
    }
    FUZZ_MUST(size <= DRAWING_BYTES_MAX);
    struct buf svg;
    buf_init(&svg, DRAWING_SVG_BYTES_MAX);
    drawing_write_svg(&svg, drawing);
    FUZZ_MUST(!buf_failed(&svg));
    look_at_paths((const char *)svg.data);
    buf_fini(&svg);
    return 0;
}

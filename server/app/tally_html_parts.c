/* What the sections of the page are made of. */
#include "app/tally_html.h"

#include <inttypes.h>

#define SCALE_MAX (INT64_C(1) << 50)

static const char *entity(uint8_t byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_text(struct buf *out, struct span text)
{
    size_t plain = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        const char *escaped = entity(text.data[i]);
        if (escaped != NULL) {
            tally_put_visible(out, span_of(text.data + plain, i - plain));
            buf_text(out, escaped);
            plain = i + 1;
        }
    }
    tally_put_visible(out, span_of(text.data + plain, text.bytes - plain));
}

void html_name(const struct html *html, size_t option)
{
    buf_text(html->out, "<bdi>");
    html_text(html->out, report_name(html->report, option));
    buf_text(html->out, "</bdi>");
}

void html_names(const struct html *html, const uint16_t *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_text(html->out, i == 0 ? "" : i + 1 < count ? ", " : " and ");
        html_name(html, options[i]);
    }
}

void html_int(const struct html *html, int64_t value)
{
    words_number(html->out, (struct tally_number){.value = value, .unit = 1});
}

void html_section(const struct html *html, const char *id, const char *heading)
{
    buf_printf(
        html->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id,
        heading);
}

void html_end(const struct html *html)
{
    buf_text(html->out, "</section>\n");
}

void html_table(const struct html *html, const char *kind, const char *caption)
{
    buf_printf(
        html->out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">"
        "<table class=\"%s\">\n<caption><span>%s</span></caption>\n",
        kind, caption);
}

void html_table_end(const struct html *html)
{
    buf_text(html->out, "</tbody>\n</table></div>\n");
}

/* value / most in tenths of a percent. */
static int64_t permille(int64_t value, int64_t most)
{
    while (most > SCALE_MAX) { /* 1000 × most stays within 63 bits */
        most /= 2;
        value /= 2;
    }
    int64_t part = most > 0 && value > 0 ? value * 1000 / most : 0;
    return part < 1000 ? part : 1000;
}

static void put_width(struct buf *out, const char *property, int64_t part)
{
    buf_printf(
        out, " style=\"%s:%" PRId64 ".%" PRId64 "%%\"", property, part / 10, part % 10);
}

void html_bar(
    const struct html *html, int64_t value, int64_t gain, int64_t most, int64_t mark)
{
    struct buf *out = html->out;
    int64_t all = permille(value, most);
    int64_t gained = all - permille(value - gain, most);
    buf_text(out, "<span class=\"bar\" aria-hidden=\"true\">");
    if (all > gained) {
        buf_text(out, "<i");
        put_width(out, "width", all - gained);
        buf_text(out, "></i>");
    }
    if (gained > 0) {
        buf_text(out, "<i class=\"gain\"");
        put_width(out, "width", gained);
        buf_text(out, "></i>");
    }
    if (mark > 0) {
        buf_text(out, "<u");
        put_width(out, "left", permille(mark, most));
        buf_text(out, "></u>");
    }
    buf_text(out, "</span>");
}

void html_rest(const struct html *html, size_t shown)
{
    if (shown >= html->count) {
        return;
    }
    buf_text(html->out, "<p class=\"note\">The first ");
    html_int(html, (int64_t)shown);
    buf_text(html->out, " of ");
    html_int(html, (int64_t)html->count);
    buf_text(
        html->out,
        " options in the order of the result; <code>--json</code> tells of all.</p>\n");
}

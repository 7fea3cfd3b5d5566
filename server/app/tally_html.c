#include "app/tally_print.h"

void tally_print_html(struct buf *out, const struct tally_report *report)
{
    (void)report;
    buf_text(out, "");
}

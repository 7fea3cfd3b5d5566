#include "wire/agenda_json.h"

#include "wire/agenda_fields.h"
#include "wire/reply.h"

void agenda_write(struct buf *out, const struct event *event)
{
    if (event->agenda.count == 0) {
        return;
    }
    buf_text(out, ",\"agenda\":");
    field_phases.write(out, NULL, &event->agenda);
    if (event->phase != 0) {
        reply_id(out, "phase", event->phase);
    }
}

void timer_write(struct buf *out, const struct wire_timer *timer)
{
    if (!timer->given) {
        return;
    }
    buf_printf(out, ",\"timer\":{\"left_ms\":%lld", (long long)timer->left_ms);
    reply_bool(out, "running", timer->running);
    if (timer->asks) {
        reply_bool(out, "asks", true);
    }
    buf_char(out, '}');
}

/* The operator's log: one line an event on stderr, "level: text". Only `net` and `app`
 * log. Never ballots, codes, tokens, texts or raw bytes: foreign bytes are escaped. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Lines above `level` are dropped. */
void log_set_level(enum log_level level);

void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

/* What SQLite takes on this disk: rows a second, committed a thousand at a time with WAL
 * and synchronous=FULL, in a table that does nothing else. */
#ifndef BENCH_SQLITE_LIMIT_H
#define BENCH_SQLITE_LIMIT_H

double sqlite_rows_per_s(const char *folder);

#endif

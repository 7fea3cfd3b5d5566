/* What a running server says of itself under /metrics. */
#ifndef BENCH_METRIC_H
#define BENCH_METRIC_H

/* The value of "stimmwerk_NAME". Ends the program if there is none. */
double metric_read(const char *url, const char *name);

#endif

/* The program, as a library: main.c only calls it. */
#ifndef APP_APP_H
#define APP_APP_H

/* Runs `stimmwerk ARGS`. Returns the exit code: 0 done, 1 could not, 2 wrong usage,
 * EXIT_STORE_FAILED the store failed while serving. */
int app_main(int argc, char **argv);

#endif

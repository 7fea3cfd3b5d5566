/* Which backend the conformance tests run against. */
#ifndef TESTS_STORE_BACKEND_H
#define TESTS_STORE_BACKEND_H

#include "store/store.h"

/* The url of a place where nothing is yet. */
void backend_new(char *ret_url, size_t bytes);
/* What opening it needs beside the url. */
void backend_set_options(const char *url, struct store_options *options);
/* Removes all of it. */
void backend_remove(const char *url);

#endif

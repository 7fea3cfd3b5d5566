#include "backend.h"

#include "store/memory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#define PLACES 16

static struct memory *places[PLACES];

/* "memory:INDEX" */
static size_t index_of(const char *url)
{
    return (size_t)strtoul(url + strlen("memory:"), NULL, 10);
}

void backend_new(char *ret_url, size_t bytes)
{
    size_t i = 0;
    while (i < PLACES && places[i] != NULL) {
        i++;
    }
    cr_assert_lt(i, PLACES);
    places[i] = memory_new();
    cr_assert_not_null(places[i]);
    snprintf(ret_url, bytes, "memory:%zu", i);
}

void backend_set_options(const char *url, struct store_options *options)
{
    options->memory = places[index_of(url)];
}

void backend_remove(const char *url)
{
    memory_free(places[index_of(url)]);
    places[index_of(url)] = NULL;
}

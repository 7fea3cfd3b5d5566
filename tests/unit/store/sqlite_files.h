/* Looking at a store's files from outside. SQLite only. */
#ifndef TESTS_STORE_SQLITE_FILES_H
#define TESTS_STORE_SQLITE_FILES_H

#include "hall.h"

#include <stdbool.h>

#define FILES_PATH_BYTES 600

struct file_image {
    bool exists;
    size_t bytes;
    uint8_t *data; /* owned */
};

/* The file and what SQLite keeps beside it. */
struct files_image {
    struct file_image files[4]; /* "", "-wal", "-journal", "-shm" */
};

const char *files_path(const struct hall *hall);
struct file_image file_read(const char *path);
void file_write(const char *path, const void *data, size_t bytes);
void file_image_fini(struct file_image *image);
bool file_contains(const struct file_image *image, const void *needle, size_t bytes);

struct files_image files_read(const struct hall *hall);
void files_image_fini(struct files_image *image);
/* True if all files are as in the image. */
bool files_unchanged(const struct hall *hall, const struct files_image *image);
/* Puts the files back as in the image. */
void files_restore(const struct hall *hall, const struct files_image *image);

#endif

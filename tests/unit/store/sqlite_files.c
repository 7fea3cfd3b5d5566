#include "sqlite_files.h"

#include <sys/stat.h>
#include <unistd.h>

static const char *const suffixes[] = {"", "-wal", "-journal", "-shm"};

const char *files_path(const struct hall *hall)
{
    return hall->url + strlen("sqlite:");
}

struct file_image file_read(const char *path)
{
    struct file_image image = {.exists = false};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return image;
    }
    struct stat info;
    cr_assert_eq(fstat(fileno(file), &info), 0);
    image.exists = true;
    image.bytes = (size_t)info.st_size;
    image.data = malloc(image.bytes + 1);
    cr_assert_not_null(image.data);
    cr_assert_eq(fread(image.data, 1, image.bytes, file), image.bytes);
    fclose(file);
    return image;
}

void file_write(const char *path, const void *data, size_t bytes)
{
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(data, 1, bytes, file), bytes);
    cr_assert_eq(fclose(file), 0);
}

void file_image_fini(struct file_image *image)
{
    free(image->data);
    *image = (struct file_image){.exists = false};
}

bool file_contains(const struct file_image *image, const void *needle, size_t bytes)
{
    for (size_t i = 0; i + bytes <= image->bytes; i++) {
        if (memcmp(image->data + i, needle, bytes) == 0) {
            return true;
        }
    }
    return false;
}

static void path_of(const struct hall *hall, size_t i, char ret_path[FILES_PATH_BYTES])
{
    snprintf(ret_path, FILES_PATH_BYTES, "%s%s", files_path(hall), suffixes[i]);
}

struct files_image files_read(const struct hall *hall)
{
    struct files_image image;
    for (size_t i = 0; i < 4; i++) {
        char path[FILES_PATH_BYTES];
        path_of(hall, i, path);
        image.files[i] = file_read(path);
    }
    return image;
}

void files_image_fini(struct files_image *image)
{
    for (size_t i = 0; i < 4; i++) {
        file_image_fini(&image->files[i]);
    }
}

static bool same(const struct file_image *a, const struct file_image *b)
{
    return a->exists == b->exists && a->bytes == b->bytes &&
           (a->bytes == 0 || memcmp(a->data, b->data, a->bytes) == 0);
}

bool files_unchanged(const struct hall *hall, const struct files_image *image)
{
    struct files_image now = files_read(hall);
    bool unchanged = true;
    for (size_t i = 0; i < 4; i++) {
        unchanged = unchanged && same(&now.files[i], &image->files[i]);
    }
    files_image_fini(&now);
    return unchanged;
}

void files_restore(const struct hall *hall, const struct files_image *image)
{
    for (size_t i = 0; i < 4; i++) {
        char path[FILES_PATH_BYTES];
        path_of(hall, i, path);
        if (image->files[i].exists) {
            file_write(path, image->files[i].data, image->files[i].bytes);
        } else {
            unlink(path);
        }
    }
}

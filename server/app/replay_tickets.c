/* The tickets that `stimmwerk event tickets` wrote, or any list of codes. */
#include "app/replay.h"

#include "app/replay_file.h"
#include "base/bounds.h"
#include "base/vec.h"

#include <errno.h>
#include <stdlib.h>

/* Cuts the cell at `*at` off its line; *at moves behind it, NULL after the last. */
static char *take_cell(char **at)
{
    char *cell = *at;
    size_t bytes = strcspn(cell, ",;");
    *at = cell[bytes] != '\0' ? cell + bytes + 1 : NULL;
    cell[bytes] = '\0';
    return cell;
}

/* Cuts the line at `*at` off the text, without its end. */
static char *take_line(char **at)
{
    char *line = *at;
    size_t bytes = strcspn(line, "\r\n");
    char *rest = line + bytes;
    rest += strspn(rest, "\r\n");
    *at = rest;
    line[bytes] = '\0';
    return line;
}

/* The column that a header calls `code`; false if this line is no header. */
static bool find_column(char *header, size_t *ret_column)
{
    size_t column = 0;
    char *at = header;
    while (at != NULL) {
        if (strcmp(take_cell(&at), "code") == 0) {
            *ret_column = column;
            return true;
        }
        column++;
    }
    return false;
}

static enum err add_code(struct ticket_list *list, char *line, size_t column)
{
    char *at = line;
    char *cell = take_cell(&at);
    for (size_t i = 0; i < column && at != NULL; i++) {
        cell = take_cell(&at);
    }
    if (cell[0] == '\0') {
        return ERR_OK;
    }
    void *items = list->codes;
    enum err err = vec_reserve(
        &items, &list->capacity, list->count + 1, sizeof *list->codes, TICKETS_MAX);
    list->codes = items;
    if (err == ERR_OK) {
        list->codes[list->count++] = cell;
    }
    return err;
}

enum err ticket_list_read(const char *who, const char *path, struct ticket_list *ret_list)
{
    static const char bom[] = "\xef\xbb\xbf";
    struct ticket_list list = {0};
    size_t bytes = 0;
    size_t column = 0;
    enum err err = replay_read_file(path, &list.text, &bytes);
    if (err != ERR_OK) {
        fprintf(stderr, "%s: %s can't be read: %s\n", who, path, strerror(errno));
        return err;
    }
    char *at = list.text + (strncmp(list.text, bom, 3) == 0 ? 3 : 0);
    bool has_header = strcspn(at, ",;") < strcspn(at, "\r\n");
    if (has_header && !find_column(take_line(&at), &column)) {
        fprintf(stderr, "%s: %s has no column \"code\"\n", who, path);
        err = ERR_BAD_VALUE;
    }
    while (err == ERR_OK && *at != '\0') {
        err = add_code(&list, take_line(&at), column);
    }
    if (err != ERR_OK) {
        ticket_list_fini(&list);
        return err;
    }
    *ret_list = list;
    return ERR_OK;
}

void ticket_list_fini(struct ticket_list *list)
{
    free(list->codes);
    free(list->text);
    *list = (struct ticket_list){0};
}

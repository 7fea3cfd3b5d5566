#include "store/backup.h"

#include "base/bounds.h"
#include "base/fd.h"
#include "sql_embedded.h"
#include "store/inspect.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes the empty file, which must not have been there: ours alone to read. */
static bool make_part(struct backup *backup)
{
    size_t bytes = strlen(backup->request->path) + sizeof ".part";
    backup->part_path = malloc(bytes);
    if (backup->part_path == NULL) {
        return false;
    }
    snprintf(backup->part_path, bytes, "%s.part", backup->request->path);
    (void)unlink(backup->part_path); /* left by a backup that was cut short */
    int fd = open(backup->part_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return false;
    }
    close(fd);
    return true;
}

/* A copy must not take the room that the store itself needs: it may lie on its disk. */
static bool has_room(const struct backup *backup, const struct database *database)
{
    struct stat info;
    int64_t bytes = stat(database->path, &info) == 0 ? info.st_size : 0;
    return inspect_space(backup->request->path, bytes + STORE_BACKUP_ROOM_BYTES) !=
           ERR_NO_SPACE;
}

static bool start_copy(struct backup *backup, struct database *database)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (!make_part(backup) ||
        sqlite3_open_v2(backup->part_path, &backup->target, flags, NULL) != SQLITE_OK ||
        sqlite3_exec(backup->target, sql_pragmas_backup, NULL, NULL, NULL) != SQLITE_OK) {
        return false;
    }
    backup->copy = sqlite3_backup_init(backup->target, "main", database->handle, "main");
    return backup->copy != NULL;
}

void backup_begin(
    struct backup *backup, struct database *database, struct request *request)
{
    *backup = (struct backup){.request = request};
    if (!has_room(backup, database)) {
        request->status = STORE_NO_ROOM;
    } else if (!start_copy(backup, database)) {
        request->status = STORE_CLOSED;
    }
}

static bool sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool synced = fd >= 0 && fd_sync(fd) == ERR_OK;
    if (fd >= 0) {
        close(fd);
    }
    return synced;
}

/* Releases what SQLite holds; false if the copy's last writes failed. */
static bool disconnect(struct backup *backup)
{
    bool complete = sqlite3_backup_finish(backup->copy) == SQLITE_OK;
    complete = sqlite3_close(backup->target) == SQLITE_OK && complete;
    backup->copy = NULL;
    backup->target = NULL;
    return complete;
}

/* The finished file gets its name only when every byte of it is on the disk. */
static bool publish(struct backup *backup)
{
    const char *path = backup->request->path;
    struct stat info;
    return disconnect(backup) && sync_file(backup->part_path) && stat(path, &info) != 0 &&
           rename(backup->part_path, path) == 0 && fd_sync_parent(path) == ERR_OK;
}

static struct request *end(struct backup *backup, enum store_status status)
{
    struct request *request = backup->request;
    request->status = status;
    request->seq = 0;
    if (status != STORE_STORED && backup->part_path != NULL) {
        (void)disconnect(backup);
        (void)unlink(backup->part_path);
    }
    free(backup->part_path);
    *backup = (struct backup){.request = NULL};
    return request;
}

struct request *backup_step(struct backup *backup)
{
    if (backup->copy == NULL) {
        bool full = backup->request->status == STORE_NO_ROOM;
        return end(backup, full ? STORE_NO_ROOM : STORE_CLOSED);
    }
    int status = sqlite3_backup_step(backup->copy, STORE_BACKUP_PAGES);
    if (status == SQLITE_OK) {
        return NULL;
    }
    bool complete = status == SQLITE_DONE && publish(backup);
    return end(backup, complete ? STORE_STORED : STORE_CLOSED);
}

void backup_abandon(struct backup *backup)
{
    if (backup->request != NULL) {
        request_free(end(backup, STORE_CLOSED));
    }
}

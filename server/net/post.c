#include "net/post.h"

#include "net/internal.h"

static const struct post {
    const char *path;
    size_t bytes_max;
    const char *const types[3]; /* of its body */
    bool admitted;              /* asked for before its body is kept */
    bool upload;                /* large: few at a time, each with much time */
} posts[] = {
    {"/join", POST_BYTES_MAX, {"application/json"}, false, false},
    {"/login", POST_BYTES_MAX, {"application/json"}, false, false},
    {"/office/login", POST_BYTES_MAX, {"application/json"}, false, false},
    {"/office/ask", CONTROL_BYTES_MAX, {"application/json"}, true, false},
    {"/office/leave", POST_BYTES_MAX, {"application/json"}, false, false},
    {"/leave", POST_BYTES_MAX, {"application/json"}, false, false},
    {"/media", PHOTO_BYTES_MAX, {"image/jpeg", "image/webp"}, true, true},
};

static const struct post *find(const char *path)
{
    for (size_t i = 0; i < sizeof posts / sizeof *posts; i++) {
        if (strcmp(posts[i].path, path) == 0) {
            return &posts[i];
        }
    }
    return NULL;
}

static bool takes(const struct post *post, const char *type)
{
    bool takes = false;
    for (size_t i = 0; post->types[i] != NULL; i++) {
        takes = takes || strcmp(post->types[i], type) == 0;
    }
    return takes;
}

/* A form of another site can send none of our types, and names its Origin. */
int post_check(const struct request *request)
{
    const struct post *post = find(request->path);
    if (post == NULL) {
        return 405;
    }
    if (!request_is_same_origin(request, false)) {
        return 403;
    }
    if (request->content_bytes < 0) {
        return 411;
    }
    if ((uint64_t)request->content_bytes > post->bytes_max) {
        return 413;
    }
    if (request->content_bytes == 0) {
        return 400;
    }
    return takes(post, request->content_type) ? 0 : 415;
}

size_t post_bytes_max(const struct request *request)
{
    const struct post *post = find(request->path);
    return post != NULL ? post->bytes_max : 0;
}

bool post_is_admitted(const struct request *request)
{
    const struct post *post = find(request->path);
    return post != NULL && post->admitted;
}

bool post_is_upload(const struct request *request)
{
    const struct post *post = find(request->path);
    return post != NULL && post->upload;
}

/* ---- large bodies on their way ---- */

static struct upload *of_session(const struct net *net, const char *session)
{
    struct upload *upload = net->uploads;
    while (upload != NULL && strcmp(upload->session, session) != 0) {
        upload = upload->next;
    }
    return upload;
}

bool post_join(struct conn *conn, const char *session, struct upload *upload)
{
    struct net *net = conn->net;
    struct upload *older = of_session(net, session);
    if (older != NULL) {
        conn_cut(older->conn);
        post_leave(older);
    }
    if (net->upload_count >= PHOTOS_ARRIVING_MAX) {
        return false;
    }
    *upload = (struct upload){.conn = conn, .session = session, .next = net->uploads};
    if (net->uploads != NULL) {
        net->uploads->prev = upload;
    }
    net->uploads = upload;
    net->upload_count++;
    return true;
}

void post_leave(struct upload *upload)
{
    if (upload->conn == NULL) {
        return;
    }
    struct net *net = upload->conn->net;
    if (upload->prev != NULL) {
        upload->prev->next = upload->next;
    } else {
        net->uploads = upload->next;
    }
    if (upload->next != NULL) {
        upload->next->prev = upload->prev;
    }
    net->upload_count--;
    *upload = (struct upload){0};
}

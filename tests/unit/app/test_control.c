/* The control socket: a server answers commands, and commands do without one. */
#include "app/control.h"

#include "hall_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static struct hall_fixture fixture;

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    fixture_fini(&fixture);
}

TestSuite(control, .init = set_up, .fini = tear_down);

/* A command in a thread of its own, while the server's loop runs here. */
struct command {
    uv_thread_t thread;
    uv_async_t wake; /* keeps the loop turning at the end */
    const char *url;
    struct span request;
    enum err err;
    char *answer;
    bool done;
};

static void run_command(void *ctx)
{
    struct command *command = ctx;
    command->err = control_ask(command->url, false, command->request, &command->answer);
    uv_async_send(&command->wake);
}

static void on_wake(uv_async_t *wake)
{
    struct command *command = wake->data;
    command->done = true;
}

static void command_run(struct command *command, const char *request, size_t bytes)
{
    *command = (struct command){
        .url = fixture.url, .request = span_of(request, bytes), .err = ERR_INTERNAL};
    command->wake.data = command;
    cr_assert_eq(uv_async_init(&fixture.loop, &command->wake, on_wake), 0);
    cr_assert_eq(uv_thread_create(&command->thread, run_command, command), 0);
    fixture_wait(&fixture, &command->done);
    uv_thread_join(&command->thread);
    uv_close((uv_handle_t *)&command->wake, NULL);
    uv_run(&fixture.loop, UV_RUN_NOWAIT); /* the handle lies on the stack */
}

static struct control *open_control(void)
{
    struct control *control = NULL;
    cr_assert_eq(
        control_open(fixture.hall, &fixture.loop, fixture.url, &control), ERR_OK);
    return control;
}

static void socket_path(char *ret_path, size_t bytes)
{
    snprintf(ret_path, bytes, "%s/hall.db.sock", fixture.folder);
}

#define LIST "{\"do\":\"event.list\"}"

Test(control, server_answers_while_it_has_the_store)
{
    struct control *control = open_control();
    fixture_event(&fixture, JOIN_OPEN);
    struct command command;
    command_run(&command, LIST, strlen(LIST));
    cr_assert_eq(command.err, ERR_OK);
    cr_assert_not_null(strstr(command.answer, "\"id\":1"), "%s", command.answer);
    free(command.answer);
    control_close(control);
}

Test(control, socket_is_the_owners_alone_and_goes_with_the_server)
{
    char path[160];
    struct stat status;
    socket_path(path, sizeof path);
    struct control *control = open_control();
    cr_assert_eq(stat(path, &status), 0);
    cr_assert(S_ISSOCK(status.st_mode));
    cr_assert_eq(status.st_mode & 0777, 0600);
    control_close(control);
    cr_assert_neq(stat(path, &status), 0);
}

Test(control, request_that_never_ends_is_cut)
{
    struct control *control = open_control();
    size_t bytes = (size_t)CONTROL_BYTES_MAX * 2;
    char *endless = malloc(bytes);
    memset(endless, ' ', bytes);
    struct command command;
    command_run(&command, endless, bytes);
    cr_assert_eq(command.err, ERR_IO);
    free(endless);
    command_run(&command, LIST, strlen(LIST));
    cr_assert_eq(command.err, ERR_OK, "the next one is served");
    free(command.answer);
    control_close(control);
}

Test(control, closing_cuts_who_has_not_asked_yet)
{
    char path[160];
    socket_path(path, sizeof path);
    struct control *control = open_control();
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, path, strlen(path) + 1);
    cr_assert_eq(connect(fd, (const struct sockaddr *)&at, sizeof at), 0);
    struct command command;
    command_run(&command, LIST, strlen(LIST)); /* so the first one is accepted */
    free(command.answer);
    control_close(control);
    uv_run(&fixture.loop, UV_RUN_NOWAIT);
    char byte = 0;
    cr_assert_leq(recv(fd, &byte, 1, 0), 0);
    close(fd);
}

static void close_hall(void)
{
    hall_close(fixture.hall);
    fixture.hall = NULL;
}

Test(control, command_opens_the_store_itself_without_a_server)
{
    fixture_event(&fixture, JOIN_OPEN);
    close_hall();
    char *answer = NULL;
    cr_assert_eq(control_ask(fixture.url, false, span_of_string(LIST), &answer), ERR_OK);
    cr_assert_not_null(strstr(answer, "\"id\":1"));
    free(answer);
}

Test(control, dead_servers_socket_is_no_obstacle)
{
    char path[160];
    socket_path(path, sizeof path);
    close_hall();
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, path, strlen(path) + 1);
    cr_assert_eq(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
    close(fd);
    char *answer = NULL;
    cr_assert_eq(control_ask(fixture.url, false, span_of_string(LIST), &answer), ERR_OK);
    free(answer);
    fixture_reopen(&fixture);
    struct control *control = open_control();
    struct command command;
    command_run(&command, LIST, strlen(LIST));
    cr_assert_eq(command.err, ERR_OK);
    free(command.answer);
    control_close(control);
}

Test(control, says_so_when_the_store_is_in_use_and_nobody_answers)
{
    char *answer = NULL;
    cr_assert_eq(
        control_ask(fixture.url, false, span_of_string(LIST), &answer), ERR_LOCKED);
    cr_assert_null(answer);
}

Test(control, says_so_when_there_is_no_store)
{
    char url[160];
    char *answer = NULL;
    snprintf(url, sizeof url, "sqlite:%s/other.db", fixture.folder);
    cr_assert_eq(control_ask(url, false, span_of_string(LIST), &answer), ERR_NOT_FOUND);
    cr_assert_eq(
        control_ask("sqlite:/no/such/folder/a.db", true, span_of_string(LIST), &answer),
        ERR_NOT_FOUND);
    cr_assert_eq(
        control_ask("postgres://x", false, span_of_string(LIST), &answer), ERR_BAD_VALUE);
    cr_assert_eq(control_ask(url, true, span_of_string(LIST), &answer), ERR_OK);
    free(answer);
}

#include "office_kit.h"

#include "app/office.h"

#include <criterion/criterion.h>

struct hall_fixture fixture;
struct asked asked;

static void on_answer(void *ctx, struct span answer)
{
    (void)ctx;
    asked.answer = cJSON_ParseWithLength((const char *)answer.data, answer.bytes);
    asked.done = true;
}

const cJSON *ask(const char *request)
{
    cJSON_Delete(asked.answer);
    asked = (struct asked){.done = false};
    office_handle(fixture.hall, span_of_string(request), on_answer, NULL);
    fixture_wait(&fixture, &asked.done);
    cr_assert(cJSON_IsObject(asked.answer));
    return asked.answer;
}

const char *text(const char *key)
{
    const char *value =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(asked.answer, key));
    return value != NULL ? value : "";
}

int number(const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(asked.answer, key);
    return cJSON_IsNumber(value) ? value->valueint : -1;
}

bool is_ok(void)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(asked.answer, "ok")) != 0;
}

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    cJSON_Delete(asked.answer);
    asked.answer = NULL;
    fixture_fini(&fixture);
}

TestSuite(office, .init = set_up, .fini = tear_down);

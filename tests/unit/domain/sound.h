/* What must hold in every state of an event, whatever happened to it. */
#ifndef TESTS_DOMAIN_SOUND_H
#define TESTS_DOMAIN_SOUND_H

#include "domain/fold.h"

void expect_sound(const struct event *event);

#endif

/* What the demonstration's people propose: data. */
#ifndef APP_DEMO_IDEAS_H
#define APP_DEMO_IDEAS_H

#include <stddef.h>

enum demo_theme {
    THEME_GREEN,
    THEME_PLAY,
    THEME_MOVE,
    THEME_CULTURE,
    THEME_CARE,
    THEME_EVERYDAY,
    THEME_COUNT
};

struct demo_idea {
    const char *lang;
    enum demo_theme theme;
    int appeal; /* 0 … 5: what all blocs find in it */
    const char *title;
    const char *text;
};

#define DEMO_IDEAS 40

/* These two say the same; the desk merges the second into the first. */
#define DEMO_TWIN       1
#define DEMO_TWIN_LATER 14

extern const struct demo_idea demo_ideas[DEMO_IDEAS];

#endif

/* The version of the library that runs: what its header said when it was built. */
#include "stimmwerk/tally/base.h"

#define QUOTED(word)                #word
#define DOTTED(major, minor, patch) QUOTED(major) "." QUOTED(minor) "." QUOTED(patch)

const char *tally_version(void)
{
    return DOTTED(TALLY_VERSION_MAJOR, TALLY_VERSION_MINOR, TALLY_VERSION_PATCH);
}

#define _GNU_SOURCE /* memfd_create */
/* A config file of `serve`: read, refused with a line, never worse. */
#include "fuzz.h"

#include "app/options.h"
#include "app/serve_options.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int fd = memfd_create("config", MFD_CLOEXEC);
    FUZZ_MUST(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    char serve[] = "serve";
    char config[] = "--config";
    char *argv[] = {serve, config, path, NULL};
    struct serve_options options;
    int code = serve_options_parse(3, argv, &options);
    FUZZ_MUST(code == OPTIONS_GO || code == 2 || code == 0);
    FUZZ_MUST(code != OPTIONS_GO || (options.store != NULL && options.listen != NULL));
    serve_options_fini(&options);
    (void)close(fd);
    return 0;
}

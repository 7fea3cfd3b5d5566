/* The options of `stimmwerk serve`: their table and what must hold between them. */
#include "app/serve_options.h"

#include "app/links.h"
#include "app/options.h"
#include "app/passphrase.h"
#include "base/bounds.h"

#include <arpa/inet.h>

#define FIELD(name) offsetof(struct serve_options, name)

static const struct option_row ROWS[] = {
    {.name = "store",
     .kind = OPTION_TEXT,
     .offset = FIELD(store),
     .value = "URL",
     .required = true,
     .help = "where the events lie: sqlite:PATH; keys lie beside it in PATH.keys"},
    {.name = "create",
     .kind = OPTION_FLAG,
     .offset = FIELD(create),
     .help = "makes the store if there is none"},
    {.name = "listen",
     .kind = OPTION_TEXT,
     .offset = FIELD(listen),
     .value = "ADDR:PORT",
     .fallback = "127.0.0.1:8080",
     .help = "where to listen; [::]:8080 is every address. Addresses other than loopback "
             "need operator.name and operator.contact, or --demo"},
    {.name = "tls-cert",
     .kind = OPTION_TEXT,
     .offset = FIELD(tls_cert),
     .value = "FILE",
     .help =
         "certificate chain, PEM; with --tls-key the server speaks TLS 1.2 and 1.3 only"},
    {.name = "tls-key",
     .kind = OPTION_TEXT,
     .offset = FIELD(tls_key),
     .value = "FILE",
     .help = "its private key, PEM"},
    {.name = "web",
     .kind = OPTION_TEXT,
     .offset = FIELD(web),
     .value = "DIR",
     .help = "the built pages (web/dist); without it none are served"},
    {.name = "base-url",
     .kind = OPTION_TEXT,
     .offset = FIELD(base_url),
     .value = "URL",
     .help = "how phones reach the server, for links: https://hall.example"},
    {.name = "desk-on-lan",
     .kind = OPTION_FLAG,
     .offset = FIELD(desk_on_lan),
     .help = "allows the desk over plain http also from other machines: everybody in the "
             "network can listen in"},
    {.name = "demo",
     .kind = OPTION_FLAG,
     .offset = FIELD(demo),
     .help = "a demonstration: may listen everywhere without an operator, and says so"},
    {.name = "operator.name",
     .kind = OPTION_TEXT,
     .offset = FIELD(operator_name),
     .value = "TEXT",
     .help = "who runs this server; shown to everybody"},
    {.name = "operator.contact",
     .kind = OPTION_TEXT,
     .offset = FIELD(operator_contact),
     .value = "TEXT",
     .help = "how to reach them"},
    {.name = "operator.imprint",
     .kind = OPTION_TEXT,
     .offset = FIELD(operator_imprint),
     .value = "TEXT",
     .help = "the imprint, or a link to it"},
    {.name = "operator.privacy",
     .kind = OPTION_TEXT,
     .offset = FIELD(operator_privacy),
     .value = "TEXT",
     .help = "the privacy notice, or a link to it"},
    {.name = "operator.delete-after-days",
     .kind = OPTION_INT,
     .offset = FIELD(operator_delete_after_days),
     .value = "DAYS",
     .fallback = "30",
     .min = 1,
     .max = 3650,
     .help = "the deletion period that is announced"},
    {.name = "backup",
     .kind = OPTION_TEXT,
     .offset = FIELD(backup),
     .value = "DIR",
     .help = "keeps a copy of the store in this folder, on another disk: "
             "stimmwerk-TAG.backup. Bring it back with `stimmwerk restore`"},
    {.name = "backup-every",
     .kind = OPTION_INT,
     .offset = FIELD(backup_every_s),
     .value = "SECONDS",
     .fallback = "60",
     .min = BACKUP_EVERY_S_MIN,
     .max = BACKUP_EVERY_S_MAX,
     .help = "how old the copy may get while something is stored"},
    {.name = "backup-passphrase-file",
     .kind = OPTION_TEXT,
     .offset = FIELD(backup_passphrase_file),
     .value = "FILE",
     .help = "the copy is encrypted under the first line of this file, and holds the "
             "keys too; without them open polls can't go on after a restore"},
    {.name = "log-level",
     .kind = OPTION_CHOICE,
     .offset = FIELD(log_level),
     .value = "error|warn|info|debug",
     .fallback = "info",
     .help = "what goes to stderr"},
    {.name = "config",
     .kind = OPTION_TEXT,
     .offset = FIELD(config),
     .value = "FILE",
     .help = "reads options from a file of `name = value` lines; the command line wins"},
    {.name = "check-config",
     .kind = OPTION_ACTION,
     .offset = FIELD(check_config),
     .help = "checks options and config file, and ends"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk serve",
    .summary =
        "Opens a store, replays its log and serves its events to phones, desks and "
        "walls until SIGINT or SIGTERM.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .notes =
        "Exit code: 0 stopped, 1 could not start, 2 wrong usage, 75 the store failed\n"
        "(disk full or broken): nothing that was acknowledged is lost.",
};

#undef FIELD

/* Splits at the last colon; ret_host gets the address without brackets. */
static bool
split(const char *listen, char *ret_host, size_t host_bytes, const char **ret_port)
{
    const char *colon = strrchr(listen, ':');
    if (colon == NULL) {
        return false;
    }
    size_t bytes = (size_t)(colon - listen);
    bool brackets = bytes >= 2 && listen[0] == '[' && listen[bytes - 1] == ']';
    const char *host = brackets ? listen + 1 : listen;
    bytes -= brackets ? 2 : 0;
    if (bytes >= host_bytes || (!brackets && memchr(host, ':', bytes) != NULL)) {
        return false;
    }
    memcpy(ret_host, host, bytes);
    ret_host[bytes] = '\0';
    *ret_port = colon + 1;
    return true;
}

static bool is_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= 5 && text[digits] == '\0' &&
           strtol(text, NULL, 10) <= UINT16_MAX;
}

bool serve_listen_parse(const char *listen, bool *ret_loopback)
{
    char host[INET6_ADDRSTRLEN];
    const char *port = NULL;
    if (!split(listen, host, sizeof host, &port) || !is_port(port)) {
        return false;
    }
    struct in_addr v4;
    if (listen[0] != '[' && inet_pton(AF_INET, host, &v4) == 1) {
        *ret_loopback = (ntohl(v4.s_addr) >> 24) == 127;
        return true;
    }
    struct in6_addr v6;
    if (listen[0] == '[' && inet_pton(AF_INET6, host, &v6) == 1) {
        *ret_loopback = IN6_IS_ADDR_LOOPBACK(&v6) != 0;
        return true;
    }
    return false;
}

static int check_listen(const struct serve_options *options)
{
    bool loopback = false;
    if (!serve_listen_parse(options->listen, &loopback)) {
        return options_refuse(
            &TABLE, "listen is ADDR:PORT with a numeric address, not \"%s\"",
            options->listen);
    }
    bool known = options->operator_name != NULL && options->operator_contact != NULL;
    if (!loopback && !known && !options->demo) {
        return options_refuse(
            &TABLE,
            "listening on %s needs operator.name and operator.contact: people must be "
            "able "
            "to see who runs this; without them only loopback, or --demo",
            options->listen);
    }
    return OPTIONS_GO;
}

static int check_base_url(const char *url)
{
    if (url != NULL && !link_base_valid(url)) {
        return options_refuse(&TABLE, LINK_BASE_RULE, url);
    }
    return OPTIONS_GO;
}

static int check_backup(const struct serve_options *options)
{
    if (options->backup_passphrase_file != NULL && options->backup == NULL) {
        return options_refuse(&TABLE, "backup-passphrase-file needs backup");
    }
    struct passphrase passphrase;
    int code =
        options->check_config
            ? passphrase_need(TABLE.command, options->backup_passphrase_file, &passphrase)
            : 0;
    passphrase_wipe(&passphrase);
    return code == 0 ? OPTIONS_GO : code;
}

static int check(const struct serve_options *options)
{
    if ((options->tls_cert == NULL) != (options->tls_key == NULL)) {
        return options_refuse(&TABLE, "tls-cert and tls-key belong together");
    }
    int code = check_listen(options);
    if (code == OPTIONS_GO) {
        code = check_base_url(options->base_url);
    }
    if (code == OPTIONS_GO) {
        code = check_backup(options);
    }
    if (code == OPTIONS_GO && options->check_config) {
        puts("configuration is fine");
        return 0;
    }
    return code;
}

int serve_options_parse(int argc, char **argv, struct serve_options *ret_options)
{
    *ret_options = (struct serve_options){.store = NULL};
    int code = options_parse(&TABLE, argc, argv, ret_options, &ret_options->file_text);
    return code == OPTIONS_GO ? check(ret_options) : code;
}

void serve_options_fini(struct serve_options *options)
{
    free(options->file_text);
    *options = (struct serve_options){.store = NULL};
}

/* What `stimmwerk serve` is told, from the command line and a config file. */
#ifndef APP_SERVE_OPTIONS_H
#define APP_SERVE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct serve_options {
    const char *store;    /* "sqlite:PATH"; the file must exist unless `create` */
    const char *listen;   /* ADDR:PORT, checked: numeric address, port 0 … 65535 */
    const char *tls_cert; /* both or none */
    const char *tls_key;
    const char *web;      /* NULL: serves no pages */
    const char *base_url; /* "http://host:8080" without a slash at the end, or NULL */
    const char *config;
    bool check_config; /* handled by serve_options_parse */
    bool create;       /* make the store if there is none */
    bool desk_on_lan;  /* the desk over plain http also from other machines */
    bool demo;
    const char *backup; /* a folder; NULL: none are made */
    int64_t backup_every_s;
    const char *backup_passphrase_file; /* checked; NULL: plain copies */
    int64_t log_level;                  /* enum log_level */
    const char *operator_name; /* name and contact are both set, or we listen on loopback
                                  only, or it is a demo */
    const char *operator_contact;
    const char *operator_imprint; /* a text or a link, NULL: none */
    const char *operator_privacy;
    int64_t operator_delete_after_days;
    char *file_text; /* owned: what the texts above may point into */
};

/* Returns OPTIONS_GO (-1) with *ret_options filled, or the exit code: 0 after --help and
 * --check-config, 2 after one line on stderr. Free with serve_options_fini in any case.
 */
int serve_options_parse(int argc, char **argv, struct serve_options *ret_options);
void serve_options_fini(struct serve_options *options);

/* Is ADDR:PORT a numeric address and port at all, and is the address a loopback one? */
bool serve_listen_parse(const char *listen, bool *ret_loopback);

#endif

/* The certificate, its key, and what an SSL_CTX of ours allows. OpenSSL only: the
 * certificate is handed to each handshake by a callback, so that another one (of another
 * kind, even) can take its place while connections live. */
#ifndef NET_TLS_H
#define NET_TLS_H

#include "base/err.h"

#include <openssl/ssl.h>

struct tls;

/* Reads a PEM chain and its key; the names are copied. ERR_NOT_FOUND (unreadable),
 * ERR_BAD_VALUE (no PEM, or the key is another one's), ERR_NOMEM. */
MUST_CHECK enum err
tls_new(const char *cert_file, const char *key_file, struct tls **ret_tls);
void tls_free(struct tls *tls); /* NULL is fine */

/* Reads the same files again; on error the old certificate stays. */
MUST_CHECK enum err tls_reload(struct tls *tls);

/* TLS 1.2 and 1.3, our ciphers, tickets, and `tls` as the source of certificates; it must
 * outlive `context`. */
MUST_CHECK enum err tls_prepare(struct tls *tls, SSL_CTX *context);

/* An SSL_CTX for a client that we never are; borrowed. */
SSL_CTX *tls_client_context(const struct tls *tls);

#endif

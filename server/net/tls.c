#include "net/tls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

/* Forward secrecy and authenticated encryption only; TLS 1.3 knows nothing else. */
#define TLS12_CIPHERS "ECDHE+AESGCM:ECDHE+CHACHA20"
/* What every browser offers first, and cheap: a handshake over the large finite fields
 * that OpenSSL takes too costs us a hundred times as much, and the other end nothing. */
#define TLS_GROUPS "X25519:P-256:P-384"
#define CHAIN_MAX  10 /* intermediate certificates */

struct credentials {
    X509 *leaf;
    EVP_PKEY *key;
    STACK_OF(X509) * chain;
};

struct tls {
    char *cert_file;
    char *key_file;
    struct credentials credentials;
    SSL_CTX *client_context;
};

static void credentials_fini(struct credentials *credentials)
{
    X509_free(credentials->leaf);
    EVP_PKEY_free(credentials->key);
    sk_X509_pop_free(credentials->chain, X509_free);
    *credentials = (struct credentials){0};
}

static enum err open_pem(const char *file, BIO **ret_bio)
{
    BIO *bio = BIO_new_file(file, "r");
    ERR_clear_error();
    if (bio == NULL) {
        return ERR_NOT_FOUND;
    }
    *ret_bio = bio;
    return ERR_OK;
}

static enum err read_chain(const char *file, struct credentials *credentials)
{
    BIO *bio = NULL;
    enum err err = open_pem(file, &bio);
    if (err != ERR_OK) {
        return err;
    }
    credentials->leaf = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    credentials->chain = sk_X509_new_null();
    X509 *link = NULL;
    while (credentials->chain != NULL && sk_X509_num(credentials->chain) < CHAIN_MAX &&
           (link = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
        if (sk_X509_push(credentials->chain, link) == 0) {
            X509_free(link);
            break;
        }
    }
    ERR_clear_error();
    BIO_free(bio);
    return credentials->leaf != NULL && credentials->chain != NULL ? ERR_OK
                                                                   : ERR_BAD_VALUE;
}

static enum err read_key(const char *file, struct credentials *credentials)
{
    BIO *bio = NULL;
    enum err err = open_pem(file, &bio);
    if (err != ERR_OK) {
        return err;
    }
    credentials->key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    ERR_clear_error();
    BIO_free(bio);
    return credentials->key != NULL ? ERR_OK : ERR_BAD_VALUE;
}

static enum err
read_credentials(const struct tls *tls, struct credentials *ret_credentials)
{
    struct credentials credentials = {0};
    enum err err = read_chain(tls->cert_file, &credentials);
    if (err == ERR_OK) {
        err = read_key(tls->key_file, &credentials);
    }
    if (err == ERR_OK && X509_check_private_key(credentials.leaf, credentials.key) != 1) {
        ERR_clear_error();
        err = ERR_BAD_VALUE;
    }
    if (err != ERR_OK) {
        credentials_fini(&credentials);
        return err;
    }
    *ret_credentials = credentials;
    return ERR_OK;
}

enum err tls_new(const char *cert_file, const char *key_file, struct tls **ret_tls)
{
    struct tls *tls = calloc(1, sizeof *tls);
    if (tls == NULL) {
        return ERR_NOMEM;
    }
    tls->cert_file = strdup(cert_file);
    tls->key_file = strdup(key_file);
    tls->client_context = SSL_CTX_new(TLS_client_method());
    enum err err =
        tls->cert_file != NULL && tls->key_file != NULL && tls->client_context != NULL
            ? read_credentials(tls, &tls->credentials)
            : ERR_NOMEM;
    if (err != ERR_OK) {
        tls_free(tls);
        return err;
    }
    *ret_tls = tls;
    return ERR_OK;
}

void tls_free(struct tls *tls)
{
    if (tls == NULL) {
        return;
    }
    credentials_fini(&tls->credentials);
    SSL_CTX_free(tls->client_context);
    free(tls->cert_file);
    free(tls->key_file);
    free(tls);
}

enum err tls_reload(struct tls *tls)
{
    struct credentials fresh;
    enum err err = read_credentials(tls, &fresh);
    if (err != ERR_OK) {
        return err;
    }
    credentials_fini(&tls->credentials);
    tls->credentials = fresh;
    return ERR_OK;
}

/* OpenSSL asks at each handshake. */
static int on_certificate_wanted(SSL *ssl, void *ctx)
{
    const struct credentials *credentials = &((struct tls *)ctx)->credentials;
    SSL_certs_clear(ssl);
    return SSL_use_cert_and_key(
        ssl, credentials->leaf, credentials->key, credentials->chain, 1);
}

SSL_CTX *tls_client_context(const struct tls *tls)
{
    return tls->client_context;
}

enum err tls_prepare(struct tls *tls, SSL_CTX *context)
{
    static const unsigned char session_context[] = "stimmwerk";
    char groups[] = TLS_GROUPS; /* OpenSSL's macro drops const */
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context, TLS12_CIPHERS) != 1 ||
        SSL_CTX_set1_groups_list(context, groups) != 1 ||
        SSL_CTX_set_session_id_context(
            context, session_context, sizeof session_context - 1) != 1) {
        ERR_clear_error();
        return ERR_INTERNAL;
    }
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    /* Tickets carry a session; a cache of them would only grow. */
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_cert_cb(context, on_certificate_wanted, tls);
    return ERR_OK;
}

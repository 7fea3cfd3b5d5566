#include "child.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>

static void sign(X509 *cert, EVP_PKEY *key)
{
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -3600);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    X509_sign(cert, key, EVP_sha256());
}

void serve_use_tls(struct serve *serve)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    sign(cert, key);
    snprintf(serve->cert, sizeof serve->cert, "%s/cert.pem", serve->folder);
    snprintf(serve->key, sizeof serve->key, "%s/key.pem", serve->folder);
    FILE *cert_file = fopen(serve->cert, "w");
    FILE *key_file = fopen(serve->key, "w");
    if (cert_file == NULL || key_file == NULL || PEM_write_X509(cert_file, cert) != 1 ||
        PEM_write_PrivateKey(key_file, key, NULL, NULL, 0, NULL, NULL) != 1) {
        die("no certificate");
    }
    fclose(cert_file);
    fclose(key_file);
    X509_free(cert);
    EVP_PKEY_free(key);
    serve->more[0] = "--tls-cert";
    serve->more[1] = serve->cert;
    serve->more[2] = "--tls-key";
    serve->more[3] = serve->key;
}

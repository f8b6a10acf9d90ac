// SHA-256 by OpenSSL's libcrypto, which is opened at the first digest; by GLib, opened then, where
// libcrypto is not there or gives none (docs/decisions/0127).
#include "CDigest.h"

#include <dlfcn.h>
#include <glib.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __APPLE__
static const char crypto_name[] = "libcrypto.3.dylib";
static const char glib_name[] = "libglib-2.0.0.dylib";
#else
static const char crypto_name[] = "libcrypto.so.3";
static const char glib_name[] = "libglib-2.0.so.0";
#endif

// The functions of libcrypto that we use, by their own names (OpenSSL 3.0, EVP_DigestInit).
#define CRYPTO_FUNCTIONS(X) \
  X(EVP_MD_CTX_new) X(EVP_MD_CTX_free) X(EVP_sha256) X(EVP_DigestInit_ex) X(EVP_DigestUpdate) \
  X(EVP_DigestFinal_ex)
// Those of GLib (GLib 2.16, Data Checksums).
#define GLIB_FUNCTIONS(X) \
  X(g_checksum_new) X(g_checksum_free) X(g_checksum_update) X(g_checksum_get_digest)

#define DECLARE(name) static __typeof__(&name) p_##name;
CRYPTO_FUNCTIONS(DECLARE)
GLIB_FUNCTIONS(DECLARE)

static int has_crypto;
static int has_glib;

#define FIND(name) \
  p_##name = (__typeof__(&name))dlsym(library, #name); \
  if (!p_##name) return;

static void load_crypto(void) {
  void *library = dlopen(crypto_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  CRYPTO_FUNCTIONS(FIND)
  has_crypto = 1;
}

static void load_glib(void) {
  void *library = dlopen(glib_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  GLIB_FUNCTIONS(FIND)
  has_glib = 1;
}

struct cdigest_sha256 {
  /// NULL where GLib computes.
  EVP_MD_CTX *evp;
  GChecksum *glib;
};

/// A digest that libcrypto has begun; NULL where there is none.
static EVP_MD_CTX *new_context(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_crypto);
  EVP_MD_CTX *context = has_crypto ? p_EVP_MD_CTX_new() : NULL;
  if (!context || p_EVP_DigestInit_ex(context, p_EVP_sha256(), NULL) == 1) return context;
  p_EVP_MD_CTX_free(context);
  return NULL;
}

/// A digest that GLib has begun; NULL where there is no GLib.
static GChecksum *new_checksum(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_glib);
  return has_glib ? p_g_checksum_new(G_CHECKSUM_SHA256) : NULL;
}

cdigest_sha256 *cdigest_sha256_new(cdigest_library library) {
  cdigest_sha256 *sha = calloc(1, sizeof *sha);
  if (!sha) abort();
  if (library == cdigest_fastest) sha->evp = new_context();
  if (!sha->evp) sha->glib = new_checksum();
  if (sha->evp || sha->glib) return sha;
  // As the loader ends a program that misses a library: no installation is without both.
  fputs("iris: neither libcrypto (libssl3) nor GLib (libglib2.0-0) can be loaded; install one\n", stderr);
  abort();
}

void cdigest_sha256_free(cdigest_sha256 *sha) {
  if (sha->evp) p_EVP_MD_CTX_free(sha->evp);
  if (sha->glib) p_g_checksum_free(sha->glib);
  free(sha);
}

void cdigest_sha256_update(cdigest_sha256 *sha, const void *bytes, size_t count) {
  if (sha->evp) {
    // Fails for a digest alone that was not begun.
    p_EVP_DigestUpdate(sha->evp, bytes, count);
  } else if (count > 0) {
    p_g_checksum_update(sha->glib, bytes, (gssize)count);
  }
}

void cdigest_sha256_finish(cdigest_sha256 *sha, uint8_t *digest) {
  if (sha->evp) {
    p_EVP_DigestFinal_ex(sha->evp, digest, NULL);
  } else {
    gsize length = 32;
    p_g_checksum_get_digest(sha->glib, digest, &length);
  }
}

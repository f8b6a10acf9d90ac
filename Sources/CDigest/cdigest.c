// SHA-256 by OpenSSL's libcrypto, which is opened at the first digest; by GLib where libcrypto is
// not there or gives none (docs/decisions/0127).
#include "CDigest.h"

#include <dlfcn.h>
#include <glib.h>
#include <openssl/evp.h>
#include <pthread.h>

#ifdef __APPLE__
static const char library_name[] = "libcrypto.3.dylib";
#else
static const char library_name[] = "libcrypto.so.3";
#endif

// The functions of libcrypto that we use, by their own names (OpenSSL 3.0, EVP_DigestInit).
#define FUNCTIONS(X) \
  X(EVP_MD_CTX_new) X(EVP_MD_CTX_free) X(EVP_sha256) X(EVP_DigestInit_ex) X(EVP_DigestUpdate) \
  X(EVP_DigestFinal_ex)

#define DECLARE(name) static __typeof__(&name) p_##name;
FUNCTIONS(DECLARE)

static int is_loaded;

static void load(void) {
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(name) \
  p_##name = (__typeof__(&name))dlsym(library, #name); \
  if (!p_##name) return;
  FUNCTIONS(FIND)
  is_loaded = 1;
}

struct cdigest_sha256 {
  /// NULL where GLib computes.
  EVP_MD_CTX *evp;
  GChecksum *glib;
};

/// A digest that libcrypto has begun; NULL where there is none.
static EVP_MD_CTX *new_context(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  EVP_MD_CTX *context = is_loaded ? p_EVP_MD_CTX_new() : NULL;
  if (!context || p_EVP_DigestInit_ex(context, p_EVP_sha256(), NULL) == 1) return context;
  p_EVP_MD_CTX_free(context);
  return NULL;
}

cdigest_sha256 *cdigest_sha256_new(cdigest_library library) {
  cdigest_sha256 *sha = g_new0(cdigest_sha256, 1);
  if (library == cdigest_fastest) sha->evp = new_context();
  if (!sha->evp) sha->glib = g_checksum_new(G_CHECKSUM_SHA256);
  return sha;
}

void cdigest_sha256_free(cdigest_sha256 *sha) {
  if (sha->evp) p_EVP_MD_CTX_free(sha->evp);
  if (sha->glib) g_checksum_free(sha->glib);
  g_free(sha);
}

void cdigest_sha256_update(cdigest_sha256 *sha, const void *bytes, size_t count) {
  if (sha->evp) {
    // Fails for a digest alone that was not begun.
    p_EVP_DigestUpdate(sha->evp, bytes, count);
  } else if (count > 0) {
    g_checksum_update(sha->glib, bytes, (gssize)count);
  }
}

void cdigest_sha256_finish(cdigest_sha256 *sha, uint8_t *digest) {
  if (sha->evp) {
    p_EVP_DigestFinal_ex(sha->evp, digest, NULL);
  } else {
    gsize length = 32;
    g_checksum_get_digest(sha->glib, digest, &length);
  }
}

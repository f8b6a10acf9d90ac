#ifndef CDIGEST_H
#define CDIGEST_H

#include <stddef.h>
#include <stdint.h>

/// A SHA-256 (FIPS 180-4 §6.2) over bytes that come in pieces.
typedef struct cdigest_sha256 cdigest_sha256;

/// Who computes.
typedef enum cdigest_library {
  /// OpenSSL where it is there, else GLib.
  cdigest_fastest,
  cdigest_glib,
} cdigest_library;

/// A digest of no bytes yet, to be freed; never NULL. Ends the program where neither library can be
/// loaded.
cdigest_sha256 *cdigest_sha256_new(cdigest_library library);
void cdigest_sha256_free(cdigest_sha256 *sha);
void cdigest_sha256_update(cdigest_sha256 *sha, const void *bytes, size_t count);
/// Writes the 32 bytes of the digest; after it the digest can only be freed.
void cdigest_sha256_finish(cdigest_sha256 *sha, uint8_t *digest);

#endif

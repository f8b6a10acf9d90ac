#ifndef CHASH_H
#define CHASH_H

#include <stddef.h>
#include <stdint.h>

/// The state of a SHA-256 (FIPS 180-4 §6.2) over bytes that come in pieces.
typedef struct chash_sha256 {
  uint32_t state[8];
  uint64_t count;
  uint8_t block[64];
} chash_sha256;

void chash_sha256_start(chash_sha256 *sha);
void chash_sha256_update(chash_sha256 *sha, const void *bytes, size_t count);
/// Writes the 32 bytes of the digest; the state is used up.
void chash_sha256_finish(chash_sha256 *sha, uint8_t *digest);

#endif

// The bits of a lossless WebP, from the lowest on, out of one chunk of a file.

#ifndef CODEC_VP8L_BITS_H
#define CODEC_VP8L_BITS_H

#include <string.h>

#include "stream.h"

typedef struct vp8l_bits {
  /// The next bits; above `count` of them lie bits that come again.
  uint64_t value;
  /// As wide as `value`, so that no pixel that is written could be it.
  uint64_t count;
  /// How many zeros were given out for what lacks.
  uint64_t lacking;
  const uint8_t *next;
  const uint8_t *end;
  /// Of the chunk, behind `end`.
  size_t left;
  codec_status status;
  codec_stream *stream;
} vp8l_bits;

/// Begins where the stream is, at a chunk of `count` bytes.
void codec_vp8l_open_bits(vp8l_bits *bits, codec_stream *stream, size_t count);
/// Fills up near the end of what is buffered; zeros stand for what lacks.
void codec_vp8l_refill_slowly(vp8l_bits *bits);

/// Whether more was taken than is there, or reading failed, which `status` tells then.
static inline bool codec_vp8l_is_over(vp8l_bits *bits) {
  if (bits->status == CODEC_OK && bits->lacking > bits->count) bits->status = CODEC_TRUNCATED;
  return bits->status != CODEC_OK;
}

/// Sees to it that 56 bits are there.
static inline void codec_vp8l_refill(vp8l_bits *bits) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (bits->end - bits->next >= 8) {
    uint64_t bytes;
    memcpy(&bytes, bits->next, sizeof bytes);
    bits->value |= bytes << bits->count;
    bits->next += (63 - bits->count) >> 3;
    bits->count |= 56;
    return;
  }
#endif
  // By way of a copy, so that the bits themselves can lie in registers.
  vp8l_bits copy = *bits;
  codec_vp8l_refill_slowly(&copy);
  *bits = copy;
}

/// Takes up to 32 of the bits that are there.
static inline uint32_t codec_vp8l_take(vp8l_bits *bits, uint32_t count) {
  uint32_t taken = (uint32_t)(bits->value & (((uint64_t)1 << count) - 1));
  bits->value >>= count;
  bits->count -= count;
  return taken;
}

/// Reads up to 32 bits.
static inline uint32_t codec_vp8l_read(vp8l_bits *bits, uint32_t count) {
  codec_vp8l_refill(bits);
  return codec_vp8l_take(bits, count);
}

#endif

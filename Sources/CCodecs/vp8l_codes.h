// The prefix codes of a lossless WebP (RFC 9649 §3.7.2): which bits stand for which symbol.

#ifndef CODEC_VP8L_CODES_H
#define CODEC_VP8L_CODES_H

#include "vp8l_bits.h"

/// What bits stand for: a symbol and its length, or, where they are longer than the first table's
/// index, how many more there are and where the table for these begins.
typedef struct vp8l_entry {
  uint16_t value;
  uint8_t length;
  /// Of the further index; 0 where `value` is a symbol.
  uint8_t more;
} vp8l_entry;

/// Of the first table's index, at most, in bits.
enum { VP8L_ROOT = 8 };

typedef struct vp8l_code {
  vp8l_entry *entries;
  /// Of the first table's index.
  uint32_t mask;
} vp8l_code;

enum { VP8L_GREEN, VP8L_RED, VP8L_BLUE, VP8L_ALPHA, VP8L_DISTANCE, VP8L_CODES };

/// The codes of an area.
typedef struct vp8l_group {
  vp8l_code codes[VP8L_CODES];
} vp8l_group;

/// Reads a code for symbols below `symbol_count`, which is to be freed.
codec_status codec_vp8l_read_code(vp8l_bits *bits, uint32_t symbol_count, vp8l_code *code);

/// The next symbol; up to 15 bits have to be there.
static inline uint32_t codec_vp8l_symbol(vp8l_bits *bits, const vp8l_code *code) {
  const vp8l_entry *entry = code->entries + (bits->value & code->mask);
  if (entry->more > 0) {
    uint32_t index = (uint32_t)(bits->value >> VP8L_ROOT) & ((1U << entry->more) - 1);
    entry = code->entries + entry->value + index;
  }
  bits->value >>= entry->length;
  bits->count -= entry->length;
  return entry->value;
}

#endif

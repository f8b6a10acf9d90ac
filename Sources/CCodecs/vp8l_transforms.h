// What an encoder did to the pixels of a lossless WebP, undone a row at a time (RFC 9649 §3.4).

#ifndef CODEC_VP8L_TRANSFORMS_H
#define CODEC_VP8L_TRANSFORMS_H

#include "CCodecs.h"

typedef enum vp8l_kind {
  VP8L_PREDICTOR,
  VP8L_CROSS_COLOR,
  VP8L_SUBTRACT_GREEN,
  VP8L_INDEXING,
} vp8l_kind;

typedef struct vp8l_transform {
  vp8l_kind kind;
  /// How many bits a block's side has, or by how many an index's place is less than a pixel's.
  uint32_t bits;
  /// Of the rows that come out.
  uint32_t width;
  /// A pixel for each block, or the table of colours, which has 256 entries; to be freed.
  uint32_t *pixels;
  /// The row before, with room for one pixel more, where that matters; to be freed.
  uint32_t *above;
} vp8l_transform;

/// How many blocks, or pixels of several indexes, cover a length.
static inline uint32_t codec_vp8l_blocks(uint32_t length, uint32_t bits) {
  return (length + (1U << bits) - 1) >> bits;
}

/// Undoes a transform of row `y` in place; rows come from top to bottom.
void codec_vp8l_undo(vp8l_transform *transform, uint32_t *row, uint32_t y);

#endif

// Lossless WebP, a row at a time, in a window of a million pixels (docs/decisions/0350).

#ifndef CODEC_VP8L_H
#define CODEC_VP8L_H

#include "CCodecs.h"

/// Decodes the chunk VP8L of `count` bytes at an offset of the input; 3 channels, or 4.
codec_status codec_decode_vp8l(
    const codec_input *input, size_t offset, size_t count, const codec_canvas *canvas);

#endif

// Area averaging, one source row at a time.
//
// Each target pixel is the mean of the source area that it covers, with the parts of the pixels at
// its edges counted as parts: exact in integers, so the result does not depend on the machine. The
// mean is taken of the encoded (gamma) values, as the resizers do whose pictures vision models were
// trained on. Colours are weighted by their alpha, so that what is invisible lends no colour.

#ifndef CODEC_REDUCER_H
#define CODEC_REDUCER_H

#include "CCodecs.h"

typedef struct codec_reducer {
  const codec_canvas *canvas;
  /// The size of what comes in, which may be smaller than the canvas's source (a scaled decode).
  uint32_t source_width;
  uint32_t source_height;
  /// Whether a fourth channel is an ink like the others, and no alpha.
  bool has_inks;
  /// How many source rows have come.
  uint32_t row;
  /// With alpha: the current source row, reduced in width, and the target row under way.
  uint32_t *narrowed;
  uint64_t *sums;
  /// Without: the source rows of the target row under way, and those of them that count whole, of
  /// which there are `whole_count`.
  uint32_t *tall;
  uint16_t *whole;
  uint32_t whole_count;
} codec_reducer;

/// Fails where the source is smaller than the canvas, or memory lacks.
codec_status codec_reducer_open(
    codec_reducer *reducer, const codec_canvas *canvas, uint32_t source_width,
    uint32_t source_height);
/// Takes the next row of `source_width` pixels of the canvas's channels; rows too many are ignored.
void codec_reducer_take(codec_reducer *reducer, const uint8_t *row);
void codec_reducer_close(codec_reducer *reducer);

#endif

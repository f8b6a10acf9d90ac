// Samples on their way from a decoder to the reducer, a row at a time.

#ifndef CODEC_SAMPLES_H
#define CODEC_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

/// Undoes colours of RGBA pixels that were stored multiplied by their alpha.
void codec_unmultiply(uint8_t *row, uint32_t width);
/// Turns CMYK pixels, stored inverted, into RGB in place, as if inks were ideal.
void codec_convert_inks(uint8_t *row, uint32_t width);
/// Rounds samples of 16 bits, in the machine's order, to 8 in place.
void codec_shorten(uint8_t *row, size_t count);

#endif

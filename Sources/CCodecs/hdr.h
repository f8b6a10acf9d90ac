// PQ and HLG (Recommendation ITU-R BT.2100) to 8 bits of sRGB.
//
// Diffuse white, 203 cd/m² (BT.2408 §2), becomes white; what is brighter is clipped to it.

#ifndef CODEC_HDR_H
#define CODEC_HDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct codec_hdr codec_hdr;

/// `primaries` is a code point of ITU-T H.273; `channels` is 1, 3, or 4 with alpha. NULL where there is
/// no memory.
codec_hdr *codec_hdr_make(bool is_hlg, uint8_t primaries, uint32_t channels);
/// Converts `count` pixels of 16 bits a channel.
void codec_hdr_convert(const codec_hdr *hdr, const uint16_t *input, uint8_t *output, size_t count);
void codec_hdr_free(codec_hdr *hdr);

#endif

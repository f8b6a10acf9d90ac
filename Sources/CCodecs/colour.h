// Colours into sRGB: what a file says of its own, and the conversion of its samples.
//
// Profiles go through Little CMS with the perceptual intent and no other option, which is what
// Pillow's ImageCms and lcms's own tools do unless told otherwise. HDR has its own arithmetic (hdr.h).

#ifndef CODEC_COLOUR_H
#define CODEC_COLOUR_H

#include "CCodecs.h"
#include "hdr.h"

/// What a file says of its colours; the first of these that is there counts.
typedef struct codec_profile {
  /// Code points of ITU-T H.273 (PNG's cICP, nclx): primaries and transfer; 0 where there are none.
  uint8_t primaries;
  uint8_t transfer;
  /// An ICC profile, or null.
  const uint8_t *icc;
  size_t icc_count;
  /// PNG's gAMA: 1 ÷ exponent; 0 where there is none.
  double gamma;
  /// PNG's cHRM: x and y of white, red, green and blue; white's x is 0 where there is none.
  double chromaticities[8];
} codec_profile;

typedef enum codec_samples { CODEC_GREY, CODEC_RGB, CODEC_INKS } codec_samples;

typedef struct codec_colour {
  /// A transform of Little CMS, or null.
  void *transform;
  /// Or the arithmetic of HDR, or null.
  codec_hdr *hdr;
  uint32_t channels;
} codec_colour;

/// Whether the samples are those of PQ or HLG, which need more than 8 bits.
bool codec_profile_is_hdr(const codec_profile *profile);

/// Prepares the conversion of `channels` channels a pixel (a fourth of `CODEC_RGB` is alpha). Samples
/// have 8 bits, of HDR 16 in the machine's order; inks are stored inverted, as in JPEG.
///
/// Does nothing, and is not active, where the colours are sRGB, or where they are told by what Little
/// CMS does not read, or where it is not installed: browsers show such a picture as sRGB too.
void codec_colour_open(
    codec_colour *colour, const codec_profile *profile, codec_samples samples, uint32_t channels);
bool codec_colour_is_active(const codec_colour *colour);
/// Converts `count` pixels to 8 bits of sRGB (of inks 3 channels, else as many as came in); `output`
/// may be `input`.
void codec_colour_convert(
    const codec_colour *colour, const void *input, uint8_t *output, size_t count);
void codec_colour_close(codec_colour *colour);

#endif

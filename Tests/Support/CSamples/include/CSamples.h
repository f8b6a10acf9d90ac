// Encoders of pictures that the program reads but never writes.

#ifndef CSAMPLES_H
#define CSAMPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Bytes to be freed with free(3); null where encoding failed.
typedef struct sample_bytes {
  uint8_t *bytes;
  size_t count;
} sample_bytes;

/// How a JPEG is written.
typedef struct sample_jpeg {
  /// 1 grey, 3 RGB, 4 CMYK (255 is full ink).
  int channels;
  /// Marked as Adobe's programs do; as YCCK where `is_ycck` says so.
  bool has_adobe_marker;
  /// Whether inks are stored inverted.
  bool is_inverted;
  bool is_ycck;
  bool is_progressive;
  bool is_arithmetic;
} sample_jpeg;

sample_bytes sample_encode_jpeg(
    const uint8_t *pixels, uint32_t width, uint32_t height, sample_jpeg options);
/// How a HEIC or an AVIF is written.
typedef struct sample_heif {
  bool is_avif;
  /// That of EXIF, 1 to 8, written as the format's own turning and mirroring.
  int orientation;
  /// An ICC profile, where there is one.
  const uint8_t *profile;
  size_t profile_count;
  /// Code points of ITU-T H.273, or 0.
  int primaries;
  int transfer;
  bool is_premultiplied;
} sample_heif;

/// HEIC of RGB pixels, or AVIF; `channels` 4 adds an alpha plane.
sample_bytes sample_encode_heif(
    const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
    sample_heif options);

#endif

// The picture codecs behind one narrow door: pixels out of a file or out of memory, fitted while
// they are read, and pixels into a buffer of encoded bytes.
//
// Every decoder reads its input from the start to its end marker, so that a cut or damaged file is
// told; it asks `is_cancelled` before each 64 KiB of input. Nothing here is shared between calls:
// any thread may call anything. `setjmp` stays within this C shim.

#ifndef CCODECS_H
#define CCODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum codec_status {
  CODEC_OK = 0,
  /// The input breaks the rules of its format.
  CODEC_DAMAGED,
  /// The input ends before its picture does.
  CODEC_TRUNCATED,
  /// The input is well formed, but is not what its header promised, or uses what no decoder reads.
  CODEC_UNSUPPORTED,
  CODEC_CANCELLED,
  CODEC_NO_MEMORY,
  /// Reading the descriptor failed.
  CODEC_UNREADABLE,
  /// The library that decodes the format, or its part for this codec, is not installed.
  CODEC_NO_DECODER,
} codec_status;

/// Where encoded bytes come from: `descriptor`, read with pread(2), or `bytes` where it is negative.
typedef struct codec_input {
  int descriptor;
  const uint8_t *bytes;
  size_t count;
  /// May be null.
  bool (*is_cancelled)(void *context);
  void *context;
} codec_input;

/// Where a decoder writes: rows from top to bottom, without padding, as stored (not turned upright).
///
/// `channels` is 1 (grey), 3 (RGB) or 4 (RGBA, not premultiplied). `width` and `height` are at most
/// the source's, which must be what the file's own header says.
typedef struct codec_canvas {
  uint32_t source_width;
  uint32_t source_height;
  uint32_t width;
  uint32_t height;
  uint32_t channels;
  uint8_t *pixels;
} codec_canvas;

codec_status codec_decode_jpeg(const codec_input *input, const codec_canvas *canvas);
codec_status codec_decode_png(const codec_input *input, const codec_canvas *canvas);
/// A still picture, or the first frame of an animated one.
codec_status codec_decode_webp(const codec_input *input, const codec_canvas *canvas);
/// The first frame.
codec_status codec_decode_gif(const codec_input *input, const codec_canvas *canvas);
/// HEIC and AVIF; upright, since the format's own rotation is part of its decoding.
codec_status codec_decode_heif(const codec_input *input, const codec_canvas *canvas);

/// TIFF: the first picture of the file; grey, 3 channels, or 4.
codec_status codec_decode_tiff(const codec_input *input, const codec_canvas *canvas);
/// SVG, drawn on white at the size of the canvas; 3 channels.
codec_status codec_decode_svg(const codec_input *input, const codec_canvas *canvas);
/// JPEG XL: upright, and of an animation the first frame; 3 channels, or 4.
codec_status codec_decode_jxl(const codec_input *input, const codec_canvas *canvas);

/// Windows bitmap; 3 channels, or 4.
codec_status codec_decode_bmp(const codec_input *input, const codec_canvas *canvas);
/// Netpbm's formats; as many channels as they have.
codec_status codec_decode_pnm(const codec_input *input, const codec_canvas *canvas);
codec_status codec_decode_qoi(const codec_input *input, const codec_canvas *canvas);
/// Truevision TGA; grey where the file is.
codec_status codec_decode_tga(const codec_input *input, const codec_canvas *canvas);

/// Fits decoded rows of the canvas's channels, `source_width` × `source_height` pixels of them.
codec_status codec_reduce(const uint8_t *pixels, const codec_canvas *canvas);

/// Pixels to encode, laid out as in `codec_canvas`.
typedef struct codec_pixels {
  uint32_t width;
  uint32_t height;
  uint32_t channels;
  const uint8_t *bytes;
} codec_pixels;

/// Encoded bytes, to be given back with `codec_output_free`.
typedef struct codec_output {
  uint8_t *bytes;
  size_t count;
} codec_output;

/// Baseline JPEG of grey or RGB pixels; `quality` is 1 to 100, `full_chroma` is 4:4:4 for 4:2:0.
codec_status codec_encode_jpeg(
    const codec_pixels *pixels, int quality, bool full_chroma, codec_output *output);
codec_status codec_encode_png(const codec_pixels *pixels, codec_output *output);
/// WebP of RGB or RGBA pixels; `quality` is 1 to 100, or 0 for lossless.
codec_status codec_encode_webp(const codec_pixels *pixels, int quality, codec_output *output);
void codec_output_free(codec_output *output);

#include "CDecoder.h"

#endif

// WebP: lossy pictures are scaled by libwebp itself and fed piece by piece, lossless ones have a decoder
// of their own, which needs a twentieth of the memory.

#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>

#include "colour.h"
#include "stream.h"
#include "vp8l.h"

enum { PIECE = 256 * 1024, MAXIMUM_PROFILE = 8 * 1024 * 1024, MAXIMUM_CHUNKS = 256 };

static codec_status status_of(VP8StatusCode code) {
  switch (code) {
    case VP8_STATUS_OK: return CODEC_OK;
    case VP8_STATUS_SUSPENDED: return CODEC_TRUNCATED;
    case VP8_STATUS_NOT_ENOUGH_DATA: return CODEC_TRUNCATED;
    case VP8_STATUS_OUT_OF_MEMORY: return CODEC_NO_MEMORY;
    case VP8_STATUS_UNSUPPORTED_FEATURE: return CODEC_UNSUPPORTED;
    default: return CODEC_DAMAGED;
  }
}

/// Sends the decoder's output, scaled, into `pixels`.
static bool aim(
    WebPDecoderConfig *config, const codec_canvas *canvas, uint32_t width, uint32_t height,
    uint8_t *pixels, size_t stride) {
  if (!WebPInitDecoderConfig(config)) return false;
  config->options.use_scaling = width != canvas->source_width || height != canvas->source_height;
  config->options.scaled_width = (int)width;
  config->options.scaled_height = (int)height;
  config->output.colorspace = canvas->channels == 4 ? MODE_RGBA : MODE_RGB;
  config->output.is_external_memory = 1;
  config->output.u.RGBA.rgba = pixels;
  config->output.u.RGBA.stride = (int)stride;
  config->output.u.RGBA.size = stride * height;
  return true;
}

/// Decodes while the file is read: `WebPIAppend` would copy all that came before for each piece.
static codec_status feed(WebPIDecoder *decoder, const codec_input *input) {
  uint8_t *bytes = malloc(input->count);
  if (!bytes) return CODEC_NO_MEMORY;
  size_t count = 0, got = 0;
  VP8StatusCode code = VP8_STATUS_SUSPENDED;
  codec_status status = CODEC_OK;
  while (code == VP8_STATUS_SUSPENDED && status == CODEC_OK) {
    status = codec_input_copy(input, count, bytes + count, PIECE, &got);
    if (status != CODEC_OK || got == 0) break;
    count += got;
    code = WebPIUpdate(decoder, bytes, count);
  }
  free(bytes);
  return status == CODEC_OK ? status_of(code) : status;
}

/// Finds the pixels of a lossless picture; false where they are of another kind.
static bool find_lossless(const codec_input *input, size_t *offset, size_t *count) {
  uint8_t header[8];
  size_t got = 0;
  *offset = 12;
  for (int chunk = 0; chunk < MAXIMUM_CHUNKS; chunk++) {
    codec_status status = codec_input_copy(input, *offset, header, sizeof header, &got);
    if (status != CODEC_OK || got < sizeof header) return false;
    *count = header[4] | (size_t)header[5] << 8 | (size_t)header[6] << 16 | (size_t)header[7] << 24;
    *offset += sizeof header;
    if (memcmp(header, "VP8L", 4) == 0) return true;
    if (memcmp(header, "VP8 ", 4) == 0 || memcmp(header, "ALPH", 4) == 0) return false;
    *offset += *count + *count % 2;
  }
  return false;
}

static codec_status decode_still(const codec_input *input, const codec_canvas *canvas) {
  size_t offset, count;
  if (find_lossless(input, &offset, &count)) {
    return codec_decode_vp8l(input, offset, count, canvas);
  }
  WebPDecoderConfig config;
  size_t stride = (size_t)canvas->width * canvas->channels;
  if (!aim(&config, canvas, canvas->width, canvas->height, canvas->pixels, stride)) {
    return CODEC_UNSUPPORTED;
  }
  WebPIDecoder *decoder = WebPIDecode(NULL, 0, &config);
  if (!decoder) return CODEC_NO_MEMORY;
  codec_status status = feed(decoder, input);
  WebPIDelete(decoder);
  return status;
}

/// Scales a length of the source down to the canvas, rounded, at least 1.
static uint32_t scaled(int length, uint32_t target, uint32_t source) {
  uint32_t result = (uint32_t)(((uint64_t)length * target + source / 2) / source);
  return result > 0 ? result : 1;
}

/// Draws a frame, which may cover a part of the picture only, where it belongs.
static codec_status decode_frame(const WebPIterator *frame, const codec_canvas *canvas) {
  size_t stride = (size_t)canvas->width * canvas->channels;
  uint32_t x = scaled(frame->x_offset, canvas->width, canvas->source_width);
  uint32_t y = scaled(frame->y_offset, canvas->height, canvas->source_height);
  if (frame->x_offset == 0) x = 0;
  if (frame->y_offset == 0) y = 0;
  uint32_t width = scaled(frame->width, canvas->width, canvas->source_width);
  uint32_t height = scaled(frame->height, canvas->height, canvas->source_height);
  if (x >= canvas->width || y >= canvas->height) return CODEC_OK;
  if (width > canvas->width - x) width = canvas->width - x;
  if (height > canvas->height - y) height = canvas->height - y;
  WebPDecoderConfig config;
  uint8_t *pixels = canvas->pixels + y * stride + x * canvas->channels;
  if (!aim(&config, canvas, width, height, pixels, stride)) return CODEC_UNSUPPORTED;
  config.options.use_scaling = 1;
  config.output.u.RGBA.size = stride * (height - 1) + (size_t)width * canvas->channels;
  return status_of(WebPDecode(frame->fragment.bytes, frame->fragment.size, &config));
}

static codec_status decode_animated(const codec_input *input, const codec_canvas *canvas) {
  const uint8_t *bytes;
  uint8_t *owned;
  codec_status status = codec_input_whole(input, &bytes, &owned);
  if (status == CODEC_OK) {
    memset(canvas->pixels, 0, (size_t)canvas->width * canvas->height * canvas->channels);
    WebPData data = {.bytes = bytes, .size = input->count};
    WebPDemuxer *demuxer = WebPDemux(&data);
    WebPIterator frame;
    status = CODEC_DAMAGED;
    if (demuxer && WebPDemuxGetFrame(demuxer, 1, &frame)) {
      status = decode_frame(&frame, canvas);
      WebPDemuxReleaseIterator(&frame);
    }
    WebPDemuxDelete(demuxer);
  }
  free(owned);
  return status;
}

/// Reads the colour profile, which stands right behind the extended header where there is one (RFC
/// 9649 §2.7). `*icc` is to be freed.
static codec_status read_profile(const codec_input *input, uint8_t **icc, size_t *count) {
  uint8_t header[38];
  size_t got = 0;
  *icc = NULL;
  codec_status status = codec_input_copy(input, 0, header, sizeof header, &got);
  if (status != CODEC_OK || got < sizeof header || memcmp(header + 12, "VP8X", 4) != 0
      || memcmp(header + 30, "ICCP", 4) != 0) {
    return status;
  }
  *count = header[34] | (size_t)header[35] << 8 | (size_t)header[36] << 16
      | (size_t)header[37] << 24;
  if (*count > MAXIMUM_PROFILE) return CODEC_OK;
  *icc = malloc(*count > 0 ? *count : 1);
  if (!*icc) return CODEC_NO_MEMORY;
  status = codec_input_copy(input, sizeof header, *icc, *count, &got);
  *count = got;
  return status;
}

static codec_status convert_colours(const codec_input *input, const codec_canvas *canvas) {
  codec_profile profile = {0};
  uint8_t *icc;
  codec_status status = read_profile(input, &icc, &profile.icc_count);
  if (status == CODEC_OK && icc) {
    profile.icc = icc;
    codec_colour colour;
    codec_colour_open(&colour, &profile, CODEC_RGB, canvas->channels);
    if (codec_colour_is_active(&colour)) {
      codec_colour_convert(
          &colour, canvas->pixels, canvas->pixels, (size_t)canvas->width * canvas->height);
    }
    codec_colour_close(&colour);
  }
  free(icc);
  return status;
}

static codec_status read_features(const codec_input *input, WebPBitstreamFeatures *features) {
  codec_stream *stream = malloc(sizeof *stream);
  if (!stream) return CODEC_NO_MEMORY;
  codec_stream_open(stream, input);
  codec_status status = codec_stream_refill(stream);
  if (status == CODEC_OK) status = status_of(WebPGetFeatures(stream->buffer, stream->end, features));
  free(stream);
  return status;
}

codec_status codec_decode_webp(const codec_input *input, const codec_canvas *canvas) {
  if (canvas->channels < 3) return CODEC_UNSUPPORTED;
  if (canvas->width > canvas->source_width || canvas->height > canvas->source_height) {
    return CODEC_UNSUPPORTED;
  }
  WebPBitstreamFeatures features;
  codec_status status = read_features(input, &features);
  if (status != CODEC_OK) return status;
  if ((uint32_t)features.width != canvas->source_width
      || (uint32_t)features.height != canvas->source_height) {
    return CODEC_UNSUPPORTED;
  }
  status = features.has_animation ? decode_animated(input, canvas) : decode_still(input, canvas);
  return status == CODEC_OK ? convert_colours(input, canvas) : status;
}

codec_status codec_encode_webp(const codec_pixels *pixels, int quality, codec_output *output) {
  if (pixels->channels < 3) return CODEC_UNSUPPORTED;
  int width = (int)pixels->width, height = (int)pixels->height;
  int stride = width * (int)pixels->channels;
  bool has_alpha = pixels->channels == 4;
  uint8_t *bytes = NULL;
  size_t count;
  if (quality == 0) {
    count = has_alpha ? WebPEncodeLosslessRGBA(pixels->bytes, width, height, stride, &bytes)
                      : WebPEncodeLosslessRGB(pixels->bytes, width, height, stride, &bytes);
  } else {
    float level = (float)quality;
    count = has_alpha ? WebPEncodeRGBA(pixels->bytes, width, height, stride, level, &bytes)
                      : WebPEncodeRGB(pixels->bytes, width, height, stride, level, &bytes);
  }
  if (count == 0) return CODEC_NO_MEMORY;
  // WebPFree is free(3), so that one `codec_output_free` serves every encoder.
  *output = (codec_output){.bytes = bytes, .count = count};
  return CODEC_OK;
}

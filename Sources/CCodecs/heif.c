// HEIC and AVIF through libheif, which holds the decoded picture whole.

#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "heif_library.h"
#include "reducer.h"
#include "samples.h"
#include "stream.h"

enum { MAXIMUM_PROFILE = 8 * 1024 * 1024 };

static codec_status status_of(struct heif_error error) {
  switch (error.code) {
    case heif_error_Ok: return CODEC_OK;
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
      return error.subcode == heif_suberror_Unsupported_codec ? CODEC_NO_DECODER
                                                              : CODEC_UNSUPPORTED;
    case heif_error_Memory_allocation_error: return CODEC_NO_MEMORY;
    default:
      return error.subcode == heif_suberror_End_of_data ? CODEC_TRUNCATED : CODEC_DAMAGED;
  }
}

/// What the file says of its colours. `*icc` is to be freed.
static codec_profile read_profile(
    const struct heif_library *heif, const struct heif_image_handle *handle, uint8_t **icc) {
  codec_profile profile = {0};
  size_t count = heif->image_handle_get_raw_color_profile_size(handle);
  *icc = count > 0 && count <= MAXIMUM_PROFILE ? malloc(count) : NULL;
  if (*icc && heif->image_handle_get_raw_color_profile(handle, *icc).code == heif_error_Ok) {
    profile.icc = *icc;
    profile.icc_count = count;
  }
  struct heif_color_profile_nclx *nclx = NULL;
  if (heif->image_handle_get_nclx_color_profile(handle, &nclx).code == heif_error_Ok && nclx) {
    // A profile says more than code points, but for HDR (ISO/IEC 23008-12 §6.5.5).
    bool is_hdr = nclx->transfer_characteristics == 16 || nclx->transfer_characteristics == 18;
    if (!profile.icc || is_hdr) {
      profile.primaries = (uint8_t)nclx->color_primaries;
      profile.transfer = (uint8_t)nclx->transfer_characteristics;
    }
    heif->nclx_color_profile_free(nclx);
  }
  // 2 is "unspecified".
  if (profile.primaries == 2) profile.primaries = 1;
  if (profile.transfer == 2) profile.transfer = profile.primaries == 1 ? 0 : 13;
  return profile;
}

typedef struct heif_rows {
  const uint8_t *bytes;
  size_t stride;
  uint32_t width;
  uint32_t height;
  /// Of a sample, where samples have 16.
  int bits;
} heif_rows;

/// Spreads samples of fewer bits over 16.
static void spread(const uint8_t *row, uint16_t *deep, size_t count, int bits) {
  for (size_t index = 0; index < count; index++) {
    uint32_t sample = row[index * 2] | (uint32_t)row[index * 2 + 1] << 8;
    deep[index] = (uint16_t)(sample << (16 - bits) | sample >> (2 * bits - 16));
  }
}

static codec_status reduce(
    const heif_rows *rows, const codec_canvas *canvas, const codec_colour *colour,
    bool is_multiplied) {
  size_t count = (size_t)rows->width * canvas->channels;
  uint8_t *row = malloc(count);
  uint16_t *deep = malloc(count * sizeof *deep);
  codec_reducer reducer;
  codec_status status = codec_reducer_open(&reducer, canvas, rows->width, rows->height);
  if (!row || !deep) status = CODEC_NO_MEMORY;
  for (uint32_t y = 0; status == CODEC_OK && y < rows->height; y++) {
    const uint8_t *source = rows->bytes + y * rows->stride;
    if (colour->hdr) {
      spread(source, deep, count, rows->bits);
      codec_colour_convert(colour, deep, row, rows->width);
    } else {
      memcpy(row, source, count);
    }
    if (is_multiplied && canvas->channels == 4) codec_unmultiply(row, rows->width);
    codec_reducer_take(&reducer, row);
  }
  codec_reducer_close(&reducer);
  free(row);
  free(deep);
  if (status == CODEC_OK && colour->transform) {
    codec_colour_convert(
        colour, canvas->pixels, canvas->pixels, (size_t)canvas->width * canvas->height);
  }
  return status;
}

static codec_status take_image(
    const struct heif_library *heif, const struct heif_image_handle *handle,
    const struct heif_image *image, const codec_canvas *canvas, const codec_colour *colour) {
  int stride;
  heif_rows rows = {
      .bytes = heif->image_get_plane_readonly(image, heif_channel_interleaved, &stride),
      .width = (uint32_t)heif->image_get_width(image, heif_channel_interleaved),
      .height = (uint32_t)heif->image_get_height(image, heif_channel_interleaved),
      .bits = heif->image_get_bits_per_pixel_range(image, heif_channel_interleaved)};
  if (!rows.bytes || rows.width != canvas->source_width || rows.height != canvas->source_height
      || (colour->hdr && (rows.bits < 8 || rows.bits > 16))) {
    return CODEC_UNSUPPORTED;
  }
  rows.stride = (size_t)stride;
  bool is_multiplied = heif->image_handle_is_premultiplied_alpha(handle) != 0;
  return reduce(&rows, canvas, colour, is_multiplied);
}

static enum heif_chroma chroma_of(const codec_canvas *canvas, bool is_deep) {
  if (is_deep) {
    return canvas->channels == 4 ? heif_chroma_interleaved_RRGGBBAA_LE
                                 : heif_chroma_interleaved_RRGGBB_LE;
  }
  return canvas->channels == 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
}

static codec_status decode(
    const struct heif_library *heif, const struct heif_image_handle *handle,
    const codec_canvas *canvas) {
  uint8_t *icc;
  codec_profile profile = read_profile(heif, handle, &icc);
  bool is_deep = codec_profile_is_hdr(&profile);
  codec_colour colour;
  codec_colour_open(&colour, &profile, CODEC_RGB, canvas->channels);
  struct heif_decoding_options *options = heif->decoding_options_alloc();
  struct heif_image *image = NULL;
  codec_status status = options ? CODEC_OK : CODEC_NO_MEMORY;
  if (options) {
    options->convert_hdr_to_8bit = !is_deep;
    enum heif_chroma chroma = chroma_of(canvas, is_deep);
    status = status_of(heif->decode_image(handle, &image, heif_colorspace_RGB, chroma, options));
  }
  if (status == CODEC_OK) status = take_image(heif, handle, image, canvas, &colour);
  heif->image_release(image);
  if (options) heif->decoding_options_free(options);
  codec_colour_close(&colour);
  free(icc);
  return status;
}

static codec_status decode_bytes(
    const struct heif_library *heif, const uint8_t *bytes, size_t count,
    const codec_canvas *canvas) {
  struct heif_context *context = heif->context_alloc();
  if (!context) return CODEC_NO_MEMORY;
  struct heif_image_handle *handle = NULL;
  codec_status status =
      status_of(heif->context_read_from_memory_without_copy(context, bytes, count, NULL));
  if (status == CODEC_OK) status = status_of(heif->context_get_primary_image_handle(context, &handle));
  if (status == CODEC_OK
      && ((uint32_t)heif->image_handle_get_width(handle) != canvas->source_width
          || (uint32_t)heif->image_handle_get_height(handle) != canvas->source_height)) {
    status = CODEC_UNSUPPORTED;
  }
  if (status == CODEC_OK) status = decode(heif, handle, canvas);
  heif->image_handle_release(handle);
  heif->context_free(context);
  return status;
}

codec_status codec_decode_heif(const codec_input *input, const codec_canvas *canvas) {
  const struct heif_library *heif = heif_library();
  if (!heif) return CODEC_NO_DECODER;
  if (canvas->channels < 3) return CODEC_UNSUPPORTED;
  const uint8_t *bytes;
  uint8_t *owned;
  codec_status status = codec_input_whole(input, &bytes, &owned);
  if (status == CODEC_OK) status = decode_bytes(heif, bytes, input->count, canvas);
  free(owned);
  return status;
}

// HEIC and AVIF through libheif, which holds the decoded picture whole.

#include <stdlib.h>

#include "heif_library.h"
#include "reducer.h"
#include "stream.h"

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

static codec_status reduce(
    const struct heif_library *heif, const struct heif_image *image, const codec_canvas *canvas) {
  int stride;
  const uint8_t *rows = heif->image_get_plane_readonly(image, heif_channel_interleaved, &stride);
  uint32_t width = (uint32_t)heif->image_get_width(image, heif_channel_interleaved);
  uint32_t height = (uint32_t)heif->image_get_height(image, heif_channel_interleaved);
  if (!rows || width != canvas->source_width || height != canvas->source_height) {
    return CODEC_UNSUPPORTED;
  }
  codec_reducer reducer;
  codec_status status = codec_reducer_open(&reducer, canvas, width, height);
  for (uint32_t y = 0; status == CODEC_OK && y < height; y++) {
    codec_reducer_take(&reducer, rows + (size_t)y * (size_t)stride);
  }
  codec_reducer_close(&reducer);
  return status;
}

static codec_status decode(
    const struct heif_library *heif, const struct heif_image_handle *handle,
    const codec_canvas *canvas) {
  struct heif_decoding_options *options = heif->decoding_options_alloc();
  if (!options) return CODEC_NO_MEMORY;
  options->convert_hdr_to_8bit = 1;
  struct heif_image *image = NULL;
  enum heif_chroma chroma =
      canvas->channels == 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
  codec_status status =
      status_of(heif->decode_image(handle, &image, heif_colorspace_RGB, chroma, options));
  heif->decoding_options_free(options);
  if (status == CODEC_OK) status = reduce(heif, image, canvas);
  heif->image_release(image);
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

#include "CSamples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <libheif/heif.h>

static J_COLOR_SPACE stored_space(sample_jpeg options) {
  switch (options.channels) {
    case 1: return JCS_GRAYSCALE;
    case 3: return JCS_YCbCr;
    default: return options.is_ycck ? JCS_YCCK : JCS_CMYK;
  }
}

static void write_row(
    struct jpeg_compress_struct *info, const uint8_t *row, size_t count, bool is_inverted) {
  JSAMPLE *copy = malloc(count);
  for (size_t index = 0; index < count; index++) {
    copy[index] = is_inverted ? (JSAMPLE)(255 - row[index]) : row[index];
  }
  jpeg_write_scanlines(info, &copy, 1);
  free(copy);
}

sample_bytes sample_encode_jpeg(
    const uint8_t *pixels, uint32_t width, uint32_t height, sample_jpeg options) {
  static const J_COLOR_SPACE spaces[] = {0, JCS_GRAYSCALE, 0, JCS_RGB, JCS_CMYK};
  struct jpeg_compress_struct info = {0};
  struct jpeg_error_mgr errors;
  unsigned char *bytes = NULL;
  unsigned long count = 0;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &bytes, &count);
  info.image_width = width;
  info.image_height = height;
  info.input_components = options.channels;
  info.in_color_space = spaces[options.channels];
  jpeg_set_defaults(&info);
  jpeg_set_colorspace(&info, stored_space(options));
  jpeg_set_quality(&info, 95, TRUE);
  if (options.is_progressive) jpeg_simple_progression(&info);
  info.arith_code = options.is_arithmetic;
  info.write_Adobe_marker = options.has_adobe_marker;
  jpeg_start_compress(&info, TRUE);
  size_t stride = (size_t)width * (size_t)options.channels;
  bool is_inverted = options.channels == 4 && options.is_inverted;
  while (info.next_scanline < height) {
    write_row(&info, pixels + info.next_scanline * stride, stride, is_inverted);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return (sample_bytes){.bytes = bytes, .count = count};
}

static void set_colours(struct heif_image *image, sample_heif options) {
  if (options.profile_count > 0) {
    heif_image_set_raw_color_profile(image, "prof", options.profile, options.profile_count);
  }
  if (options.primaries > 0) {
    struct heif_color_profile_nclx *nclx = heif_nclx_color_profile_alloc();
    nclx->color_primaries = (enum heif_color_primaries)options.primaries;
    nclx->transfer_characteristics = (enum heif_transfer_characteristics)options.transfer;
    nclx->matrix_coefficients = heif_matrix_coefficients_ITU_R_BT_601_6;
    nclx->full_range_flag = 1;
    heif_image_set_nclx_color_profile(image, nclx);
    heif_nclx_color_profile_free(nclx);
  }
  if (options.is_premultiplied) heif_image_set_premultiplied_alpha(image, 1);
}

static struct heif_image *make_image(
    const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
    sample_heif options) {
  struct heif_image *image = NULL;
  enum heif_chroma chroma =
      channels == 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
  struct heif_error error =
      heif_image_create((int)width, (int)height, heif_colorspace_RGB, chroma, &image);
  if (error.code != heif_error_Ok) return NULL;
  error = heif_image_add_plane(image, heif_channel_interleaved, (int)width, (int)height, 8);
  int stride = 0;
  uint8_t *rows = heif_image_get_plane(image, heif_channel_interleaved, &stride);
  if (error.code != heif_error_Ok || !rows) return image;
  for (uint32_t y = 0; y < height; y++) {
    size_t count = (size_t)width * channels;
    memcpy(rows + (size_t)y * (size_t)stride, pixels + y * count, count);
  }
  set_colours(image, options);
  return image;
}

static struct heif_error keep(
    struct heif_context *context, const void *bytes, size_t count, void *output) {
  (void)context;
  sample_bytes *kept = output;
  kept->bytes = malloc(count);
  kept->count = count;
  memcpy(kept->bytes, bytes, count);
  return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, ""};
}

sample_bytes sample_encode_heif(
    const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
    sample_heif kind) {
  sample_bytes output = {0};
  struct heif_context *context = heif_context_alloc();
  struct heif_encoder *encoder = NULL;
  enum heif_compression_format format =
      kind.is_avif ? heif_compression_AV1 : heif_compression_HEVC;
  struct heif_image *image = make_image(pixels, width, height, channels, kind);
  struct heif_writer writer = {.writer_api_version = 1, .write = keep};
  if (image && heif_context_get_encoder_for_format(context, format, &encoder).code == 0) {
    heif_encoder_set_lossy_quality(encoder, 95);
    if (kind.is_avif) heif_encoder_set_parameter_integer(encoder, "speed", 9);
    struct heif_encoding_options *options = heif_encoding_options_alloc();
    options->image_orientation = (enum heif_orientation)kind.orientation;
    options->output_nclx_profile = NULL;
    if (heif_context_encode_image(context, image, encoder, options, NULL).code == 0) {
      heif_context_write(context, &writer, &output);
    }
    heif_encoding_options_free(options);
    heif_encoder_release(encoder);
  }
  heif_image_release(image);
  heif_context_free(context);
  return output;
}

// PNG row by row, so that memory is a few rows whatever the picture's size (interlaced ones must
// be whole). libpng reports errors by longjmp, which therefore never leaves this file.

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "png_rows.h"
#include "reducer.h"
#include "stream.h"

enum { MAXIMUM_CHUNK = 8 * 1024 * 1024 };

typedef struct png_job {
  png_structp png;
  png_infop info;
  codec_status status;
  codec_stream stream;
  codec_reducer reducer;
  codec_colour colour;
  /// Whether samples are those of HDR, with 16 bits until they are converted.
  bool is_deep;
  /// One row, or the whole picture where it is interlaced.
  png_bytep rows;
  /// A deep row, converted.
  uint8_t *converted;
  /// What libpng read last, where that is a chunk's header: its length and its name.
  uint8_t header[8];
} png_job;

static void stop(png_job *job, codec_status status) {
  job->status = status;
  longjmp(png_jmpbuf(job->png), 1);
}

static void stop_on_error(png_structp png, png_const_charp message) {
  (void)message;
  png_job *job = png_get_error_ptr(png);
  if (job->status == CODEC_OK) job->status = CODEC_DAMAGED;
  longjmp(png_jmpbuf(png), 1);
}

static void stay_silent(png_structp png, png_const_charp message) { (void)png, (void)message; }

static bool is_little_endian(void) {
  const uint16_t one = 1;
  return *(const uint8_t *)&one == 1;
}

static void read_bytes(png_structp png, png_bytep bytes, size_t count) {
  png_job *job = png_get_io_ptr(png);
  codec_status status = codec_stream_read(&job->stream, bytes, count);
  if (status != CODEC_OK) stop(job, status);
  if (count == sizeof job->header) memcpy(job->header, bytes, count);
}

/// The primaries and the transfer of a cICP chunk, which libpng 1.6 does not know.
static void read_code_points(const png_job *job, codec_profile *profile) {
  png_unknown_chunkp chunks;
  int count = png_get_unknown_chunks(job->png, job->info, &chunks);
  for (int index = 0; index < count; index++) {
    if (memcmp(chunks[index].name, "cICP", 4) != 0 || chunks[index].size < 4) continue;
    profile->primaries = chunks[index].data[0];
    profile->transfer = chunks[index].data[1];
  }
}

/// What the file says of its colours, in the order of precedence (PNG third edition, §4.3).
static codec_profile read_profile(const png_job *job) {
  codec_profile profile = {0};
  png_charp name;
  png_bytep icc;
  png_uint_32 count;
  int compression, intent;
  read_code_points(job, &profile);
  if (png_get_iCCP(job->png, job->info, &name, &compression, &icc, &count) == PNG_INFO_iCCP) {
    profile.icc = icc;
    profile.icc_count = count;
    return profile;
  }
  if (png_get_sRGB(job->png, job->info, &intent) == PNG_INFO_sRGB) return profile;
  png_get_gAMA(job->png, job->info, &profile.gamma);
  double *points = profile.chromaticities;
  png_get_cHRM(
      job->png, job->info, points, points + 1, points + 2, points + 3, points + 4, points + 5,
      points + 6, points + 7);
  return profile;
}

static void open_colour(png_job *job, uint32_t channels) {
  codec_profile profile = read_profile(job);
  bool is_grey = !(png_get_color_type(job->png, job->info) & PNG_COLOR_MASK_COLOR);
  // Grey with alpha is RGBA by the time it is converted, and a profile of grey samples is none of it.
  codec_samples samples = channels == 1 ? CODEC_GREY : CODEC_RGB;
  if (is_grey && channels > 1) profile.icc = NULL;
  codec_colour_open(&job->colour, &profile, samples, channels);
  job->is_deep = job->colour.hdr != NULL;
}

/// Asks libpng for samples of the canvas's channels, whatever the file holds.
static void set_channels(png_job *job, uint32_t channels) {
  png_structp png = job->png;
  bool is_grey = !(png_get_color_type(png, job->info) & PNG_COLOR_MASK_COLOR);
  png_set_expand(png);
  if (job->is_deep) {
    png_set_expand_16(png);
    if (is_little_endian()) png_set_swap(png);
  } else {
    png_set_scale_16(png);
  }
  if (channels < 4) png_set_strip_alpha(png);
  if (channels == 4) png_set_add_alpha(png, job->is_deep ? 0xFFFF : 0xFF, PNG_FILLER_AFTER);
  if (channels > 1 && is_grey) png_set_gray_to_rgb(png);
  if (channels == 1 && !is_grey) png_set_rgb_to_gray(png, 1, -1, -1);
}

static void take_row(png_job *job, const uint8_t *row, uint32_t width) {
  if (job->converted) {
    codec_colour_convert(&job->colour, row, job->converted, width);
    row = job->converted;
  }
  codec_reducer_take(&job->reducer, row);
}

static void read_rows(
    png_job *job, uint32_t width, uint32_t height, size_t stride, int passes) {
  size_t kept = passes > 1 ? height : 1;
  job->rows = calloc(kept, stride);
  if (job->is_deep) job->converted = malloc(stride / 2);
  if (!job->rows || (job->is_deep && !job->converted)) stop(job, CODEC_NO_MEMORY);
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < height; y++) {
      png_bytep row = job->rows + (kept > 1 ? y * stride : 0);
      png_read_row(job->png, row, NULL);
      if (pass == passes - 1) take_row(job, row, width);
    }
  }
}

/// Whether the rows are samples of the canvas's channels as they are stored.
static bool has_usual_rows(const png_job *job, uint32_t channels) {
  static const uint32_t stored[] = {
      [PNG_COLOR_TYPE_GRAY] = 1, [PNG_COLOR_TYPE_RGB] = 3, [PNG_COLOR_TYPE_RGBA] = 4};
  uint32_t colour = png_get_color_type(job->png, job->info);
  return colour < sizeof stored / sizeof *stored && stored[colour] == channels && !job->is_deep
      && png_get_bit_depth(job->png, job->info) == 8
      && png_get_interlace_type(job->png, job->info) == PNG_INTERLACE_NONE
      && memcmp(job->header + 4, "IDAT", 4) == 0 && codec_png_can_read_rows();
}

/// Reads rows by themselves where they are usual, else through libpng.
static void decode_rows(png_job *job, const codec_canvas *canvas) {
  png_structp png = job->png;
  uint32_t width = canvas->source_width, height = canvas->source_height;
  codec_status status = codec_reducer_open(&job->reducer, canvas, width, height);
  if (status != CODEC_OK) stop(job, status);
  if (has_usual_rows(job, canvas->channels)) {
    status = codec_png_read_rows(&job->stream, png_get_uint_32(job->header), &job->reducer);
    if (status != CODEC_OK) stop(job, status);
    return;
  }
  set_channels(job, canvas->channels);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, job->info);
  size_t stride = png_get_rowbytes(png, job->info);
  size_t sample = job->is_deep ? 2 : 1;
  if (stride != (size_t)width * canvas->channels * sample) stop(job, CODEC_UNSUPPORTED);
  read_rows(job, width, height, stride, passes);
  png_read_end(png, NULL);
}

static void decode(png_job *job, const codec_canvas *canvas) {
  png_structp png = job->png;
  png_set_read_fn(png, job, read_bytes);
  png_set_user_limits(png, 65535, 65535);
  png_set_chunk_malloc_max(png, MAXIMUM_CHUNK);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_ALWAYS, (png_const_bytep)"cICP", 1);
  png_read_info(png, job->info);
  uint32_t width = png_get_image_width(png, job->info);
  uint32_t height = png_get_image_height(png, job->info);
  if (width != canvas->source_width || height != canvas->source_height) {
    stop(job, CODEC_UNSUPPORTED);
  }
  open_colour(job, canvas->channels);
  decode_rows(job, canvas);
  if (job->is_deep || !codec_colour_is_active(&job->colour)) return;
  codec_colour_convert(
      &job->colour, canvas->pixels, canvas->pixels, (size_t)canvas->width * canvas->height);
}

codec_status codec_decode_png(const codec_input *input, const codec_canvas *canvas) {
  png_job *job = calloc(1, sizeof *job);
  if (!job) return CODEC_NO_MEMORY;
  codec_stream_open(&job->stream, input);
  job->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, job, stop_on_error, stay_silent);
#ifdef PNG_IGNORE_ADLER32
  // Each chunk has a checksum of its own; a second one over all pixels finds no more (PNG §10.3, §11.2.4).
  if (job->png) png_set_option(job->png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
#endif
  if (job->png) job->info = png_create_info_struct(job->png);
  if (!job->info) {
    job->status = CODEC_NO_MEMORY;
  } else if (setjmp(png_jmpbuf(job->png)) == 0) {
    decode(job, canvas);
  }
  codec_status status = job->status;
  png_destroy_read_struct(&job->png, &job->info, NULL);
  codec_reducer_close(&job->reducer);
  codec_colour_close(&job->colour);
  free(job->converted);
  free(job->rows);
  free(job);
  return status;
}

typedef struct png_writing {
  png_structp png;
  png_infop info;
  codec_output output;
  size_t capacity;
} png_writing;

static void stop_writing(png_structp png, png_const_charp message) {
  (void)message;
  longjmp(png_jmpbuf(png), 1);
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  png_writing *writing = png_get_io_ptr(png);
  codec_output *output = &writing->output;
  if (output->count + count > writing->capacity) {
    size_t capacity = (output->count + count) * 2;
    uint8_t *grown = realloc(output->bytes, capacity);
    if (!grown) png_error(png, "no memory");
    output->bytes = grown;
    writing->capacity = capacity;
  }
  memcpy(output->bytes + output->count, bytes, count);
  output->count += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static void encode(png_writing *writing, const codec_pixels *pixels) {
  static const int colours[] = {
      0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGBA};
  png_set_write_fn(writing->png, writing, write_bytes, flush_nothing);
  png_set_IHDR(
      writing->png, writing->info, pixels->width, pixels->height, 8, colours[pixels->channels],
      PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writing->png, writing->info);
  size_t stride = (size_t)pixels->width * pixels->channels;
  for (uint32_t y = 0; y < pixels->height; y++) {
    png_write_row(writing->png, pixels->bytes + y * stride);
  }
  png_write_end(writing->png, NULL);
}

codec_status codec_encode_png(const codec_pixels *pixels, codec_output *output) {
  if (pixels->channels < 1 || pixels->channels > 4) return CODEC_UNSUPPORTED;
  png_writing *writing = calloc(1, sizeof *writing);
  if (!writing) return CODEC_NO_MEMORY;
  codec_status status = CODEC_NO_MEMORY;  // The only way in which encoding to memory fails.
  writing->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writing, stop_writing, stay_silent);
  if (writing->png) writing->info = png_create_info_struct(writing->png);
  if (writing->info && setjmp(png_jmpbuf(writing->png)) == 0) {
    encode(writing, pixels);
    *output = writing->output;
    writing->output.bytes = NULL;
    status = CODEC_OK;
  }
  png_destroy_write_struct(&writing->png, &writing->info);
  free(writing->output.bytes);
  free(writing);
  return status;
}

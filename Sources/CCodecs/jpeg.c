// JPEG through libjpeg-turbo's libjpeg interface: unlike the TurboJPEG one it reads from a stream,
// gives out rows, and tells a harmless warning from lost data.

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <jerror.h>

#include "colour.h"
#include "reducer.h"
#include "samples.h"
#include "stream.h"

/// Progressive files have about 10; each costs a pass over the whole picture.
enum { MAXIMUM_SCANS = 50 };

typedef struct jpeg_job {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jmp_buf jump;
  codec_status status;
  codec_stream stream;
  codec_reducer reducer;
  codec_colour colour;
  JOCTET *icc;
  JSAMPLE *row;
  /// The inks of the canvas's pixels, where a profile says what they print.
  uint8_t *inks;
  /// Whether the file has ended without an end marker, so that one was given out for it.
  bool has_ended;
} jpeg_job;

static void stop(jpeg_job *job, codec_status status) {
  job->status = status;
  longjmp(job->jump, 1);
}

static void stop_on_error(j_common_ptr info) {
  stop(
      info->client_data,
      info->err->msg_code == JERR_OUT_OF_MEMORY ? CODEC_NO_MEMORY : CODEC_DAMAGED);
}

/// A negative level is a warning; most mean that pixels were lost.
static void judge_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_BOGUS_ICC:
    case JWRN_ADOBE_XFORM: return;
    default: {
      jpeg_job *job = info->client_data;
      stop(job, job->has_ended ? CODEC_TRUNCATED : CODEC_DAMAGED);
    }
  }
}

static void stay_silent(j_common_ptr info) { (void)info; }

static void watch_scans(j_common_ptr info) {
  jpeg_job *job = info->client_data;
  if (job->info.input_scan_number > MAXIMUM_SCANS) stop(job, CODEC_UNSUPPORTED);
}

static void start_source(j_decompress_ptr info) { (void)info; }

/// An end marker may be missing where nothing else is: libjpeg warns if it gets it too early.
static boolean fill_buffer(j_decompress_ptr info) {
  static const JOCTET end_marker[] = {0xFF, JPEG_EOI};
  jpeg_job *job = info->client_data;
  codec_status status = codec_stream_refill(&job->stream);
  // The arithmetic decoder takes what lacks for zeros, without a warning.
  bool may_end = info->input_scan_number > 0 && !info->arith_code;
  if (status == CODEC_TRUNCATED && may_end && !job->has_ended) {
    job->has_ended = true;
    job->source.next_input_byte = end_marker;
    job->source.bytes_in_buffer = sizeof end_marker;
    return TRUE;
  }
  if (status != CODEC_OK) stop(job, status);
  job->source.next_input_byte = job->stream.buffer;
  job->source.bytes_in_buffer = job->stream.end;
  return TRUE;
}

static void skip_bytes(j_decompress_ptr info, long count) {
  jpeg_job *job = info->client_data;
  while (count > (long)job->source.bytes_in_buffer) {
    count -= (long)job->source.bytes_in_buffer;
    fill_buffer(info);
  }
  if (count <= 0) return;
  job->source.next_input_byte += count;
  job->source.bytes_in_buffer -= (size_t)count;
}

static void open_job(jpeg_job *job, const codec_input *input) {
  codec_stream_open(&job->stream, input);
  jpeg_create_decompress(&job->info);
  job->info.client_data = job;
  job->source = (struct jpeg_source_mgr){
      .init_source = start_source, .fill_input_buffer = fill_buffer, .skip_input_data = skip_bytes,
      .resync_to_restart = jpeg_resync_to_restart, .term_source = start_source};
  job->info.src = &job->source;
  job->progress.progress_monitor = watch_scans;
  job->info.progress = &job->progress;
}

/// The smallest eighth of the picture that still covers the canvas.
static unsigned int scale_covering(const codec_canvas *canvas) {
  for (unsigned int eighths = 1; eighths < 8; eighths++) {
    uint64_t width = ((uint64_t)canvas->source_width * eighths + 7) / 8;
    uint64_t height = ((uint64_t)canvas->source_height * eighths + 7) / 8;
    if (width >= canvas->width && height >= canvas->height) return eighths;
  }
  return 8;
}

/// Inks come inverted: all programs that write such JPEGs store them so, whether or not they put Adobe's
/// marker there.
static void read_rows(jpeg_job *job) {
  struct jpeg_decompress_struct *info = &job->info;
  bool has_ideal_inks = info->out_color_space == JCS_CMYK && !job->inks;
  while (info->output_scanline < info->output_height) {
    jpeg_read_scanlines(info, &job->row, 1);
    if (has_ideal_inks) codec_convert_inks(job->row, info->output_width);
    codec_reducer_take(&job->reducer, job->row);
  }
}

/// Whether a picture in several scans lacks nothing but its end marker. Libjpeg, which has read all
/// scans by now, knows that of progressive ones only: 0 is a coefficient in its full precision.
static bool has_all_scans(struct jpeg_decompress_struct *info) {
  if (!jpeg_has_multiple_scans(info)) return true;
  if (!info->coef_bits) return false;
  for (int component = 0; component < info->num_components; component++) {
    for (int index = 0; index < DCTSIZE2; index++) {
      if (info->coef_bits[component][index] != 0) return false;
    }
  }
  return true;
}

/// Reads the header, and the colour profile in it.
static void read_header(jpeg_job *job, const codec_canvas *canvas) {
  struct jpeg_decompress_struct *info = &job->info;
  jpeg_save_markers(info, JPEG_APP0 + 2, 0xFFFF);
  jpeg_read_header(info, TRUE);
  if (info->image_width != canvas->source_width || info->image_height != canvas->source_height) {
    stop(job, CODEC_UNSUPPORTED);
  }
  bool has_inks = info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK;
  bool is_grey = canvas->channels == 1;
  if (has_inks && canvas->channels != 3) stop(job, CODEC_UNSUPPORTED);
  info->out_color_space = has_inks ? JCS_CMYK : is_grey ? JCS_GRAYSCALE : JCS_RGB;
  codec_profile profile = {0};
  unsigned int count = 0;
  if (!jpeg_read_icc_profile(info, &job->icc, &count)) return;
  profile.icc = job->icc;
  profile.icc_count = count;
  codec_samples samples = has_inks ? CODEC_INKS : is_grey ? CODEC_GREY : CODEC_RGB;
  codec_colour_open(&job->colour, &profile, samples, has_inks ? 4 : canvas->channels);
}

/// Where the reduced rows go: to the canvas, or to inks that are converted when they are whole.
static codec_canvas reduced_canvas(jpeg_job *job, const codec_canvas *canvas) {
  codec_canvas reduced = *canvas;
  if (job->info.out_color_space != JCS_CMYK || !codec_colour_is_active(&job->colour)) return reduced;
  job->inks = malloc((size_t)canvas->width * canvas->height * 4);
  if (!job->inks) stop(job, CODEC_NO_MEMORY);
  reduced.channels = 4;
  reduced.pixels = job->inks;
  return reduced;
}

static void decode(jpeg_job *job, const codec_canvas *canvas) {
  struct jpeg_decompress_struct *info = &job->info;
  read_header(job, canvas);
  codec_canvas reduced = reduced_canvas(job, canvas);
  info->scale_num = scale_covering(canvas);
  info->scale_denom = 8;
  jpeg_start_decompress(info);
  if (job->has_ended && !has_all_scans(info)) stop(job, CODEC_TRUNCATED);
  job->row = malloc((size_t)info->output_width * 4);
  if (!job->row) stop(job, CODEC_NO_MEMORY);
  codec_status status =
      codec_reducer_open(&job->reducer, &reduced, info->output_width, info->output_height);
  job->reducer.has_inks = job->inks != NULL;
  if (status != CODEC_OK) stop(job, status);
  read_rows(job);
  jpeg_finish_decompress(info);
  if (!codec_colour_is_active(&job->colour)) return;
  codec_colour_convert(
      &job->colour, reduced.pixels, canvas->pixels, (size_t)canvas->width * canvas->height);
}

codec_status codec_decode_jpeg(const codec_input *input, const codec_canvas *canvas) {
  jpeg_job *job = calloc(1, sizeof *job);
  if (!job) return CODEC_NO_MEMORY;
  job->info.err = jpeg_std_error(&job->errors);
  job->info.client_data = job;
  job->errors.error_exit = stop_on_error;
  job->errors.emit_message = judge_message;
  job->errors.output_message = stay_silent;
  if (setjmp(job->jump) == 0) {
    open_job(job, input);
    decode(job, canvas);
  }
  codec_status status = job->status;
  jpeg_destroy_decompress(&job->info);
  codec_reducer_close(&job->reducer);
  codec_colour_close(&job->colour);
  free(job->icc);
  free(job->inks);
  free(job->row);
  free(job);
  return status;
}

typedef struct jpeg_writing {
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  jmp_buf jump;
  unsigned char *bytes;
  unsigned long count;
} jpeg_writing;

static void stop_writing(j_common_ptr info) {
  longjmp(((jpeg_writing *)info->client_data)->jump, 1);
}

static void write_rows(jpeg_writing *writing, const codec_pixels *pixels) {
  size_t stride = (size_t)pixels->width * pixels->channels;
  while (writing->info.next_scanline < writing->info.image_height) {
    // libjpeg does not write to its input; its interface is older than `const`.
    JSAMPROW row = (JSAMPROW)(uintptr_t)(pixels->bytes + writing->info.next_scanline * stride);
    jpeg_write_scanlines(&writing->info, &row, 1);
  }
}

static void encode(
    jpeg_writing *writing, const codec_pixels *pixels, int quality, bool full_chroma) {
  struct jpeg_compress_struct *info = &writing->info;
  jpeg_create_compress(info);
  info->client_data = writing;
  jpeg_mem_dest(info, &writing->bytes, &writing->count);
  info->image_width = pixels->width;
  info->image_height = pixels->height;
  info->input_components = (int)pixels->channels;
  info->in_color_space = pixels->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(info);
  jpeg_set_quality(info, quality, TRUE);
  info->optimize_coding = TRUE;
  if (full_chroma) {
    info->comp_info[0].h_samp_factor = 1;
    info->comp_info[0].v_samp_factor = 1;
  }
  jpeg_start_compress(info, TRUE);
  write_rows(writing, pixels);
  jpeg_finish_compress(info);
}

codec_status codec_encode_jpeg(
    const codec_pixels *pixels, int quality, bool full_chroma, codec_output *output) {
  if (pixels->channels != 1 && pixels->channels != 3) return CODEC_UNSUPPORTED;
  jpeg_writing *writing = calloc(1, sizeof *writing);
  if (!writing) return CODEC_NO_MEMORY;
  codec_status status = CODEC_NO_MEMORY;  // The only way in which encoding to memory fails.
  writing->info.err = jpeg_std_error(&writing->errors);
  writing->info.client_data = writing;
  writing->errors.error_exit = stop_writing;
  writing->errors.output_message = stay_silent;
  if (setjmp(writing->jump) == 0) {
    encode(writing, pixels, quality, full_chroma);
    *output = (codec_output){.bytes = writing->bytes, .count = writing->count};
    writing->bytes = NULL;
    status = CODEC_OK;
  }
  jpeg_destroy_compress(&writing->info);
  free(writing->bytes);
  free(writing);
  return status;
}

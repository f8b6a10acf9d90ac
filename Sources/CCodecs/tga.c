// Truevision TGA (file format specification 2.0): true colour, grey and mapped, plain or in runs.

#include <stdlib.h>
#include <string.h>

#include "reducer.h"
#include "stream.h"

typedef struct tga_job {
  codec_stream stream;
  uint8_t header[18];
  uint32_t width;
  uint32_t height;
  /// Bytes of a stored pixel.
  uint32_t size;
  uint8_t *map;
  uint32_t map_first;
  uint32_t map_count;
  uint32_t map_size;
  /// The packet under way.
  uint32_t left;
  bool is_run;
  uint8_t stored[4];
} tga_job;

static uint32_t short_at(const tga_job *job, int place) {
  return job->header[place] | (uint32_t)job->header[place + 1] << 8;
}

static bool is_packed(const tga_job *job) { return job->header[2] & 8; }

/// Writes a stored colour of 1 (grey), 2 (5 bits each), 3 or 4 bytes.
static void write_colour(
    const uint8_t *stored, uint32_t size, uint8_t *pixel, uint32_t channels) {
  if (size == 1) {
    memset(pixel, stored[0], channels < 3 ? 1 : 3);
  } else if (size == 2) {
    uint32_t value = stored[0] | (uint32_t)stored[1] << 8;
    for (int channel = 0; channel < 3; channel++) {
      uint32_t five = value >> (10 - 5 * channel) & 31;
      pixel[channel] = (uint8_t)(five << 3 | five >> 2);
    }
  } else {
    for (int channel = 0; channel < 3; channel++) pixel[channel] = stored[2 - channel];
  }
  if (channels == 4) pixel[3] = size == 4 ? stored[3] : 255;
}

static codec_status read_stored(tga_job *job) {
  if (!is_packed(job)) return codec_stream_read(&job->stream, job->stored, job->size);
  codec_status status = CODEC_OK;
  bool is_new = job->left == 0;
  if (is_new) {
    uint8_t packet;
    status = codec_stream_read(&job->stream, &packet, 1);
    if (status != CODEC_OK) return status;
    job->is_run = packet & 0x80;
    job->left = (packet & 0x7F) + 1U;
  }
  job->left--;
  return job->is_run && !is_new ? status : codec_stream_read(&job->stream, job->stored, job->size);
}

static codec_status read_row(tga_job *job, uint8_t *row, uint32_t channels) {
  bool is_mirrored = job->header[17] & 0x10;
  for (uint32_t x = 0; x < job->width; x++) {
    codec_status status = read_stored(job);
    if (status != CODEC_OK) return status;
    uint8_t *pixel = row + (size_t)(is_mirrored ? job->width - 1 - x : x) * channels;
    if (!job->map) {
      write_colour(job->stored, job->size, pixel, channels);
      continue;
    }
    uint32_t index = job->stored[0] | (job->size == 2 ? (uint32_t)job->stored[1] << 8 : 0);
    if (index < job->map_first || index - job->map_first >= job->map_count) return CODEC_DAMAGED;
    const uint8_t *colour = job->map + (size_t)(index - job->map_first) * job->map_size;
    write_colour(colour, job->map_size, pixel, channels);
  }
  return CODEC_OK;
}

static codec_status read_map(tga_job *job) {
  if (job->header[1] == 0) return CODEC_OK;
  job->map_first = short_at(job, 3);
  job->map_count = short_at(job, 5);
  job->map_size = (job->header[7] + 7U) / 8;
  if (job->map_size < 1 || job->map_size > 4) return CODEC_UNSUPPORTED;
  size_t count = (size_t)job->map_count * job->map_size;
  uint8_t *map = calloc(1, count + 1);
  if (!map) return CODEC_NO_MEMORY;
  job->map = map;
  codec_status status = codec_stream_read(&job->stream, map, count);
  if ((job->header[2] & 7) != 1) {
    // A map that true colours do not use.
    free(map);
    job->map = NULL;
  }
  return status;
}

static codec_status read_header(tga_job *job) {
  codec_status status = codec_stream_read(&job->stream, job->header, sizeof job->header);
  if (status != CODEC_OK) return status;
  job->width = short_at(job, 12);
  job->height = short_at(job, 14);
  job->size = (job->header[16] + 7U) / 8;
  uint8_t name[255];
  if (job->size < 1 || job->size > 4) return CODEC_UNSUPPORTED;
  status = codec_stream_read(&job->stream, name, job->header[0]);
  return status == CODEC_OK ? read_map(job) : status;
}

/// Rows from the bottom are gathered first.
static codec_status read_rows(tga_job *job, const codec_canvas *canvas, codec_reducer *reducer) {
  bool is_top_down = job->header[17] & 0x20;
  size_t stride = (size_t)job->width * canvas->channels;
  uint8_t *rows = malloc(is_top_down ? stride : stride * job->height);
  if (!rows) return CODEC_NO_MEMORY;
  codec_status status = CODEC_OK;
  for (uint32_t y = 0; status == CODEC_OK && y < job->height; y++) {
    uint8_t *row = rows + (is_top_down ? 0 : stride * (job->height - 1 - y));
    status = read_row(job, row, canvas->channels);
    if (is_top_down) codec_reducer_take(reducer, row);
  }
  for (uint32_t y = 0; status == CODEC_OK && !is_top_down && y < job->height; y++) {
    codec_reducer_take(reducer, rows + stride * y);
  }
  free(rows);
  return status;
}

codec_status codec_decode_tga(const codec_input *input, const codec_canvas *canvas) {
  tga_job *job = calloc(1, sizeof *job);
  if (!job) return CODEC_NO_MEMORY;
  codec_stream_open(&job->stream, input);
  codec_reducer reducer = {0};
  codec_status status = read_header(job);
  bool is_grey = (job->header[2] & 7) == 3;
  if (status == CODEC_OK
      && (job->width != canvas->source_width || job->height != canvas->source_height
          || is_grey != (canvas->channels == 1) || (is_grey && job->size != 1))) {
    status = CODEC_UNSUPPORTED;
  }
  if (status == CODEC_OK) status = codec_reducer_open(&reducer, canvas, job->width, job->height);
  if (status == CODEC_OK) status = read_rows(job, canvas, &reducer);
  codec_reducer_close(&reducer);
  free(job->map);
  free(job);
  return status;
}

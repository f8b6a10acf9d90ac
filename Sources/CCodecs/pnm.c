// Portable bitmaps, greymaps and pixmaps (Netpbm's pbm, pgm and ppm, plain and raw).

#include <stdlib.h>
#include <string.h>

#include "reducer.h"
#include "stream.h"

typedef struct pnm_job {
  codec_stream stream;
  /// 1 to 6.
  int kind;
  uint32_t width;
  uint32_t height;
  uint32_t maximum;
} pnm_job;

static codec_status next(pnm_job *job, uint8_t *byte) {
  return codec_stream_read(&job->stream, byte, 1);
}

static bool is_blank(uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

/// A number behind blanks and comments; the byte behind it is read as well.
static codec_status read_number(pnm_job *job, uint32_t *number) {
  uint8_t byte = ' ';
  codec_status status = CODEC_OK;
  while (status == CODEC_OK && (is_blank(byte) || byte == '#')) {
    while (status == CODEC_OK && byte == '#') {
      do status = next(job, &byte);
      while (status == CODEC_OK && byte != '\n' && byte != '\r');
    }
    if (status == CODEC_OK) status = next(job, &byte);
  }
  *number = 0;
  if (status == CODEC_OK && (byte < '0' || byte > '9')) return CODEC_DAMAGED;
  while (status == CODEC_OK && byte >= '0' && byte <= '9') {
    *number = *number * 10 + (byte - '0');
    if (*number > 0xFFFFF) return CODEC_DAMAGED;
    status = next(job, &byte);
  }
  // The last number of a plain file may be its end.
  return status == CODEC_TRUNCATED && job->maximum > 0 ? CODEC_OK : status;
}

static codec_status read_header(pnm_job *job) {
  uint8_t magic[2];
  codec_status status = codec_stream_read(&job->stream, magic, 2);
  if (status != CODEC_OK) return status;
  job->kind = magic[1] - '0';
  if (magic[0] != 'P' || job->kind < 1 || job->kind > 6) return CODEC_UNSUPPORTED;
  status = read_number(job, &job->width);
  if (status == CODEC_OK) status = read_number(job, &job->height);
  uint32_t maximum = 1;
  if (status == CODEC_OK && job->kind % 3 != 1) status = read_number(job, &maximum);
  job->maximum = maximum;
  return status == CODEC_OK && (maximum < 1 || maximum > 65535) ? CODEC_DAMAGED : status;
}

static uint8_t scaled(const pnm_job *job, uint32_t sample) {
  if (sample > job->maximum) sample = job->maximum;
  return (uint8_t)((sample * 255 + job->maximum / 2) / job->maximum);
}

static codec_status read_plain_row(pnm_job *job, uint8_t *row, size_t count) {
  for (size_t index = 0; index < count; index++) {
    uint32_t sample;
    codec_status status;
    if (job->kind == 1) {
      // Bits need no blank between them.
      uint8_t byte;
      do status = next(job, &byte);
      while (status == CODEC_OK && is_blank(byte));
      sample = byte == '0';
    } else {
      status = read_number(job, &sample);
    }
    if (status != CODEC_OK) return status;
    row[index] = scaled(job, sample);
  }
  return CODEC_OK;
}

static codec_status read_raw_row(pnm_job *job, uint8_t *row, size_t count) {
  if (job->kind == 4) {
    uint8_t byte = 0;
    for (size_t index = 0; index < count; index++) {
      codec_status status = index % 8 == 0 ? next(job, &byte) : CODEC_OK;
      if (status != CODEC_OK) return status;
      row[index] = byte >> (7 - index % 8) & 1 ? 0 : 255;
    }
    return CODEC_OK;
  }
  for (size_t index = 0; index < count; index++) {
    uint8_t bytes[2] = {0};
    bool is_wide = job->maximum > 255;
    codec_status status = codec_stream_read(&job->stream, bytes, is_wide ? 2 : 1);
    if (status != CODEC_OK) return status;
    row[index] = scaled(job, is_wide ? (uint32_t)bytes[0] << 8 | bytes[1] : bytes[0]);
  }
  return CODEC_OK;
}

codec_status codec_decode_pnm(const codec_input *input, const codec_canvas *canvas) {
  pnm_job *job = calloc(1, sizeof *job);
  if (!job) return CODEC_NO_MEMORY;
  codec_stream_open(&job->stream, input);
  codec_status status = read_header(job);
  uint32_t channels = job->kind % 3 == 0 ? 3 : 1;
  if (status == CODEC_OK
      && (job->width != canvas->source_width || job->height != canvas->source_height
          || channels != canvas->channels)) {
    status = CODEC_UNSUPPORTED;
  }
  size_t count = (size_t)canvas->source_width * canvas->channels;
  uint8_t *row = malloc(count);
  codec_reducer reducer = {0};
  if (status == CODEC_OK) {
    status = row ? codec_reducer_open(&reducer, canvas, job->width, job->height) : CODEC_NO_MEMORY;
  }
  for (uint32_t y = 0; status == CODEC_OK && y < canvas->source_height; y++) {
    status = (job->kind <= 3 ? read_plain_row : read_raw_row)(job, row, count);
    if (status == CODEC_OK) codec_reducer_take(&reducer, row);
  }
  codec_reducer_close(&reducer);
  free(row);
  free(job);
  return status;
}

#include "png_rows.h"

#include <stdlib.h>
#include <string.h>

#include "isal_library.h"
#include "png_filters.h"

#ifdef CODEC_HAS_ISAL

enum { INFLATED = 128 * 1024, LONGEST_CHUNK = 8 * 1024 * 1024, WRAPPER = 2, IS_ANCILLARY = 0x20 };

typedef struct rows_job {
  const struct isal_library *isal;
  struct inflate_state state;
  codec_stream *stream;
  codec_reducer *reducer;
  /// How many bytes of the chunk under way are left, and the checksum of those before.
  size_t left;
  uint32_t checksum;
  /// How many bytes of zlib's header have come (RFC 1950 §2.2).
  size_t wrapper_count;
  uint8_t wrapper[WRAPPER];
  /// Rows behind their filters, the last one not whole.
  uint8_t *inflated;
  size_t inflated_count;
  size_t capacity;
  uint8_t *row;
  uint8_t *above;
  size_t stride;
  uint32_t rows_left;
} rows_job;

static codec_status take_rows(rows_job *job) {
  size_t start = 0, length = job->stride + 1;
  for (; job->rows_left > 0 && job->inflated_count - start >= length; start += length) {
    const uint8_t *filtered = job->inflated + start;
    if (!codec_png_undo_filter(
            filtered[0], filtered + 1, job->above, job->row, job->stride,
            job->reducer->canvas->channels)) {
      return CODEC_DAMAGED;
    }
    codec_reducer_take(job->reducer, job->row);
    uint8_t *row = job->row;
    job->row = job->above;
    job->above = row;
    job->rows_left--;
  }
  job->inflated_count -= start;
  memmove(job->inflated, job->inflated + start, job->inflated_count);
  return CODEC_OK;
}

/// Takes zlib's header from the front; false where it is none.
static bool skip_wrapper(rows_job *job, const uint8_t **bytes, size_t *count) {
  while (job->wrapper_count < WRAPPER && *count > 0) {
    job->wrapper[job->wrapper_count++] = *(*bytes)++;
    --*count;
  }
  if (job->wrapper_count < WRAPPER) return true;
  bool is_deflated = (job->wrapper[0] & 0xF) == 8 && job->wrapper[0] >> 4 <= 7;
  bool has_dictionary = job->wrapper[1] & 0x20;
  return is_deflated && !has_dictionary && (job->wrapper[0] << 8 | job->wrapper[1]) % 31 == 0;
}

static codec_status inflate_bytes(rows_job *job, const uint8_t *bytes, size_t count) {
  struct inflate_state *state = &job->state;
  if (!skip_wrapper(job, &bytes, &count)) return CODEC_DAMAGED;
  state->next_in = (uint8_t *)(uintptr_t)bytes;
  state->avail_in = (uint32_t)count;
  while (job->rows_left > 0) {
    uint32_t room = (uint32_t)(job->capacity - job->inflated_count);
    state->next_out = job->inflated + job->inflated_count;
    state->avail_out = room;
    if (job->isal->inflate(state) != ISAL_DECOMP_OK) return CODEC_DAMAGED;
    uint32_t got = room - state->avail_out;
    job->inflated_count += got;
    codec_status status = take_rows(job);
    if (status != CODEC_OK) return status;
    if (state->block_state == ISAL_BLOCK_FINISH) break;
    if (got == 0 && state->avail_in == 0) return CODEC_OK;
  }
  // What comes behind the last row does not matter, but the stream may not end before.
  return job->rows_left > 0 ? CODEC_DAMAGED : CODEC_OK;
}

/// Reads the chunk under way to its end; what it holds is inflated, or gone past.
static codec_status read_chunk(rows_job *job, bool is_inflated) {
  codec_stream *stream = job->stream;
  while (job->left > 0) {
    if (stream->next == stream->end) {
      codec_status status = codec_stream_refill(stream);
      if (status != CODEC_OK) return status;
    }
    size_t step = stream->end - stream->next;
    if (step > job->left) step = job->left;
    const uint8_t *bytes = stream->buffer + stream->next;
    job->checksum = job->isal->crc32(job->checksum, bytes, step);
    if (is_inflated && job->rows_left > 0) {
      codec_status status = inflate_bytes(job, bytes, step);
      if (status != CODEC_OK) return status;
    }
    stream->next += step;
    job->left -= step;
  }
  return CODEC_OK;
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/// Compares the checksum behind a chunk.
static codec_status check(rows_job *job, bool *is_sound) {
  uint8_t bytes[4];
  codec_status status = codec_stream_read(job->stream, bytes, sizeof bytes);
  *is_sound = status == CODEC_OK && big_endian(bytes) == job->checksum;
  return status;
}

/// Reads the header of the next chunk.
static codec_status open_chunk(rows_job *job, uint8_t header[8]) {
  codec_status status = codec_stream_read(job->stream, header, 8);
  if (status != CODEC_OK) return status;
  job->left = big_endian(header);
  for (int index = 4; index < 8; index++) {
    uint8_t letter = header[index] & ~IS_ANCILLARY;
    if (letter < 'A' || letter > 'Z') return CODEC_DAMAGED;
  }
  bool has_pixels = memcmp(header + 4, "IDAT", 4) == 0;
  if (job->left > (has_pixels ? INT32_MAX : LONGEST_CHUNK)) return CODEC_DAMAGED;
  job->checksum = job->isal->crc32(0, header + 4, 4);
  return CODEC_OK;
}

/// Reads the pixels, and what stands behind them.
static codec_status read_chunks(rows_job *job) {
  uint8_t header[8] = {0, 0, 0, 0, 'I', 'D', 'A', 'T'};
  job->checksum = job->isal->crc32(0, header + 4, 4);
  while (true) {
    bool has_pixels = memcmp(header + 4, "IDAT", 4) == 0, is_sound;
    bool is_end = memcmp(header + 4, "IEND", 4) == 0;
    bool is_needed = !(header[4] & IS_ANCILLARY);
    // A palette that comes too late is gone past, as libpng does.
    bool is_known = has_pixels || is_end || memcmp(header + 4, "PLTE", 4) == 0;
    if (is_needed && !is_known) return CODEC_DAMAGED;
    if (!has_pixels && job->rows_left > 0) return CODEC_DAMAGED;
    codec_status status = read_chunk(job, has_pixels);
    if (status == CODEC_OK) status = check(job, &is_sound);
    if (status != CODEC_OK) return status;
    if (is_needed && !is_sound) return CODEC_DAMAGED;
    if (is_end) return CODEC_OK;
    status = open_chunk(job, header);
    if (status != CODEC_OK) return status;
  }
}

static codec_status open_rows(rows_job *job) {
  job->stride = (size_t)job->reducer->source_width * job->reducer->canvas->channels;
  job->rows_left = job->reducer->source_height;
  job->capacity = INFLATED + job->stride;
  job->inflated = malloc(job->capacity + PNG_PADDING);
  job->row = calloc(1, job->stride + PNG_PADDING);
  job->above = calloc(1, job->stride + PNG_PADDING);
  job->isal->inflate_init(&job->state);
  return job->inflated && job->row && job->above ? CODEC_OK : CODEC_NO_MEMORY;
}

bool codec_png_can_read_rows(void) { return isal_library() != NULL; }

codec_status codec_png_read_rows(codec_stream *stream, size_t count, codec_reducer *reducer) {
  rows_job *job = calloc(1, sizeof *job);
  if (!job) return CODEC_NO_MEMORY;
  job->isal = isal_library();
  job->stream = stream;
  job->reducer = reducer;
  job->left = count;
  codec_status status = open_rows(job);
  if (status == CODEC_OK) status = read_chunks(job);
  free(job->inflated);
  free(job->row);
  free(job->above);
  free(job);
  return status;
}

#else

bool codec_png_can_read_rows(void) { return false; }

codec_status codec_png_read_rows(codec_stream *stream, size_t count, codec_reducer *reducer) {
  return (void)stream, (void)count, (void)reducer, CODEC_UNSUPPORTED;
}

#endif

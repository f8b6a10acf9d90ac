#include "reducer.h"

#include <stdlib.h>
#include <string.h>

// In width, a source pixel counts as `width` units and a target pixel covers `source_width` units.
// A sum of (value × alpha) over a target pixel is at most 65,025 × 65,535 and fits 32 bits.

static inline void add(
    uint32_t *sums, const uint8_t *pixel, uint32_t channels, bool has_alpha, uint32_t weight) {
  if (has_alpha) {
    uint32_t alpha = pixel[3] * weight;
    for (int channel = 0; channel < 3; channel++) sums[channel] += pixel[channel] * alpha;
    sums[3] += alpha;
  } else {
    for (uint32_t channel = 0; channel < channels; channel++) {
      sums[channel] += pixel[channel] * weight;
    }
  }
}

/// Called with constant kinds of channels, so that each case gets its own tight loop.
static inline void narrow(
    uint32_t *restrict narrowed, const uint8_t *restrict row, uint32_t source_width, uint32_t width,
    uint32_t channels, bool has_alpha) {
  uint64_t position = 0;  // In units; never past the row's end, source_width × width.
  for (uint32_t target = 0; target < width; target++, narrowed += channels) {
    uint32_t sums[4] = {0}, inner[4] = {0};
    uint64_t end = position + source_width;
    uint64_t first = position / width, last = end / width;
    uint32_t head = (uint32_t)(position - first * width), tail = (uint32_t)(end - last * width);
    if (head > 0) {
      add(sums, row + first * channels, channels, has_alpha, width - head);
      first++;
    }
    for (uint64_t source = first; source < last; source++) {
      add(inner, row + source * channels, channels, has_alpha, 1);
    }
    if (tail > 0) add(sums, row + last * channels, channels, has_alpha, tail);
    for (uint32_t channel = 0; channel < channels; channel++) {
      narrowed[channel] = sums[channel] + inner[channel] * width;
    }
    position = end;
  }
}

static void accumulate(codec_reducer *reducer, uint64_t weight) {
  size_t count = (size_t)reducer->canvas->width * reducer->canvas->channels;
  for (size_t index = 0; index < count; index++) {
    reducer->sums[index] += reducer->narrowed[index] * weight;
  }
}

static void emit(codec_reducer *reducer, uint32_t target_row) {
  const codec_canvas *canvas = reducer->canvas;
  size_t count = (size_t)canvas->width * canvas->channels;
  uint8_t *pixels = canvas->pixels + target_row * count;
  uint64_t area = (uint64_t)reducer->source_width * reducer->source_height;
  if (canvas->channels == 4 && !reducer->has_inks) {
    for (size_t index = 0; index < count; index += 4) {
      uint64_t alpha = reducer->sums[index + 3];
      for (int channel = 0; channel < 3; channel++) {
        uint64_t sum = reducer->sums[index + channel];
        pixels[index + channel] = alpha > 0 ? (uint8_t)((sum + alpha / 2) / alpha) : 0;
      }
      pixels[index + 3] = (uint8_t)((alpha + area / 2) / area);
    }
  } else {
    for (size_t index = 0; index < count; index++) {
      pixels[index] = (uint8_t)((reducer->sums[index] + area / 2) / area);
    }
  }
  memset(reducer->sums, 0, count * sizeof *reducer->sums);
}

static bool is_same_size(const codec_reducer *reducer) {
  return reducer->source_width == reducer->canvas->width
      && reducer->source_height == reducer->canvas->height;
}

codec_status codec_reducer_open(
    codec_reducer *reducer, const codec_canvas *canvas, uint32_t source_width,
    uint32_t source_height) {
  *reducer = (codec_reducer){
      .canvas = canvas, .source_width = source_width, .source_height = source_height};
  if (source_width < canvas->width || source_height < canvas->height) return CODEC_UNSUPPORTED;
  if (is_same_size(reducer)) return CODEC_OK;
  size_t count = (size_t)canvas->width * canvas->channels;
  reducer->narrowed = calloc(count, sizeof *reducer->narrowed);
  reducer->sums = calloc(count, sizeof *reducer->sums);
  return reducer->narrowed && reducer->sums ? CODEC_OK : CODEC_NO_MEMORY;
}

void codec_reducer_take(codec_reducer *reducer, const uint8_t *row) {
  const codec_canvas *canvas = reducer->canvas;
  if (reducer->row >= reducer->source_height) return;
  uint64_t index = reducer->row++;
  if (is_same_size(reducer)) {
    size_t count = (size_t)canvas->width * canvas->channels;
    memcpy(canvas->pixels + index * count, row, count);
    return;
  }
  uint32_t *narrowed = reducer->narrowed, source = reducer->source_width;
  switch (canvas->channels) {
    case 1: narrow(narrowed, row, source, canvas->width, 1, false); break;
    case 3: narrow(narrowed, row, source, canvas->width, 3, false); break;
    default:
      if (reducer->has_inks) narrow(narrowed, row, source, canvas->width, 4, false);
      else narrow(narrowed, row, source, canvas->width, 4, true);
  }
  // In height likewise: a source row counts as `height` units, a target row covers `source_height`.
  uint64_t start = index * canvas->height, end = start + canvas->height;
  uint64_t target = start / reducer->source_height;
  uint64_t boundary = (target + 1) * reducer->source_height;
  accumulate(reducer, (end < boundary ? end : boundary) - start);
  if (end < boundary) return;
  emit(reducer, (uint32_t)target);
  if (end > boundary) accumulate(reducer, end - boundary);
}

void codec_reducer_close(codec_reducer *reducer) {
  free(reducer->narrowed);
  free(reducer->sums);
  reducer->narrowed = NULL;
  reducer->sums = NULL;
}

codec_status codec_reduce(const uint8_t *pixels, const codec_canvas *canvas) {
  codec_reducer reducer;
  size_t stride = (size_t)canvas->source_width * canvas->channels;
  codec_status status =
      codec_reducer_open(&reducer, canvas, canvas->source_width, canvas->source_height);
  for (uint32_t y = 0; status == CODEC_OK && y < canvas->source_height; y++) {
    codec_reducer_take(&reducer, pixels + y * stride);
  }
  codec_reducer_close(&reducer);
  return status;
}

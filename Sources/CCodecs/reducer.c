#include "reducer.h"

#include <stdlib.h>
#include <string.h>

// In width, a source pixel counts as `width` units and a target pixel covers `source_width` units.
// A sum of (value × alpha) over a target pixel is at most 65,025 × 65,535 and fits 32 bits.

// With alpha, rows are reduced in width first, since each pixel has a weight of its own. Without, they
// are added up first, which is quicker: a sum of values over rows is at most 255 × 65,535.

/// As many rows of bytes as fit a sum of 16 bits.
enum { MOST_WHOLE_ROWS = 257 };

static inline void add(uint32_t *sums, const uint8_t *pixel, uint32_t weight) {
  uint32_t alpha = pixel[3] * weight;
  for (int channel = 0; channel < 3; channel++) sums[channel] += pixel[channel] * alpha;
  sums[3] += alpha;
}

/// Reduces a row of RGBA in width.
static void narrow(
    uint32_t *restrict narrowed, const uint8_t *restrict row, uint32_t source_width,
    uint32_t width) {
  uint64_t position = 0;  // In units; never past the row's end, source_width × width.
  for (uint32_t target = 0; target < width; target++, narrowed += 4) {
    uint32_t sums[4] = {0}, inner[4] = {0};
    uint64_t end = position + source_width;
    uint64_t first = position / width, last = end / width;
    uint32_t head = (uint32_t)(position - first * width), tail = (uint32_t)(end - last * width);
    if (head > 0) {
      add(sums, row + first * 4, width - head);
      first++;
    }
    for (uint64_t source = first; source < last; source++) add(inner, row + source * 4, 1);
    if (tail > 0) add(sums, row + last * 4, tail);
    for (uint32_t channel = 0; channel < 4; channel++) {
      narrowed[channel] = sums[channel] + inner[channel] * width;
    }
    position = end;
  }
}

static size_t source_count(const codec_reducer *reducer) {
  return (size_t)reducer->source_width * reducer->canvas->channels;
}

/// Moves rows that count whole into the sums.
static void settle(codec_reducer *reducer) {
  uint32_t *restrict tall = reducer->tall, height = reducer->canvas->height;
  uint16_t *restrict whole = reducer->whole;
  if (reducer->whole_count == 0) return;
  for (size_t index = 0, count = source_count(reducer); index < count; index++) {
    tall[index] += whole[index] * height;
    whole[index] = 0;
  }
  reducer->whole_count = 0;
}

/// Adds a row that counts as `weight` units.
static void add_row(codec_reducer *reducer, const uint8_t *restrict row, uint32_t weight) {
  uint32_t *restrict tall = reducer->tall;
  uint16_t *restrict whole = reducer->whole;
  size_t count = source_count(reducer);
  if (weight == reducer->canvas->height) {
    for (size_t index = 0; index < count; index++) whole[index] += row[index];
    if (++reducer->whole_count == MOST_WHOLE_ROWS) settle(reducer);
  } else {
    for (size_t index = 0; index < count; index++) tall[index] += row[index] * weight;
  }
}

/// Where a target pixel's sources lie: the first one, how much of it belongs to the pixel before, and
/// likewise at the end.
typedef struct span {
  uint32_t first;
  uint32_t head;
  uint32_t last;
  uint32_t tail;
} span;

/// Moves on by a target pixel, without dividing.
static inline void move_on(span *span, const codec_reducer *reducer, uint32_t whole, uint32_t rest) {
  span->first = span->last;
  span->head = span->tail;
  span->last += whole;
  span->tail += rest;
  if (span->tail >= reducer->canvas->width) {
    span->tail -= reducer->canvas->width;
    span->last++;
  }
}

/// Called with constant numbers of channels, so that each gets its own tight loop.
static inline void emit_row(codec_reducer *reducer, uint8_t *pixels, uint32_t channels) {
  uint32_t width = reducer->canvas->width;
  uint32_t whole = reducer->source_width / width, rest = reducer->source_width % width;
  // A quotient in double precision is never rounded up to the next whole number: the numbers have at
  // most 40 bits, and it lies 1 ÷ area below.
  uint64_t area = (uint64_t)reducer->source_width * reducer->source_height;
  span span = {0};
  for (uint32_t target = 0; target < width; target++, pixels += channels) {
    move_on(&span, reducer, whole, rest);
    const uint32_t *first = reducer->tall + (size_t)span.first * channels;
    const uint32_t *last = reducer->tall + (size_t)span.last * channels;
    uint64_t sums[4] = {0};
    for (const uint32_t *source = first; source < last; source += channels) {
      for (uint32_t channel = 0; channel < channels; channel++) sums[channel] += source[channel];
    }
    for (uint32_t channel = 0; channel < channels; channel++) {
      // The first pixel was counted whole.
      uint64_t sum = sums[channel] * width - (uint64_t)span.head * first[channel];
      if (span.tail > 0) sum += (uint64_t)span.tail * last[channel];
      pixels[channel] = (uint8_t)((double)(int64_t)(sum + area / 2) / (double)area);
    }
  }
}

static void emit_plain(codec_reducer *reducer, uint32_t target_row) {
  const codec_canvas *canvas = reducer->canvas;
  uint8_t *pixels = canvas->pixels + (size_t)target_row * canvas->width * canvas->channels;
  settle(reducer);
  switch (canvas->channels) {
    case 1: emit_row(reducer, pixels, 1); break;
    case 3: emit_row(reducer, pixels, 3); break;
    default: emit_row(reducer, pixels, 4);
  }
  memset(reducer->tall, 0, source_count(reducer) * sizeof *reducer->tall);
}

static void accumulate(codec_reducer *reducer, uint64_t weight) {
  size_t count = (size_t)reducer->canvas->width * 4;
  for (size_t index = 0; index < count; index++) {
    reducer->sums[index] += reducer->narrowed[index] * weight;
  }
}

static void emit_alpha(codec_reducer *reducer, uint32_t target_row) {
  const codec_canvas *canvas = reducer->canvas;
  size_t count = (size_t)canvas->width * 4;
  uint8_t *pixels = canvas->pixels + target_row * count;
  uint64_t area = (uint64_t)reducer->source_width * reducer->source_height;
  for (size_t index = 0; index < count; index += 4) {
    uint64_t alpha = reducer->sums[index + 3];
    for (int channel = 0; channel < 3; channel++) {
      uint64_t sum = reducer->sums[index + channel];
      pixels[index + channel] = alpha > 0 ? (uint8_t)((sum + alpha / 2) / alpha) : 0;
    }
    pixels[index + 3] = (uint8_t)((alpha + area / 2) / area);
  }
  memset(reducer->sums, 0, count * sizeof *reducer->sums);
}

static bool has_alpha(const codec_reducer *reducer) {
  return reducer->canvas->channels == 4 && !reducer->has_inks;
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
  if (canvas->channels == 4) {
    size_t count = (size_t)canvas->width * 4;
    reducer->narrowed = calloc(count, sizeof *reducer->narrowed);
    reducer->sums = calloc(count, sizeof *reducer->sums);
    if (!reducer->narrowed || !reducer->sums) return CODEC_NO_MEMORY;
  }
  // Also where the fourth channel may yet turn out to be an ink.
  reducer->tall = calloc(source_count(reducer), sizeof *reducer->tall);
  reducer->whole = calloc(source_count(reducer), sizeof *reducer->whole);
  return reducer->tall && reducer->whole ? CODEC_OK : CODEC_NO_MEMORY;
}

/// Adds a part of the current row, in units.
static void add_part(codec_reducer *reducer, const uint8_t *row, uint64_t weight) {
  if (has_alpha(reducer)) {
    accumulate(reducer, weight);
  } else {
    add_row(reducer, row, (uint32_t)weight);
  }
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
  if (has_alpha(reducer)) narrow(reducer->narrowed, row, reducer->source_width, canvas->width);
  // In height likewise: a source row counts as `height` units, a target row covers `source_height`.
  uint64_t start = index * canvas->height, end = start + canvas->height;
  uint64_t target = start / reducer->source_height;
  uint64_t boundary = (target + 1) * reducer->source_height;
  add_part(reducer, row, (end < boundary ? end : boundary) - start);
  if (end < boundary) return;
  if (has_alpha(reducer)) {
    emit_alpha(reducer, (uint32_t)target);
  } else {
    emit_plain(reducer, (uint32_t)target);
  }
  if (end > boundary) add_part(reducer, row, end - boundary);
}

void codec_reducer_close(codec_reducer *reducer) {
  free(reducer->narrowed);
  free(reducer->sums);
  free(reducer->tall);
  free(reducer->whole);
  reducer->narrowed = reducer->tall = NULL;
  reducer->sums = NULL;
  reducer->whole = NULL;
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

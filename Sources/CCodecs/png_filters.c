#include "png_filters.h"

#include <string.h>

/// The channels of a pixel, with room for a sign; what lies behind a pixel of fewer is overwritten.
typedef int16_t lanes __attribute__((vector_size(8)));
typedef uint8_t pairs __attribute__((vector_size(8)));
typedef uint8_t bytes __attribute__((vector_size(4)));

static inline lanes load(const uint8_t *pixel) {
  bytes four;
  memcpy(&four, pixel, sizeof four);
  return __builtin_convertvector(four, lanes);
}

static inline void store(uint8_t *pixel, lanes values) {
  bytes four = __builtin_convertvector(values, bytes);
  memcpy(pixel, &four, sizeof four);
}

/// Adds as bytes do: the upper half of each lane stays 0.
static inline lanes sum(lanes left, lanes right) {
  return (lanes)((pairs)left + (pairs)right);
}

static inline lanes chosen(lanes is_first, lanes first, lanes second) {
  return (first & is_first) | (second & ~is_first);
}

/// Called with a constant number of channels, so that each gets its own tight loop.
static inline void undo_left(const uint8_t *filtered, uint8_t *row, size_t count, size_t channels) {
  lanes left = {0};
  for (size_t index = 0; index < count; index += channels) {
    left = sum(left, load(filtered + index));
    store(row + index, left);
  }
}

static void undo_above(const uint8_t *filtered, const uint8_t *above, uint8_t *row, size_t count) {
  for (size_t index = 0; index < count; index++) {
    row[index] = (uint8_t)(filtered[index] + above[index]);
  }
}

static inline void undo_mean(
    const uint8_t *filtered, const uint8_t *above, uint8_t *row, size_t count, size_t channels) {
  lanes left = {0};
  for (size_t index = 0; index < count; index += channels) {
    left = sum((left + load(above + index)) >> 1, load(filtered + index));
    store(row + index, left);
  }
}

/// Adds the neighbour that is nearest to left + top − corner; of equal ones the first of these. As
/// much as can be is done before the pixel to the left is known.
static inline void undo_paeth(
    const uint8_t *filtered, const uint8_t *above, uint8_t *row, size_t count, size_t channels) {
  lanes left = {0}, corner = {0};
  for (size_t index = 0; index < count; index += channels) {
    lanes top = load(above + index), rest = load(filtered + index);
    lanes from_left = top - corner, from_top = left - corner;
    lanes left_size = __builtin_elementwise_abs(from_left);
    lanes top_size = __builtin_elementwise_abs(from_top);
    lanes corner_size = __builtin_elementwise_abs(from_left + from_top);
    lanes is_other = left_size > __builtin_elementwise_min(top_size, corner_size);
    lanes other = chosen(top_size > corner_size, sum(corner, rest), sum(top, rest));
    left = chosen(is_other, other, sum(left, rest));
    store(row + index, left);
    corner = top;
  }
}

static inline bool undo(
    uint8_t filter, const uint8_t *restrict filtered, const uint8_t *restrict above,
    uint8_t *restrict row, size_t count, size_t channels) {
  switch (filter) {
    case 0: memcpy(row, filtered, count); return true;
    case 1: undo_left(filtered, row, count, channels); return true;
    case 2: undo_above(filtered, above, row, count); return true;
    case 3: undo_mean(filtered, above, row, count, channels); return true;
    case 4: undo_paeth(filtered, above, row, count, channels); return true;
    default: return false;
  }
}

bool codec_png_undo_filter(
    uint8_t filter, const uint8_t *filtered, const uint8_t *above, uint8_t *row, size_t count,
    uint32_t channels) {
  switch (channels) {
    case 1: return undo(filter, filtered, above, row, count, 1);
    case 3: return undo(filter, filtered, above, row, count, 3);
    default: return undo(filter, filtered, above, row, count, 4);
  }
}

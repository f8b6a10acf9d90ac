#include "vp8l_transforms.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const uint32_t black = 0xFF000000U;

/// The four channels of a pixel, with room for a sign and a carry.
typedef int16_t lanes __attribute__((vector_size(8)));
typedef uint8_t channels __attribute__((vector_size(4)));

static inline lanes lanes_of(uint32_t pixel) {
  channels bytes;
  memcpy(&bytes, &pixel, sizeof bytes);
  return __builtin_convertvector(bytes, lanes);
}

static inline uint32_t pixel_of(lanes values) {
  channels bytes = __builtin_convertvector(values, channels);
  uint32_t pixel;
  memcpy(&pixel, &bytes, sizeof pixel);
  return pixel;
}

/// Adds channel by channel, without carries between them.
static inline uint32_t sum(uint32_t left, uint32_t right) {
  uint32_t odd = (left & 0xFF00FF00U) + (right & 0xFF00FF00U);
  uint32_t even = (left & 0x00FF00FFU) + (right & 0x00FF00FFU);
  return (odd & 0xFF00FF00U) | (even & 0x00FF00FFU);
}

static inline uint32_t mean(uint32_t left, uint32_t right) {
  return (((left ^ right) & 0xFEFEFEFEU) >> 1) + (left & right);
}

static inline lanes clipped(lanes values) {
  values &= ~(values < 0);
  lanes is_over = values > 255;
  return (values & ~is_over) | (is_over & 255);
}

/// The sum of how far two pixels are from each other in each channel.
static inline int distance(uint32_t left, uint32_t right) {
#ifdef __SSE2__
  __m128i first = _mm_cvtsi32_si128((int)left), second = _mm_cvtsi32_si128((int)right);
  return _mm_cvtsi128_si32(_mm_sad_epu8(first, second));
#else
  lanes difference = lanes_of(left) - lanes_of(right), sign = difference < 0;
  difference = (difference ^ sign) - sign;
  return difference[0] + difference[1] + difference[2] + difference[3];
#endif
}

/// The one of two neighbours that is nearer to where the slope leads.
static inline uint32_t nearer(uint32_t left, uint32_t top, uint32_t corner) {
  return distance(top, corner) < distance(left, corner) ? left : top;
}

static inline uint32_t slope(uint32_t left, uint32_t top, uint32_t corner) {
  return pixel_of(clipped(lanes_of(left) + lanes_of(top) - lanes_of(corner)));
}

static inline uint32_t half_slope(uint32_t left, uint32_t top, uint32_t corner) {
  lanes middle = lanes_of(mean(left, top));
  return pixel_of(clipped(middle + (middle - lanes_of(corner)) / 2));
}

/// Called with a constant mode, so that each gets its own tight loop.
static inline uint32_t prediction(uint32_t mode, uint32_t left, const uint32_t *above) {
  uint32_t corner = above[-1], top = above[0], right = above[1];
  switch (mode) {
    case 1: return left;
    case 2: return top;
    case 3: return right;
    case 4: return corner;
    case 5: return mean(mean(left, right), top);
    case 6: return mean(left, corner);
    case 7: return mean(left, top);
    case 8: return mean(corner, top);
    case 9: return mean(top, right);
    case 10: return mean(mean(left, corner), mean(top, right));
    case 11: return nearer(left, top, corner);
    case 12: return slope(left, top, corner);
    case 13: return half_slope(left, top, corner);
    default: return black;
  }
}

static inline void predict_run(
    uint32_t mode, uint32_t *row, const uint32_t *above, uint32_t start, uint32_t end) {
  uint32_t left = row[start - 1];
  for (uint32_t x = start; x < end; x++) {
    left = sum(row[x], prediction(mode, left, above + x));
    row[x] = left;
  }
}

#define RUN(mode) \
  case mode: predict_run(mode, row, above, start, end); break

static void predict_block(
    uint32_t mode, uint32_t *row, const uint32_t *above, uint32_t start, uint32_t end) {
  switch (mode) {
    RUN(1); RUN(2); RUN(3); RUN(4); RUN(5); RUN(6); RUN(7); RUN(8); RUN(9); RUN(10); RUN(11);
    RUN(12); RUN(13);
    default: predict_run(0, row, above, start, end);
  }
}

/// The blocks that a row goes through.
static const uint32_t *blocks_of(const vp8l_transform *transform, uint32_t y) {
  size_t count = codec_vp8l_blocks(transform->width, transform->bits);
  return transform->pixels + (y >> transform->bits) * count;
}

static void undo_prediction(vp8l_transform *transform, uint32_t *row, uint32_t y) {
  uint32_t width = transform->width, *above = transform->above;
  if (y == 0) {
    row[0] = sum(row[0], black);
    if (width > 1) predict_run(1, row, above, 1, width);
  } else {
    row[0] = sum(row[0], above[0]);
    // Behind the last pixel above lies the first one of this row.
    above[width] = row[0];
    uint32_t side = 1U << transform->bits;
    const uint32_t *blocks = blocks_of(transform, y);
    for (uint32_t x = 1; x < width;) {
      uint32_t end = (x & ~(side - 1)) + side;
      if (end > width) end = width;
      predict_block(blocks[x >> transform->bits] >> 8 & 0xF, row, above, x, end);
      x = end;
    }
  }
  memcpy(above, row, width * sizeof *row);
}

static inline int32_t share(uint32_t factor, uint32_t value) {
  return ((int8_t)factor * (int8_t)value) >> 5;
}

static void undo_cross_color(vp8l_transform *transform, uint32_t *row, uint32_t y) {
  uint32_t width = transform->width, side = 1U << transform->bits;
  const uint32_t *block = blocks_of(transform, y);
  for (uint32_t start = 0; start < width; start += side, block++) {
    uint32_t end = width - start < side ? width : start + side, factors = *block;
    for (uint32_t x = start; x < end; x++) {
      uint32_t pixel = row[x], green = pixel >> 8;
      uint32_t red = (pixel >> 16) + (uint32_t)share(factors, green);
      uint32_t blue = pixel + (uint32_t)share(factors >> 8, green);
      blue += (uint32_t)share(factors >> 16, red);
      row[x] = (pixel & 0xFF00FF00U) | (red & 0xFF) << 16 | (blue & 0xFF);
    }
  }
}

static void add_green(uint32_t *row, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    uint32_t green = row[x] >> 8 & 0xFF;
    uint32_t others = (row[x] & 0x00FF00FFU) + (green << 16 | green);
    row[x] = (row[x] & 0xFF00FF00U) | (others & 0x00FF00FFU);
  }
}

/// From right to left, since a row of indexes may be shorter than that of its pixels.
static void look_up(const vp8l_transform *transform, uint32_t *row) {
  uint32_t width = 8U >> transform->bits, within = (1U << transform->bits) - 1;
  for (uint32_t x = transform->width; x-- > 0;) {
    uint32_t packed = row[x >> transform->bits] >> 8 & 0xFF;
    row[x] = transform->pixels[packed >> (x & within) * width & ((1U << width) - 1)];
  }
}

void codec_vp8l_undo(vp8l_transform *transform, uint32_t *row, uint32_t y) {
  switch (transform->kind) {
    case VP8L_PREDICTOR: undo_prediction(transform, row, y); break;
    case VP8L_CROSS_COLOR: undo_cross_color(transform, row, y); break;
    case VP8L_SUBTRACT_GREEN: add_green(row, transform->width); break;
    case VP8L_INDEXING: look_up(transform, row); break;
  }
}

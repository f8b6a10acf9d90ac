#include "vp8l.h"

#include <stdlib.h>

#include "reducer.h"
#include "vp8l_codes.h"
#include "vp8l_transforms.h"

enum {
  SIGNATURE = 0x2F, TRANSFORMS = 4, LITERALS = 256, LENGTH_CODES = 24, DISTANCE_CODES = 40,
  MAXIMUM_CACHE_BITS = 11, NEAR_PLACES = 120,
  /// As far back as the largest distance reaches.
  WINDOW = 1 << 20
};

typedef struct vp8l_job vp8l_job;

/// Pixels that are coded as an image: the picture's own, or those of a table.
typedef struct vp8l_image {
  uint32_t width;
  uint32_t height;
  /// All pixels, or of the picture those of the window.
  uint32_t *pixels;
  size_t mask;
  /// Earlier pixels by their colours.
  uint32_t *cache;
  uint32_t cache_bits;
  vp8l_group *groups;
  uint32_t group_count;
  /// The group of each block, where there are several.
  uint32_t *blocks;
  uint32_t block_bits;
  /// Told of each whole row; null for tables.
  vp8l_job *owner;
} vp8l_image;

struct vp8l_job {
  codec_stream stream;
  vp8l_bits bits;
  vp8l_transform transforms[TRANSFORMS];
  uint32_t transform_count;
  /// A row, all transforms undone one after the other, and then as bytes.
  uint32_t *row;
  uint8_t *bytes;
  const codec_canvas *canvas;
  codec_reducer reducer;
};

static void close_image(vp8l_image *image) {
  for (uint32_t index = 0; index < image->group_count * VP8L_CODES; index++) {
    free(image->groups[index / VP8L_CODES].codes[index % VP8L_CODES].entries);
  }
  free(image->groups);
  free(image->blocks);
  free(image->cache);
  free(image->pixels);
}

/// Gives a whole row of the picture to the reducer.
static void take_row(vp8l_job *job, const vp8l_image *image, uint32_t y) {
  size_t start = (size_t)y * image->width & image->mask, count = image->width;
  size_t first = image->mask + 1 - start;
  if (first > count) first = count;
  memcpy(job->row, image->pixels + start, first * sizeof *job->row);
  memcpy(job->row + first, image->pixels, (count - first) * sizeof *job->row);
  for (uint32_t index = job->transform_count; index-- > 0;) {
    codec_vp8l_undo(&job->transforms[index], job->row, y);
  }
  uint8_t *byte = job->bytes;
  uint32_t channels = job->canvas->channels;
  for (uint32_t x = 0; x < job->canvas->source_width; x++, byte += channels) {
    uint32_t pixel = job->row[x];
    byte[0] = (uint8_t)(pixel >> 16);
    byte[1] = (uint8_t)(pixel >> 8);
    byte[2] = (uint8_t)pixel;
    if (channels == 4) byte[3] = (uint8_t)(pixel >> 24);
  }
  codec_reducer_take(&job->reducer, job->bytes);
}

/// The value of a code for lengths and distances, with the bits behind it (RFC 9649 §3.6.2.2).
static inline uint32_t value_of(vp8l_bits *bits, uint32_t code) {
  if (code < 4) return code + 1;
  uint32_t extra = (code - 2) >> 1;
  return ((2 + (code & 1)) << extra) + codec_vp8l_read(bits, extra) + 1;
}

/// How many pixels back a distance is; the first ones name places near by, in the rows above.
static size_t pixels_back(uint32_t distance, uint32_t width) {
  // Each is a row above × 16, and 8 less the column to the right (RFC 9649 §3.6.2.2).
  static const uint8_t near_places[NEAR_PLACES] = {
      0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1A, 0x26, 0x2A, 0x38, 0x05, 0x37,
      0x39, 0x15, 0x1B, 0x36, 0x3A, 0x25, 0x2B, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1C, 0x35, 0x3B,
      0x46, 0x4A, 0x24, 0x2C, 0x58, 0x45, 0x4B, 0x34, 0x3C, 0x03, 0x57, 0x59, 0x13, 0x1D, 0x56,
      0x5A, 0x23, 0x2D, 0x44, 0x4C, 0x55, 0x5B, 0x33, 0x3D, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1E,
      0x66, 0x6A, 0x22, 0x2E, 0x54, 0x5C, 0x43, 0x4D, 0x65, 0x6B, 0x32, 0x3E, 0x78, 0x01, 0x77,
      0x79, 0x53, 0x5D, 0x11, 0x1F, 0x64, 0x6C, 0x42, 0x4E, 0x76, 0x7A, 0x21, 0x2F, 0x75, 0x7B,
      0x31, 0x3F, 0x63, 0x6D, 0x52, 0x5E, 0x00, 0x74, 0x7C, 0x41, 0x4F, 0x10, 0x20, 0x62, 0x6E,
      0x30, 0x73, 0x7D, 0x51, 0x5F, 0x40, 0x72, 0x7E, 0x61, 0x6F, 0x50, 0x71, 0x7F, 0x60, 0x70};
  if (distance > NEAR_PLACES) return distance - NEAR_PLACES;
  int32_t place = near_places[distance - 1];
  int32_t back = (place >> 4) * (int32_t)width + 8 - (place & 0xF);
  return back > 0 ? (size_t)back : 1;
}

static inline void put(vp8l_image *image, size_t position, uint32_t pixel) {
  image->pixels[position & image->mask] = pixel;
  if (image->cache) image->cache[pixel * 0x1E35A7BDU >> (32 - image->cache_bits)] = pixel;
}

/// The rest of a pixel that begins with its green.
static inline uint32_t literal(vp8l_bits *bits, const vp8l_group *group, uint32_t green) {
  uint32_t red = codec_vp8l_symbol(bits, &group->codes[VP8L_RED]);
  uint32_t blue = codec_vp8l_symbol(bits, &group->codes[VP8L_BLUE]);
  const vp8l_code *alphas = &group->codes[VP8L_ALPHA];
  uint32_t alpha = alphas->entries[0].value;
  // Nearly always there is one, which takes no bits.
  if (alphas->mask > 0) {
    codec_vp8l_refill(bits);
    alpha = codec_vp8l_symbol(bits, alphas);
  }
  return alpha << 24 | red << 16 | green << 8 | blue;
}

/// Repeats earlier pixels; returns how many, or 0 where there are not so many, or too many.
static size_t repeat(
    vp8l_image *image, vp8l_bits *bits, const vp8l_group *group, uint32_t code, size_t position) {
  size_t length = value_of(bits, code);
  codec_vp8l_refill(bits);
  uint32_t distance = value_of(bits, codec_vp8l_symbol(bits, &group->codes[VP8L_DISTANCE]));
  size_t back = pixels_back(distance, image->width);
  size_t end = (size_t)image->width * image->height;
  if (back > position || length > end - position) return 0;
  for (size_t at = position; at < position + length; at++) {
    put(image, at, image->pixels[(at - back) & image->mask]);
  }
  return length;
}

static inline const vp8l_group *group_at(const vp8l_image *image, uint32_t x, uint32_t y) {
  if (!image->blocks) return image->groups;
  size_t stride = codec_vp8l_blocks(image->width, image->block_bits);
  return image->groups
      + image->blocks[(y >> image->block_bits) * stride + (x >> image->block_bits)];
}

/// Decodes pixels from the one at `position` on, to the end of a block or behind some that are
/// repeated; returns the position behind them, or 0 for what is damaged.
static size_t decode_run(
    vp8l_image *image, vp8l_bits *shared, const vp8l_group *group, size_t position, size_t end) {
  // In registers, since nobody else knows of them.
  vp8l_bits bits = *shared;
  for (; position < end; position++) {
    codec_vp8l_refill(&bits);
    uint32_t symbol = codec_vp8l_symbol(&bits, &group->codes[VP8L_GREEN]);
    if (symbol < LITERALS) {
      put(image, position, literal(&bits, group, symbol));
    } else if (symbol < LITERALS + LENGTH_CODES) {
      vp8l_bits copy = bits;
      size_t length = repeat(image, &copy, group, symbol - LITERALS, position);
      bits = copy;
      position = length > 0 ? position + length : 0;
      break;
    } else {
      put(image, position, image->cache[symbol - LITERALS - LENGTH_CODES]);
    }
  }
  *shared = bits;
  return position;
}

static codec_status decode_pixels(vp8l_image *image, vp8l_bits *bits) {
  size_t end = (size_t)image->width * image->height, row_start = 0;
  uint32_t y = 0, side = image->blocks ? 1U << image->block_bits : image->width;
  for (size_t position = 0; position < end;) {
    uint32_t x = (uint32_t)(position - row_start);
    uint32_t stop = image->blocks ? (x & ~(side - 1)) + side : side;
    if (stop > image->width) stop = image->width;
    position = decode_run(image, bits, group_at(image, x, y), position, row_start + stop);
    if (codec_vp8l_is_over(bits)) return bits->status;
    if (position == 0) return CODEC_DAMAGED;
    for (; position - row_start >= image->width; y++, row_start += image->width) {
      if (image->owner) take_row(image->owner, image, y);
    }
  }
  return CODEC_OK;
}

static codec_status read_cache(vp8l_image *image, vp8l_bits *bits) {
  if (!codec_vp8l_read(bits, 1)) return CODEC_OK;
  image->cache_bits = codec_vp8l_read(bits, 4);
  if (image->cache_bits < 1 || image->cache_bits > MAXIMUM_CACHE_BITS) return CODEC_DAMAGED;
  image->cache = calloc((size_t)1 << image->cache_bits, sizeof *image->cache);
  return image->cache ? CODEC_OK : CODEC_NO_MEMORY;
}

static codec_status read_groups(vp8l_image *image, vp8l_bits *bits, uint32_t count) {
  image->groups = calloc(count, sizeof *image->groups);
  if (!image->groups) return CODEC_NO_MEMORY;
  image->group_count = count;
  uint32_t cached = image->cache ? 1U << image->cache_bits : 0;
  const uint32_t symbols[VP8L_CODES] = {
      LITERALS + LENGTH_CODES + cached, LITERALS, LITERALS, LITERALS, DISTANCE_CODES};
  codec_status status = CODEC_OK;
  for (uint32_t index = 0; index < count * VP8L_CODES && status == CODEC_OK; index++) {
    uint32_t code = index % VP8L_CODES;
    status = codec_vp8l_read_code(
        bits, symbols[code], &image->groups[index / VP8L_CODES].codes[code]);
  }
  return status;
}

/// Reads a table that is coded as an image; `*pixels` is to be freed.
static codec_status read_table(
    vp8l_bits *bits, uint32_t width, uint32_t height, size_t room, uint32_t **pixels) {
  size_t count = (size_t)width * height;
  vp8l_image image = {.width = width, .height = height, .mask = SIZE_MAX};
  image.pixels = calloc(room > count ? room : count, sizeof *image.pixels);
  codec_status status = image.pixels ? read_cache(&image, bits) : CODEC_NO_MEMORY;
  if (status == CODEC_OK) status = read_groups(&image, bits, 1);
  if (status == CODEC_OK) status = decode_pixels(&image, bits);
  if (status == CODEC_OK) {
    *pixels = image.pixels;
    image.pixels = NULL;
  }
  close_image(&image);
  return status;
}

/// Reads which block of the picture has which group; returns how many groups there are.
static codec_status read_blocks(vp8l_image *image, vp8l_bits *bits, uint32_t *group_count) {
  *group_count = 1;
  if (!codec_vp8l_read(bits, 1)) return CODEC_OK;
  image->block_bits = codec_vp8l_read(bits, 3) + 2;
  uint32_t width = codec_vp8l_blocks(image->width, image->block_bits);
  uint32_t height = codec_vp8l_blocks(image->height, image->block_bits);
  codec_status status = read_table(bits, width, height, 0, &image->blocks);
  if (status != CODEC_OK) return status;
  for (size_t index = 0; index < (size_t)width * height; index++) {
    image->blocks[index] = image->blocks[index] >> 8 & 0xFFFF;
    if (image->blocks[index] >= *group_count) *group_count = image->blocks[index] + 1;
  }
  return CODEC_OK;
}

/// Reads the table of colours, each told by its difference from the one before.
static codec_status read_colours(vp8l_transform *transform, vp8l_bits *bits) {
  uint32_t count = codec_vp8l_read(bits, 8) + 1;
  transform->bits = count <= 2 ? 3 : count <= 4 ? 2 : count <= 16 ? 1 : 0;
  codec_status status = read_table(bits, count, 1, 256, &transform->pixels);
  if (status != CODEC_OK) return status;
  uint8_t *bytes = (uint8_t *)transform->pixels;
  for (size_t index = 4; index < count * (size_t)4; index++) bytes[index] += bytes[index - 4];
  return CODEC_OK;
}

/// Reads a transform; `width` is that of the rows, before and after.
static codec_status read_transform(
    vp8l_transform *transform, vp8l_bits *bits, uint32_t *width, uint32_t height) {
  transform->kind = codec_vp8l_read(bits, 2);
  transform->width = *width;
  if (transform->kind == VP8L_SUBTRACT_GREEN) return CODEC_OK;
  if (transform->kind == VP8L_INDEXING) {
    codec_status status = read_colours(transform, bits);
    *width = codec_vp8l_blocks(*width, transform->bits);
    return status;
  }
  transform->bits = codec_vp8l_read(bits, 3) + 2;
  if (transform->kind == VP8L_PREDICTOR) {
    transform->above = calloc((size_t)*width + 1, sizeof *transform->above);
    if (!transform->above) return CODEC_NO_MEMORY;
  }
  return read_table(
      bits, codec_vp8l_blocks(*width, transform->bits),
      codec_vp8l_blocks(height, transform->bits), 0, &transform->pixels);
}

static codec_status read_transforms(vp8l_job *job, uint32_t *width) {
  uint32_t seen = 0;
  while (codec_vp8l_read(&job->bits, 1)) {
    // Each may be there once.
    if (job->transform_count == TRANSFORMS) return CODEC_DAMAGED;
    vp8l_transform *transform = &job->transforms[job->transform_count++];
    codec_status status =
        read_transform(transform, &job->bits, width, job->canvas->source_height);
    if (status != CODEC_OK) return status;
    if (seen >> transform->kind & 1) return CODEC_DAMAGED;
    seen |= 1U << transform->kind;
  }
  return codec_vp8l_is_over(&job->bits) ? job->bits.status : CODEC_OK;
}

static codec_status read_header(vp8l_job *job) {
  uint32_t signature = codec_vp8l_read(&job->bits, 8);
  uint32_t width = codec_vp8l_read(&job->bits, 14) + 1;
  uint32_t height = codec_vp8l_read(&job->bits, 14) + 1;
  // Whether there is alpha is a hint.
  codec_vp8l_read(&job->bits, 1);
  uint32_t version = codec_vp8l_read(&job->bits, 3);
  if (codec_vp8l_is_over(&job->bits)) return job->bits.status;
  if (signature != SIGNATURE || version != 0) return CODEC_DAMAGED;
  return width == job->canvas->source_width && height == job->canvas->source_height
      ? CODEC_OK : CODEC_UNSUPPORTED;
}

static codec_status open_rows(vp8l_job *job) {
  const codec_canvas *canvas = job->canvas;
  job->row = malloc((size_t)canvas->source_width * sizeof *job->row);
  job->bytes = malloc((size_t)canvas->source_width * canvas->channels);
  if (!job->row || !job->bytes) return CODEC_NO_MEMORY;
  return codec_reducer_open(
      &job->reducer, canvas, canvas->source_width, canvas->source_height);
}

static codec_status decode_picture(vp8l_job *job, vp8l_image *image) {
  uint32_t group_count;
  codec_status status = read_cache(image, &job->bits);
  if (status == CODEC_OK) status = read_blocks(image, &job->bits, &group_count);
  if (status == CODEC_OK) status = read_groups(image, &job->bits, group_count);
  if (status != CODEC_OK) return status;
  size_t count = 1;
  while (count < WINDOW && count < (size_t)image->width * image->height) count *= 2;
  image->pixels = malloc(count * sizeof *image->pixels);
  image->mask = count - 1;
  return image->pixels ? decode_pixels(image, &job->bits) : CODEC_NO_MEMORY;
}

codec_status codec_decode_vp8l(
    const codec_input *input, size_t offset, size_t count, const codec_canvas *canvas) {
  vp8l_job *job = calloc(1, sizeof *job);
  if (!job) return CODEC_NO_MEMORY;
  job->canvas = canvas;
  vp8l_image image = {
      .width = canvas->source_width, .height = canvas->source_height, .owner = job};
  codec_stream_open(&job->stream, input);
  job->stream.offset = offset;
  codec_vp8l_open_bits(&job->bits, &job->stream, count);
  codec_status status = read_header(job);
  if (status == CODEC_OK) status = open_rows(job);
  if (status == CODEC_OK) status = read_transforms(job, &image.width);
  if (status == CODEC_OK) status = decode_picture(job, &image);
  close_image(&image);
  for (uint32_t index = 0; index < job->transform_count; index++) {
    free(job->transforms[index].pixels);
    free(job->transforms[index].above);
  }
  codec_reducer_close(&job->reducer);
  free(job->bytes);
  free(job->row);
  free(job);
  return status;
}

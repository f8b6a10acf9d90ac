// Windows bitmaps (BITMAPINFOHEADER and its like), uncompressed or run-length encoded.

#include <stdlib.h>
#include <string.h>

#include "reducer.h"
#include "stream.h"

enum { RGB_PLAIN, RLE8, RLE4, BIT_FIELDS, ALPHA_BIT_FIELDS = 6 };

typedef struct bmp_header {
  uint32_t width;
  uint32_t height;
  bool is_top_down;
  uint32_t bits;
  uint32_t compression;
  /// Of the pixels, within the file.
  uint32_t offset;
  /// Red, green, blue and alpha within a pixel of 16 or 32 bits.
  uint32_t masks[4];
  /// Blue, green, red, and a byte that says nothing.
  uint8_t palette[256][4];
} bmp_header;

static uint32_t little(const uint8_t *bytes, int count) {
  uint32_t value = 0;
  for (int index = count - 1; index >= 0; index--) value = value << 8 | bytes[index];
  return value;
}

static void read_masks(bmp_header *header, const uint8_t *bytes, uint32_t length) {
  static const uint32_t of_16[] = {0x7C00, 0x3E0, 0x1F, 0};
  static const uint32_t of_32[] = {0xFF0000, 0xFF00, 0xFF, 0};
  memcpy(header->masks, header->bits == 16 ? of_16 : of_32, sizeof header->masks);
  if (header->compression != BIT_FIELDS && header->compression != ALPHA_BIT_FIELDS) return;
  bool has_alpha = length >= 56 || header->compression == ALPHA_BIT_FIELDS;
  for (int index = 0; index < (has_alpha ? 4 : 3); index++) {
    header->masks[index] = little(bytes + 54 + 4 * index, 4);
  }
}

/// `bytes` are the first 138 of the file, or zeros behind its end.
static codec_status read_header(
    const codec_input *input, const uint8_t *bytes, bmp_header *header) {
  uint32_t length = little(bytes + 14, 4), colours = 0;
  header->offset = little(bytes + 10, 4);
  if (length == 12) {
    header->width = little(bytes + 18, 2);
    header->height = little(bytes + 20, 2);
    header->bits = little(bytes + 24, 2);
  } else if (length >= 40) {
    int32_t height = (int32_t)little(bytes + 22, 4);
    header->width = little(bytes + 18, 4);
    header->is_top_down = height < 0;
    header->height = height < 0 ? 0U - (uint32_t)height : (uint32_t)height;
    header->bits = little(bytes + 28, 2);
    header->compression = little(bytes + 30, 4);
    colours = little(bytes + 46, 4);
  } else {
    return CODEC_UNSUPPORTED;
  }
  read_masks(header, bytes, length);
  if (header->bits > 8) return CODEC_OK;
  uint32_t most = 1U << header->bits, size = length == 12 ? 3 : 4;
  if (colours == 0 || colours > most) colours = most;
  uint8_t table[256 * 4] = {0};
  size_t got;
  bool has_masks = length == 40 && header->compression == BIT_FIELDS;
  codec_status status = codec_input_copy(
      input, 14 + length + (has_masks ? 12 : 0), table, (size_t)colours * size, &got);
  for (uint32_t index = 0; index < colours; index++) {
    memcpy(header->palette[index], table + index * size, 3);
  }
  return status;
}

static uint8_t field(uint32_t pixel, uint32_t mask) {
  if (mask == 0) return 255;
  uint32_t lowest = mask & (0U - mask);
  uint64_t value = (pixel & mask) / lowest, most = mask / lowest;
  return (uint8_t)((value * 255 + most / 2) / most);
}

static void write_index(
    const bmp_header *header, uint32_t index, uint8_t *pixel, uint32_t channels) {
  const uint8_t *colour = header->palette[index & 255];
  pixel[0] = colour[2];
  pixel[1] = colour[1];
  pixel[2] = colour[0];
  if (channels == 4) pixel[3] = 255;
}

static void write_pixel(
    const bmp_header *header, const uint8_t *row, uint32_t x, uint8_t *pixel, uint32_t channels) {
  if (header->bits <= 8) {
    uint32_t per_byte = 8 / header->bits, shift = 8 - header->bits * (x % per_byte + 1);
    uint32_t index = row[x / per_byte] >> shift & ((1U << header->bits) - 1);
    write_index(header, index, pixel, channels);
    return;
  }
  if (header->bits == 24) {
    const uint8_t *colour = row + (size_t)x * 3;
    pixel[0] = colour[2];
    pixel[1] = colour[1];
    pixel[2] = colour[0];
    if (channels == 4) pixel[3] = 255;
    return;
  }
  uint32_t size = header->bits / 8, value = little(row + (size_t)x * size, (int)size);
  for (uint32_t channel = 0; channel < channels; channel++) {
    pixel[channel] = field(value, header->masks[channel]);
  }
}

static codec_status read_plain(
    const codec_input *input, const bmp_header *header, const codec_canvas *canvas,
    codec_reducer *reducer, uint8_t *row) {
  size_t stride = ((size_t)header->width * header->bits + 31) / 32 * 4, got = 0;
  uint8_t *stored = calloc(1, stride);
  if (!stored) return CODEC_NO_MEMORY;
  codec_status status = CODEC_OK;
  for (uint32_t y = 0; y < header->height && status == CODEC_OK; y++) {
    uint32_t line = header->is_top_down ? y : header->height - 1 - y;
    status = codec_input_copy(input, header->offset + line * stride, stored, stride, &got);
    // The padding of the last row is missing in some files.
    if (status == CODEC_OK && got < ((size_t)header->width * header->bits + 7) / 8) {
      status = CODEC_TRUNCATED;
    }
    for (uint32_t x = 0; x < header->width; x++) {
      write_pixel(header, stored, x, row + (size_t)x * canvas->channels, canvas->channels);
    }
    codec_reducer_take(reducer, row);
  }
  free(stored);
  return status;
}

typedef struct run_state {
  codec_stream stream;
  uint8_t *indices;
  uint32_t x;
  uint32_t y;
} run_state;

static void put(run_state *state, const bmp_header *header, uint8_t index) {
  if (state->x < header->width && state->y < header->height) {
    state->indices[(size_t)state->y * header->width + state->x] = index;
  }
  if (state->x < header->width) state->x++;
}

static void put_pair(run_state *state, const bmp_header *header, uint8_t byte, uint32_t place) {
  uint8_t nibble = place % 2 == 0 ? byte >> 4 : byte & 15;
  put(state, header, header->compression == RLE8 ? byte : nibble);
}

static codec_status read_literals(run_state *state, const bmp_header *header, uint32_t count) {
  uint32_t size = header->compression == RLE8 ? count : (count + 1) / 2;
  uint8_t bytes[256];
  codec_status status = codec_stream_read(&state->stream, bytes, size + size % 2);
  for (uint32_t index = 0; status == CODEC_OK && index < count; index++) {
    put_pair(state, header, bytes[header->compression == RLE8 ? index : index / 2], index);
  }
  return status;
}

/// Fills the indices; rows are counted from the bottom.
static codec_status read_runs(run_state *state, const bmp_header *header) {
  uint8_t pair[2];
  while (state->y < header->height) {
    codec_status status = codec_stream_read(&state->stream, pair, 2);
    if (status != CODEC_OK) return status;
    if (pair[0] > 0) {
      for (uint32_t index = 0; index < pair[0]; index++) put_pair(state, header, pair[1], index);
    } else if (pair[1] == 0) {
      state->x = 0;
      state->y++;
    } else if (pair[1] == 1) {
      return CODEC_OK;
    } else if (pair[1] == 2) {
      status = codec_stream_read(&state->stream, pair, 2);
      if (status != CODEC_OK) return status;
      state->x += pair[0];
      state->y += pair[1];
    } else {
      status = read_literals(state, header, pair[1]);
      if (status != CODEC_OK) return status;
    }
  }
  return CODEC_OK;
}

static codec_status read_encoded(
    const codec_input *input, const bmp_header *header, const codec_canvas *canvas,
    codec_reducer *reducer, uint8_t *row) {
  run_state *state = calloc(1, sizeof *state);
  if (state) state->indices = calloc(header->width, header->height);
  codec_status status = state && state->indices ? CODEC_OK : CODEC_NO_MEMORY;
  if (status == CODEC_OK) {
    codec_stream_open(&state->stream, input);
    state->stream.offset = header->offset;
    status = read_runs(state, header);
  }
  for (uint32_t y = header->height; status == CODEC_OK && y-- > 0;) {
    const uint8_t *line = state->indices + (size_t)y * header->width;
    for (uint32_t x = 0; x < header->width; x++) {
      write_index(header, line[x], row + (size_t)x * canvas->channels, canvas->channels);
    }
    codec_reducer_take(reducer, row);
  }
  if (state) free(state->indices);
  free(state);
  return status;
}

static bool is_known(const bmp_header *header) {
  switch (header->compression) {
    case RGB_PLAIN:
      return header->bits == 1 || header->bits == 4 || header->bits == 8 || header->bits == 16
          || header->bits == 24 || header->bits == 32;
    case RLE8: return header->bits == 8 && !header->is_top_down;
    case RLE4: return header->bits == 4 && !header->is_top_down;
    case BIT_FIELDS:
    case ALPHA_BIT_FIELDS: return header->bits == 16 || header->bits == 32;
    default: return false;
  }
}

codec_status codec_decode_bmp(const codec_input *input, const codec_canvas *canvas) {
  uint8_t bytes[138] = {0};
  size_t got;
  codec_status status = codec_input_copy(input, 0, bytes, sizeof bytes, &got);
  bmp_header header = {0};
  if (status == CODEC_OK) status = read_header(input, bytes, &header);
  if (status != CODEC_OK) return status;
  if (!is_known(&header) || canvas->channels < 3 || header.width != canvas->source_width
      || header.height != canvas->source_height) {
    return CODEC_UNSUPPORTED;
  }
  uint8_t *row = malloc((size_t)header.width * canvas->channels);
  codec_reducer reducer = {0};
  status = row ? codec_reducer_open(&reducer, canvas, header.width, header.height)
               : CODEC_NO_MEMORY;
  bool is_encoded = header.compression == RLE8 || header.compression == RLE4;
  if (status == CODEC_OK) {
    status = (is_encoded ? read_encoded : read_plain)(input, &header, canvas, &reducer, row);
  }
  codec_reducer_close(&reducer);
  free(row);
  return status;
}

#include "samples.h"

#include <string.h>

static uint8_t unmultiplied(uint8_t value, uint8_t alpha) {
  uint32_t light = (value * 255U + alpha / 2U) / alpha;
  return (uint8_t)(light < 255 ? light : 255);
}

void codec_unmultiply(uint8_t *row, uint32_t width) {
  for (uint8_t *pixel = row; pixel < row + (size_t)width * 4; pixel += 4) {
    if (pixel[3] == 0) continue;
    for (int channel = 0; channel < 3; channel++) {
      pixel[channel] = unmultiplied(pixel[channel], pixel[3]);
    }
  }
}

void codec_convert_inks(uint8_t *row, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    uint32_t key = row[x * 4 + 3];
    for (uint32_t channel = 0; channel < 3; channel++) {
      row[x * 3 + channel] = (uint8_t)((row[x * 4 + channel] * key + 127) / 255);
    }
  }
}

void codec_shorten(uint8_t *row, size_t count) {
  for (size_t index = 0; index < count; index++) {
    uint16_t sample;
    memcpy(&sample, row + index * 2, 2);
    row[index] = (uint8_t)((sample * 255U + 32767) / 65535);
  }
}

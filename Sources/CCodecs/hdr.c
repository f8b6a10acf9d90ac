#include "hdr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 4096 };

struct codec_hdr {
  bool is_hlg;
  uint32_t channels;
  /// To the primaries of BT.709, in linear light.
  const float *matrix;
  /// Linear light at samples an even step apart: of PQ with 1 for diffuse white, of HLG the scene's. What
  /// lies between is interpolated; the last one stands twice.
  float linear[LEVELS + 1];
  /// Of HLG: what the display makes of the scene's luminance, by its square root.
  float gain[LEVELS];
  /// sRGB of linear light, by its square root, which spaces dark levels like the eye does.
  uint8_t encoded[LEVELS];
};

/// Recommendation ITU-R BT.2087, annex 2, and the same for Display P3.
static const float from_bt2020[] = {
    1.6605F, -0.5876F, -0.0728F, -0.1246F, 1.1329F, -0.0083F, -0.0182F, -0.1006F, 1.1187F};
static const float from_p3[] = {
    1.2249F, -0.2247F, 0, -0.0420F, 1.0419F, 0, -0.0197F, -0.0786F, 1.0979F};
static const float identity[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};

static const double diffuse_white = 203, hlg_peak = 1000;

/// BT.2100 table 4: cd/m² of a sample.
static double pq(double value) {
  const double m1 = 2610.0 / 16384, m2 = 2523.0 / 32, c1 = 3424.0 / 4096, c2 = 2413.0 / 128,
               c3 = 2392.0 / 128;
  double power = pow(value, 1 / m2);
  return 10000 * pow(fmax(power - c1, 0) / (c2 - c3 * power), 1 / m1);
}

/// BT.2100 table 5: the scene's light of a sample.
static double hlg(double value) {
  const double a = 0.17883277, b = 0.28466892, c = 0.55991073;
  return value <= 0.5 ? value * value / 3 : (exp((value - c) / a) + b) / 12;
}

static double srgb(double linear) {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

static void fill(codec_hdr *hdr) {
  for (int level = 0; level < LEVELS; level++) {
    double value = level / (LEVELS - 1.0);
    hdr->linear[level] = (float)(hdr->is_hlg ? hlg(value) : pq(value) / diffuse_white);
    // The system gamma of 1.2 holds for a peak of 1000 cd/m² (BT.2100 note 5f).
    hdr->gain[level] = (float)(pow(value * value, 0.2) * hlg_peak / diffuse_white);
    hdr->encoded[level] = (uint8_t)lround(255 * srgb(value * value));
  }
  hdr->linear[LEVELS] = hdr->linear[LEVELS - 1];
}

codec_hdr *codec_hdr_make(bool is_hlg, uint8_t primaries, uint32_t channels) {
  codec_hdr *hdr = calloc(1, sizeof *hdr);
  if (!hdr) return NULL;
  hdr->is_hlg = is_hlg;
  hdr->channels = channels;
  hdr->matrix = primaries == 9 ? from_bt2020 : primaries == 11 || primaries == 12 ? from_p3 : identity;
  fill(hdr);
  return hdr;
}

static int level_of(float light) {
  float root = sqrtf(light < 0 ? 0 : light > 1 ? 1 : light);
  return (int)(root * (LEVELS - 1) + 0.5F);
}

static float light_of(const codec_hdr *hdr, uint16_t sample) {
  float place = (float)sample * ((LEVELS - 1) / 65535.0F);
  int level = (int)place;
  float low = hdr->linear[level], high = hdr->linear[level + 1];
  return low + (high - low) * (place - (float)level);
}

static void convert_pixel(const codec_hdr *hdr, const uint16_t *sample, uint8_t *output) {
  float light[3];
  for (int channel = 0; channel < 3; channel++) {
    light[channel] = light_of(hdr, sample[hdr->channels == 1 ? 0 : channel]);
  }
  if (hdr->is_hlg) {
    float luminance = 0.2627F * light[0] + 0.6780F * light[1] + 0.0593F * light[2];
    float gain = hdr->gain[level_of(luminance)];
    for (int channel = 0; channel < 3; channel++) light[channel] *= gain;
  }
  for (int row = 0; row < (hdr->channels == 1 ? 1 : 3); row++) {
    const float *weights = hdr->matrix + row * 3;
    float mixed = weights[0] * light[0] + weights[1] * light[1] + weights[2] * light[2];
    output[row] = hdr->encoded[level_of(mixed)];
  }
  if (hdr->channels == 4) output[3] = (uint8_t)((sample[3] * 255U + 32767) / 65535);
}

void codec_hdr_convert(const codec_hdr *hdr, const uint16_t *input, uint8_t *output, size_t count) {
  for (size_t pixel = 0; pixel < count; pixel++) {
    convert_pixel(hdr, input + pixel * hdr->channels, output + pixel * hdr->channels);
  }
}

void codec_hdr_free(codec_hdr *hdr) { free(hdr); }

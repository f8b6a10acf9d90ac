// The loops are plain C, built for the oldest machine and for those with AVX2; the loader of programs
// chooses (docs/decisions/0221).
#include "CVectors.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#define FOR_EACH_MACHINE __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_MACHINE
#endif

// So many sums side by side: floats are not added in another order by the compiler itself.
enum { lanes = 16 };

FOR_EACH_MACHINE
float cvectors_dot(const float *left, const float *right, size_t count) {
  float sums[lanes] = {0};
  size_t whole = count - count % lanes;
  for (size_t i = 0; i < whole; i += lanes)
    for (size_t lane = 0; lane < lanes; lane++) sums[lane] += left[i + lane] * right[i + lane];
  float sum = 0;
  for (size_t lane = 0; lane < lanes; lane++) sum += sums[lane];
  for (size_t i = whole; i < count; i++) sum += left[i] * right[i];
  return sum;
}

FOR_EACH_MACHINE
int cvectors_usable(const float *values, size_t count) {
  uint32_t any = 0, broken = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, values + i, 4);
    any |= bits & 0x7FFFFFFF;
    // Infinities and what is no number have all bits of the exponent set.
    broken |= (bits & 0x7F800000) == 0x7F800000;
  }
  return any != 0 && !broken;
}

FOR_EACH_MACHINE
void cvectors_normalise(const float *values, size_t count, float *result) {
  // By the largest number first: squares of very small and very large ones are no floats.
  uint32_t most = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, values + i, 4);
    // Magnitudes are ordered as their bits are.
    bits &= 0x7FFFFFFF;
    if (bits > most) most = bits;
  }
  float largest;
  memcpy(&largest, &most, 4);
  for (size_t i = 0; i < count; i++) result[i] = values[i] / largest;
  float length = sqrtf(cvectors_dot(result, result, count));
  for (size_t i = 0; i < count; i++) result[i] /= length;
}

static int is_blank(uint8_t byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static int is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

static int is_letter(uint8_t byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; }

// One number, to the precision of a float; moves `place` behind it. Nothing of the locale is asked, which
// may write a comma for the point.
static float read_number(const uint8_t *text, size_t length, size_t *place) {
  size_t i = *place;
  int is_negative = i < length && text[i] == '-';
  if (is_negative) i++;
  uint64_t digits = 0;
  int exponent = 0, is_fraction = 0;
  for (; i < length && (is_digit(text[i]) || (text[i] == '.' && !is_fraction)); i++) {
    if (text[i] == '.') {
      is_fraction = 1;
    } else if (digits < 100000000000000000u) {
      digits = digits * 10 + (text[i] - '0');
      exponent -= is_fraction;
    } else {
      exponent += !is_fraction;
    }
  }
  if (i < length && (text[i] | 0x20) == 'e') {
    int sign = 1, power = 0;
    i++;
    if (i < length && (text[i] == '-' || text[i] == '+')) sign = text[i++] == '-' ? -1 : 1;
    for (; i < length && is_digit(text[i]); i++)
      if (power < 10000) power = power * 10 + (text[i] - '0');
    exponent += sign * power;
  }
  *place = i;
  static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  double value = (double)digits;
  int size = exponent < 0 ? -exponent : exponent;
  double scale = size <= 22 ? tens[size] : pow(10, size);
  value = exponent < 0 ? value / scale : value * scale;
  return (float)(is_negative ? -value : value);
}

ptrdiff_t cvectors_read_numbers(
    const uint8_t *text, size_t length, float *numbers, size_t most, size_t *end) {
  size_t i = 0, count = 0;
  for (;;) {
    while (i < length && is_blank(text[i])) i++;
    if (i == length || count == most) return -1;
    size_t start = i;
    int has_sign = text[i] == '-';
    if (i + has_sign < length && is_letter(text[i + has_sign])) {
      i += (size_t)has_sign;
      while (i < length && is_letter(text[i])) i++;
      numbers[count++] = NAN;
    } else {
      numbers[count++] = read_number(text, length, &i);
      if (i == start + (size_t)has_sign) return -1;
    }
    while (i < length && is_blank(text[i])) i++;
    if (i == length) return -1;
    if (text[i] == ']') {
      *end = i + 1;
      return (ptrdiff_t)count;
    }
    if (text[i++] != ',') return -1;
  }
}

// What each letter of base64 says; the highest bit where it says nothing.
static const uint8_t meanings[256] = {
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 62, 128, 128, 128, 63,
  52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 128, 128, 128, 128, 128, 128,
  128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
  15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 128, 128, 128, 128, 128,
  128, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
  41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
};

ptrdiff_t cvectors_read_base64(const uint8_t *letters, size_t count, uint8_t *bytes) {
  while (count > 0 && letters[count - 1] == '=') count--;
  size_t whole = count / 4 * 4, rest = count % 4;
  if (rest == 1) return -1;
  uint8_t *end = bytes;
  uint8_t wrong = 0;
  for (size_t i = 0; i < whole; i += 4) {
    uint8_t a = meanings[letters[i]], b = meanings[letters[i + 1]];
    uint8_t c = meanings[letters[i + 2]], d = meanings[letters[i + 3]];
    wrong |= a | b | c | d;
    *end++ = (uint8_t)(a << 2 | b >> 4);
    *end++ = (uint8_t)(b << 4 | c >> 2);
    *end++ = (uint8_t)(c << 6 | d);
  }
  if (rest > 0) {
    uint8_t a = meanings[letters[whole]], b = meanings[letters[whole + 1]];
    uint8_t c = rest == 3 ? meanings[letters[whole + 2]] : 0;
    wrong |= a | b | c;
    *end++ = (uint8_t)(a << 2 | b >> 4);
    if (rest == 3) *end++ = (uint8_t)(b << 4 | c >> 2);
  }
  return wrong & 0x80 ? -1 : end - bytes;
}

FOR_EACH_MACHINE
float cvectors_encode(const float *values, size_t count, float largest, int8_t *codes) {
  float step = largest / 127;
  double lost = 0;
  for (size_t i = 0; i < count; i++) {
    // Either neighbour of a number half way is as good, and rint is one instruction.
    float rounded = rintf(values[i] / step);
    if (rounded > 127) rounded = 127;
    if (rounded < -127) rounded = -127;
    codes[i] = (int8_t)rounded;
    double difference = (double)values[i] - (double)rounded * step;
    lost += difference * difference;
  }
  return (float)sqrt(lost);
}

FOR_EACH_MACHINE
void cvectors_multiply(
    const int8_t *codes, size_t rows, size_t count, const int16_t *query, int32_t *sums) {
  for (size_t row = 0; row < rows; row++) {
    const int8_t *code = codes + row * count;
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += (int32_t)((int16_t)code[i]) * (int32_t)query[i];
    sums[row] = sum;
  }
}

// The loops are plain C, built for the oldest machine and for those with AVX2; the loader of programs
// chooses (docs/decisions/0221).
#include "CVectors.h"

#include <math.h>

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

float cvectors_encode(const float *values, size_t count, float largest, int8_t *codes) {
  float step = largest / 127;
  double lost = 0;
  for (size_t i = 0; i < count; i++) {
    float rounded = roundf(values[i] / step);
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

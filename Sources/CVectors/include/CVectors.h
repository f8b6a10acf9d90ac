// Sums over vectors, in loops that the compiler turns into wide instructions (docs/decisions/0221).
#ifndef CVECTORS_H
#define CVECTORS_H

#include <stddef.h>
#include <stdint.h>

/// The sum of the products of two vectors of `count` numbers.
float cvectors_dot(const float *_Nonnull left, const float *_Nonnull right, size_t count);

/// Divides `count` numbers by `largest` / 127 and rounds them to `codes`; `largest` is the largest
/// magnitude among them and above 0. Returns the length of what the rounding took away.
float cvectors_encode(
    const float *_Nonnull values, size_t count, float largest, int8_t *_Nonnull codes);

/// Multiplies each of `rows` rows of `count` codes with `query` and writes the sums.
///
/// No sum overflows where the magnitudes in `query` are at most 2³¹ / (128 × `count`).
void cvectors_multiply(
    const int8_t *_Nonnull codes, size_t rows, size_t count, const int16_t *_Nonnull query,
    int32_t *_Nonnull sums);

#endif

// Sums over vectors, in loops that the compiler turns into wide instructions (docs/decisions/0221).
#ifndef CVECTORS_H
#define CVECTORS_H

#include <stddef.h>
#include <stdint.h>

/// The sum of the products of two vectors of `count` numbers.
float cvectors_dot(const float *_Nonnull left, const float *_Nonnull right, size_t count);

/// Whether all of `count` numbers are finite, and one of them is not 0.
int cvectors_usable(const float *_Nonnull values, size_t count);

/// Writes the vector of length 1 in the direction of `values`, which are usable.
void cvectors_normalise(const float *_Nonnull values, size_t count, float *_Nonnull result);

/// Reads `count` letters of base64 (RFC 4648 §4), with or without their padding, into `bytes`, which has
/// room for 3 bytes to each 4 letters that are begun. Returns how many bytes they say; -1 where a letter
/// is of no such text.
ptrdiff_t cvectors_read_base64(
    const uint8_t *_Nonnull letters, size_t count, uint8_t *_Nonnull bytes);

/// Reads numbers of JSON (RFC 8259 §6) that commas part, up to the bracket that closes them, from `length`
/// bytes of text; words such as `NaN` and `null` are no finite numbers.
///
/// Returns how many there are, and in `end` the place behind the bracket; -1 where anything else stands
/// there, and where there are more than `most`.
ptrdiff_t cvectors_read_numbers(
    const uint8_t *_Nonnull text, size_t length, float *_Nonnull numbers, size_t most,
    size_t *_Nonnull end);

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

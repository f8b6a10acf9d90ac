// The filters of a PNG's rows, undone (PNG third edition, §9).

#ifndef CODEC_PNG_FILTERS_H
#define CODEC_PNG_FILTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How many bytes behind a row's end are read, and written.
enum { PNG_PADDING = 8 };

/// Makes a row of what its filter left of it and of the row above; `channels`, of 8 bits, are 1, 3 or
/// 4. All rows have padding. False where there is no such filter.
bool codec_png_undo_filter(
    uint8_t filter, const uint8_t *filtered, const uint8_t *above, uint8_t *row, size_t count,
    uint32_t channels);

#endif

// The rows of usual PNGs: 8 bits a sample, not interlaced, as they are stored.
//
// libpng reads all other kinds, and what stands before the rows (docs/decisions/0351).

#ifndef CODEC_PNG_ROWS_H
#define CODEC_PNG_ROWS_H

#include "reducer.h"
#include "stream.h"

/// Whether rows can be read here.
bool codec_png_can_read_rows(void);

/// Reads all rows, and the file to its end, from behind the header of the first chunk IDAT, which has
/// `count` bytes.
codec_status codec_png_read_rows(codec_stream *stream, size_t count, codec_reducer *reducer);

#endif

// Reading an input forwards, 64 KiB at a time.

#ifndef CODEC_STREAM_H
#define CODEC_STREAM_H

#include "CCodecs.h"

enum { CODEC_STREAM_CAPACITY = 65536 };

typedef struct codec_stream {
  const codec_input *input;
  /// Of the first byte that `buffer` does not hold yet.
  size_t offset;
  /// Of the next byte to give out, and of the end, within `buffer`.
  size_t next;
  size_t end;
  uint8_t buffer[CODEC_STREAM_CAPACITY];
} codec_stream;

void codec_stream_open(codec_stream *stream, const codec_input *input);
/// Refills the buffer; `CODEC_TRUNCATED` at the end of the input.
codec_status codec_stream_refill(codec_stream *stream);
/// Copies exactly `count` bytes out.
codec_status codec_stream_read(codec_stream *stream, uint8_t *bytes, size_t count);

/// Copies up to `count` bytes from `offset`; fewer only at the end of the input.
codec_status codec_input_copy(
    const codec_input *input, size_t offset, uint8_t *bytes, size_t count, size_t *copied);
/// The whole input in memory: its own bytes, or `*owned`, which the caller frees.
codec_status codec_input_whole(const codec_input *input, const uint8_t **bytes, uint8_t **owned);

#endif

#include "stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_cancelled(const codec_input *input) {
  return input->is_cancelled && input->is_cancelled(input->context);
}

codec_status codec_input_copy(
    const codec_input *input, size_t offset, uint8_t *bytes, size_t count, size_t *copied) {
  *copied = 0;
  if (is_cancelled(input)) return CODEC_CANCELLED;
  if (offset >= input->count) return CODEC_OK;
  if (count > input->count - offset) count = input->count - offset;
  if (input->descriptor < 0) {
    memcpy(bytes, input->bytes + offset, count);
    *copied = count;
    return CODEC_OK;
  }
  while (*copied < count) {
    ssize_t got = pread(
        input->descriptor, bytes + *copied, count - *copied, (off_t)(offset + *copied));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return CODEC_UNREADABLE;
    if (got == 0) break;
    *copied += (size_t)got;
  }
  return CODEC_OK;
}

void codec_stream_open(codec_stream *stream, const codec_input *input) {
  stream->input = input;
  stream->offset = stream->next = stream->end = 0;
}

codec_status codec_stream_refill(codec_stream *stream) {
  size_t got = 0;
  codec_status status =
      codec_input_copy(stream->input, stream->offset, stream->buffer, CODEC_STREAM_CAPACITY, &got);
  stream->offset += got;
  stream->next = 0;
  stream->end = got;
  if (status != CODEC_OK) return status;
  return got > 0 ? CODEC_OK : CODEC_TRUNCATED;
}

codec_status codec_stream_read(codec_stream *stream, uint8_t *bytes, size_t count) {
  while (count > 0) {
    if (stream->next == stream->end) {
      codec_status status = codec_stream_refill(stream);
      if (status != CODEC_OK) return status;
    }
    size_t step = stream->end - stream->next;
    if (step > count) step = count;
    memcpy(bytes, stream->buffer + stream->next, step);
    stream->next += step;
    bytes += step;
    count -= step;
  }
  return CODEC_OK;
}

codec_status codec_input_whole(const codec_input *input, const uint8_t **bytes, uint8_t **owned) {
  *owned = NULL;
  *bytes = input->bytes;
  if (is_cancelled(input)) return CODEC_CANCELLED;
  if (input->descriptor < 0) return CODEC_OK;
  *owned = malloc(input->count > 0 ? input->count : 1);
  if (!*owned) return CODEC_NO_MEMORY;
  *bytes = *owned;
  size_t got = 0;
  codec_status status = codec_input_copy(input, 0, *owned, input->count, &got);
  if (status != CODEC_OK) return status;
  return got == input->count ? CODEC_OK : CODEC_TRUNCATED;
}

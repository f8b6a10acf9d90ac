#include "vp8l_bits.h"

void codec_vp8l_open_bits(vp8l_bits *bits, codec_stream *stream, size_t count) {
  *bits = (vp8l_bits){
      .next = stream->buffer, .end = stream->buffer, .left = count, .status = CODEC_OK,
      .stream = stream};
}

static bool refill_buffer(vp8l_bits *bits) {
  if (bits->left == 0 || bits->status != CODEC_OK) return false;
  codec_status status = codec_stream_refill(bits->stream);
  if (status != CODEC_OK) {
    bits->left = 0;
    // The end of the file matters when its bits are needed.
    if (status != CODEC_TRUNCATED) bits->status = status;
    return false;
  }
  size_t count = bits->stream->end < bits->left ? bits->stream->end : bits->left;
  bits->next = bits->stream->buffer;
  bits->end = bits->next + count;
  bits->left -= count;
  return true;
}

void codec_vp8l_refill_slowly(vp8l_bits *bits) {
  while (bits->count < 56) {
    if (bits->next < bits->end || refill_buffer(bits)) {
      bits->value |= (uint64_t)*bits->next++ << bits->count;
    } else {
      bits->lacking += 8;
    }
    bits->count += 8;
  }
}

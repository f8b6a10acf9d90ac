// The Quite OK Image format (specification 1.0).

#include <stdlib.h>
#include <string.h>

#include "reducer.h"
#include "stream.h"

typedef struct qoi_job {
  codec_stream stream;
  uint8_t seen[64][4];
  uint8_t pixel[4];
  /// How often the pixel is still to be repeated.
  uint32_t run;
} qoi_job;

static void add_difference(uint8_t *pixel, int red, int green, int blue) {
  pixel[0] = (uint8_t)(pixel[0] + red);
  pixel[1] = (uint8_t)(pixel[1] + green);
  pixel[2] = (uint8_t)(pixel[2] + blue);
}

static codec_status next_pixel(qoi_job *job) {
  if (job->run > 0) {
    job->run--;
    return CODEC_OK;
  }
  uint8_t tag, second;
  codec_status status = codec_stream_read(&job->stream, &tag, 1);
  if (status != CODEC_OK) return status;
  if (tag >= 0xFE) {
    status = codec_stream_read(&job->stream, job->pixel, tag == 0xFF ? 4 : 3);
  } else {
    switch (tag >> 6) {
      case 0: memcpy(job->pixel, job->seen[tag], 4); break;
      case 1:
        add_difference(job->pixel, (tag >> 4 & 3) - 2, (tag >> 2 & 3) - 2, (tag & 3) - 2);
        break;
      case 2: {
        status = codec_stream_read(&job->stream, &second, 1);
        int green = (tag & 63) - 32;
        add_difference(
            job->pixel, green - 8 + (second >> 4), green, green - 8 + (second & 15));
        break;
      }
      default: job->run = tag & 63;
    }
  }
  const uint8_t *pixel = job->pixel;
  memcpy(job->seen[(pixel[0] * 3 + pixel[1] * 5 + pixel[2] * 7 + pixel[3] * 11) % 64], pixel, 4);
  return status;
}

static uint32_t big(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static codec_status decode(qoi_job *job, const codec_canvas *canvas, uint8_t *row) {
  codec_reducer reducer;
  codec_status status =
      codec_reducer_open(&reducer, canvas, canvas->source_width, canvas->source_height);
  for (uint32_t y = 0; status == CODEC_OK && y < canvas->source_height; y++) {
    for (uint32_t x = 0; status == CODEC_OK && x < canvas->source_width; x++) {
      status = next_pixel(job);
      memcpy(row + (size_t)x * canvas->channels, job->pixel, canvas->channels);
    }
    codec_reducer_take(&reducer, row);
  }
  codec_reducer_close(&reducer);
  return status;
}

codec_status codec_decode_qoi(const codec_input *input, const codec_canvas *canvas) {
  if (canvas->channels < 3) return CODEC_UNSUPPORTED;
  qoi_job *job = calloc(1, sizeof *job);
  uint8_t *row = malloc((size_t)canvas->source_width * canvas->channels);
  codec_status status = job && row ? CODEC_OK : CODEC_NO_MEMORY;
  uint8_t header[14] = {0};
  if (status == CODEC_OK) {
    codec_stream_open(&job->stream, input);
    job->pixel[3] = 255;
    status = codec_stream_read(&job->stream, header, sizeof header);
  }
  if (status == CODEC_OK
      && (big(header + 4) != canvas->source_width || big(header + 8) != canvas->source_height)) {
    status = CODEC_UNSUPPORTED;
  }
  if (status == CODEC_OK) status = decode(job, canvas, row);
  free(row);
  free(job);
  return status;
}

// The first frame of a GIF through giflib, laid on the picture's transparent canvas.

#include <gif_lib.h>
#include <stdlib.h>
#include <string.h>

#include "reducer.h"
#include "stream.h"

typedef struct gif_job {
  GifFileType *gif;
  codec_status status;
  codec_stream stream;
  codec_reducer reducer;
  /// The colour that is not drawn, or -1.
  int transparent;
  /// The frame's colour numbers, in rows from top to bottom.
  GifPixelType *indices;
  uint8_t *row;
} gif_job;

static int read_bytes(GifFileType *gif, GifByteType *bytes, int count) {
  gif_job *job = gif->UserData;
  codec_status status = codec_stream_read(&job->stream, bytes, (size_t)count);
  if (status != CODEC_OK) job->status = status;
  return status == CODEC_OK ? count : 0;
}

static bool read_extension(gif_job *job) {
  int code;
  GifByteType *bytes;
  if (DGifGetExtension(job->gif, &code, &bytes) == GIF_ERROR) return false;
  while (bytes) {
    GraphicsControlBlock control;
    if (code == GRAPHICS_EXT_FUNC_CODE
        && DGifExtensionToGCB(bytes[0], bytes + 1, &control) == GIF_OK) {
      job->transparent = control.TransparentColor;
    }
    if (DGifGetExtensionNext(job->gif, &bytes) == GIF_ERROR) return false;
  }
  return true;
}

/// Moves to the first frame's pixels.
static bool find_frame(gif_job *job) {
  GifRecordType record;
  while (DGifGetRecordType(job->gif, &record) == GIF_OK) {
    switch (record) {
      case EXTENSION_RECORD_TYPE:
        if (!read_extension(job)) return false;
        break;
      case IMAGE_DESC_RECORD_TYPE: return DGifGetImageDesc(job->gif) == GIF_OK;
      default: return false;
    }
  }
  return false;
}

static bool read_frame(gif_job *job) {
  static const int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
  const GifImageDesc *image = &job->gif->Image;
  if (image->Width <= 0 || image->Height <= 0) return false;
  job->indices = calloc((size_t)image->Width, (size_t)image->Height);
  if (!job->indices) {
    job->status = CODEC_NO_MEMORY;
    return false;
  }
  int passes = image->Interlace ? 4 : 1;
  for (int pass = 0; pass < passes; pass++) {
    int start = image->Interlace ? starts[pass] : 0, step = image->Interlace ? steps[pass] : 1;
    for (int y = start; y < image->Height; y += step) {
      GifPixelType *line = job->indices + (size_t)y * (size_t)image->Width;
      if (DGifGetLine(job->gif, line, image->Width) == GIF_ERROR) return false;
    }
  }
  return true;
}

/// Writes what the frame shows of row `y`; the rest of the row stays transparent (or black).
static void draw_row(gif_job *job, const codec_canvas *canvas, uint32_t y) {
  const GifImageDesc *image = &job->gif->Image;
  const ColorMapObject *colours = image->ColorMap ? image->ColorMap : job->gif->SColorMap;
  memset(job->row, 0, (size_t)canvas->source_width * canvas->channels);
  if (!colours || y < (uint32_t)image->Top || y >= (uint32_t)(image->Top + image->Height)) return;
  const GifPixelType *line = job->indices + (size_t)(y - (uint32_t)image->Top) * (size_t)image->Width;
  for (int x = 0; x < image->Width; x++) {
    size_t column = (size_t)(image->Left + x);
    if (column >= canvas->source_width) break;
    if (line[x] == job->transparent || line[x] >= colours->ColorCount) continue;
    uint8_t *pixel = job->row + column * canvas->channels;
    pixel[0] = colours->Colors[line[x]].Red;
    pixel[1] = colours->Colors[line[x]].Green;
    pixel[2] = colours->Colors[line[x]].Blue;
    if (canvas->channels == 4) pixel[3] = 255;
  }
}

static uint32_t larger(GifWord screen, GifWord frame_end) {
  return (uint32_t)(screen > frame_end ? screen : frame_end);
}

/// The canvas is at least as large as the first frame needs it, as in browsers.
static bool has_promised_size(const gif_job *job, const codec_canvas *canvas) {
  const GifFileType *gif = job->gif;
  const GifImageDesc *image = &gif->Image;
  return larger(gif->SWidth, image->Left + image->Width) == canvas->source_width
      && larger(gif->SHeight, image->Top + image->Height) == canvas->source_height;
}

static codec_status failure(const gif_job *job) {
  return job->status == CODEC_OK ? CODEC_DAMAGED : job->status;
}

static codec_status decode(gif_job *job, const codec_canvas *canvas) {
  if (!find_frame(job)) return failure(job);
  if (!has_promised_size(job, canvas)) return CODEC_UNSUPPORTED;
  if (!read_frame(job)) return failure(job);
  job->row = malloc((size_t)canvas->source_width * canvas->channels);
  if (!job->row) return CODEC_NO_MEMORY;
  codec_status status = codec_reducer_open(
      &job->reducer, canvas, canvas->source_width, canvas->source_height);
  for (uint32_t y = 0; status == CODEC_OK && y < canvas->source_height; y++) {
    draw_row(job, canvas, y);
    codec_reducer_take(&job->reducer, job->row);
  }
  return status;
}

codec_status codec_decode_gif(const codec_input *input, const codec_canvas *canvas) {
  if (canvas->channels < 3) return CODEC_UNSUPPORTED;
  gif_job *job = calloc(1, sizeof *job);
  if (!job) return CODEC_NO_MEMORY;
  codec_stream_open(&job->stream, input);
  job->transparent = NO_TRANSPARENT_COLOR;
  int error = 0;
  job->gif = DGifOpen(job, read_bytes, &error);
  codec_status status = job->status == CODEC_OK ? CODEC_DAMAGED : job->status;
  if (job->gif) {
    status = decode(job, canvas);
    DGifCloseFile(job->gif, &error);
  }
  codec_reducer_close(&job->reducer);
  free(job->indices);
  free(job->row);
  free(job);
  return status;
}

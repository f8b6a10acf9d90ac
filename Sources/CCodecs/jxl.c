// JPEG XL through libjxl, which holds the decoded picture whole and turns it upright.

#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "jxl_library.h"
#include "reducer.h"
#include "samples.h"
#include "stream.h"

enum { MAXIMUM_PROFILE = 8 * 1024 * 1024, WITHOUT_FORMAT = 9000, PQ = 16, HLG = 18 };

typedef struct jxl_job {
  const struct jxl_library *lib;
  jxl_decoder *decoder;
  const codec_canvas *canvas;
  jxl_basic_info info;
  jxl_pixel_format format;
  codec_colour colour;
  uint8_t *icc;
  uint8_t *pixels;
} jxl_job;

// The pixel format that the functions took until 0.9 is not used by them.

static bool read_encoding(const jxl_job *job, jxl_colour_encoding *encoding) {
  typedef int (*later)(const jxl_decoder *, int, jxl_colour_encoding *);
  int status = job->lib->Version() >= WITHOUT_FORMAT
      ? ((later)(void (*)(void))job->lib->GetColorAsEncodedProfile)(
            job->decoder, JXL_DATA_PROFILE, encoding)
      : job->lib->GetColorAsEncodedProfile(
            job->decoder, &job->format, JXL_DATA_PROFILE, encoding);
  return status == JXL_SUCCESS;
}

static size_t icc_count(const jxl_job *job) {
  typedef int (*later)(const jxl_decoder *, int, size_t *);
  size_t count = 0;
  int status = job->lib->Version() >= WITHOUT_FORMAT
      ? ((later)(void (*)(void))job->lib->GetICCProfileSize)(
            job->decoder, JXL_DATA_PROFILE, &count)
      : job->lib->GetICCProfileSize(job->decoder, &job->format, JXL_DATA_PROFILE, &count);
  return status == JXL_SUCCESS && count <= MAXIMUM_PROFILE ? count : 0;
}

static bool read_icc(const jxl_job *job, size_t count) {
  typedef int (*later)(const jxl_decoder *, int, uint8_t *, size_t);
  int status = job->lib->Version() >= WITHOUT_FORMAT
      ? ((later)(void (*)(void))job->lib->GetColorAsICCProfile)(
            job->decoder, JXL_DATA_PROFILE, job->icc, count)
      : job->lib->GetColorAsICCProfile(
            job->decoder, &job->format, JXL_DATA_PROFILE, job->icc, count);
  return status == JXL_SUCCESS;
}

/// What the pixels will be that are given out: HDR by its code points, all else by a profile.
static codec_profile read_profile(jxl_job *job) {
  codec_profile profile = {0};
  jxl_colour_encoding encoding = {0};
  if (read_encoding(job, &encoding) && (encoding.transfer == PQ || encoding.transfer == HLG)) {
    // 11 is Display P3 here, whose white ITU-T H.273 calls 12.
    profile.primaries = encoding.primaries == 11 ? 12 : (uint8_t)encoding.primaries;
    profile.transfer = (uint8_t)encoding.transfer;
    return profile;
  }
  size_t count = icc_count(job);
  job->icc = count > 0 ? malloc(count) : NULL;
  if (!job->icc || !read_icc(job, count)) return profile;
  profile.icc = job->icc;
  profile.icc_count = count;
  return profile;
}

static codec_status read_info(jxl_job *job) {
  if (job->lib->GetBasicInfo(job->decoder, &job->info) != JXL_SUCCESS) return CODEC_DAMAGED;
  bool is_as_told = job->info.width == job->canvas->source_width
      && job->info.height == job->canvas->source_height;
  return is_as_told ? CODEC_OK : CODEC_UNSUPPORTED;
}

static codec_status make_buffer(jxl_job *job) {
  size_t count = 0;
  size_t expected = (size_t)job->info.width * job->info.height * job->canvas->channels
      * (job->format.type == JXL_UINT16 ? 2 : 1);
  if (job->lib->ImageOutBufferSize(job->decoder, &job->format, &count) != JXL_SUCCESS) {
    return CODEC_UNSUPPORTED;
  }
  if (job->pixels || count != expected) return CODEC_UNSUPPORTED;
  job->pixels = malloc(count);
  if (!job->pixels) return CODEC_NO_MEMORY;
  int status = job->lib->SetImageOutBuffer(job->decoder, &job->format, job->pixels, count);
  return status == JXL_SUCCESS ? CODEC_OK : CODEC_UNSUPPORTED;
}

/// Decodes the first frame.
static codec_status read_pixels(jxl_job *job) {
  for (;;) {
    codec_status status = CODEC_OK;
    switch (job->lib->ProcessInput(job->decoder)) {
      case JXL_BASIC_INFO: status = read_info(job); break;
      case JXL_COLOUR_ENCODING: {
        codec_profile profile = read_profile(job);
        codec_colour_open(&job->colour, &profile, CODEC_RGB, job->canvas->channels);
        if (job->colour.hdr) job->format.type = JXL_UINT16;
        break;
      }
      case JXL_NEED_IMAGE_OUT_BUFFER: status = make_buffer(job); break;
      case JXL_FULL_IMAGE: return CODEC_OK;
      case JXL_NEED_MORE_INPUT: return CODEC_TRUNCATED;
      default: return CODEC_DAMAGED;
    }
    if (status != CODEC_OK) return status;
  }
}

static codec_status reduce(jxl_job *job) {
  const codec_canvas *canvas = job->canvas;
  size_t stride = (size_t)job->info.width * canvas->channels;
  uint8_t *row = malloc(stride);
  codec_reducer reducer;
  codec_status status =
      codec_reducer_open(&reducer, canvas, job->info.width, job->info.height);
  if (!row) status = CODEC_NO_MEMORY;
  for (uint32_t y = 0; status == CODEC_OK && y < job->info.height; y++) {
    if (job->colour.hdr) {
      codec_colour_convert(&job->colour, job->pixels + y * stride * 2, row, job->info.width);
    } else {
      memcpy(row, job->pixels + y * stride, stride);
    }
    if (canvas->channels == 4 && job->info.is_premultiplied) {
      codec_unmultiply(row, job->info.width);
    }
    codec_reducer_take(&reducer, row);
  }
  codec_reducer_close(&reducer);
  free(row);
  if (status == CODEC_OK && job->colour.transform) {
    codec_colour_convert(
        &job->colour, canvas->pixels, canvas->pixels, (size_t)canvas->width * canvas->height);
  }
  return status;
}

static codec_status decode(jxl_job *job, const uint8_t *bytes, size_t count) {
  const struct jxl_library *lib = job->lib;
  int events = JXL_BASIC_INFO | JXL_COLOUR_ENCODING | JXL_FULL_IMAGE;
  if (lib->SubscribeEvents(job->decoder, events) != JXL_SUCCESS
      || lib->SetInput(job->decoder, bytes, count) != JXL_SUCCESS) {
    return CODEC_NO_MEMORY;
  }
  lib->CloseInput(job->decoder);
  codec_status status = read_pixels(job);
  return status == CODEC_OK ? reduce(job) : status;
}

codec_status codec_decode_jxl(const codec_input *input, const codec_canvas *canvas) {
  const struct jxl_library *lib = jxl_library();
  if (!lib) return CODEC_NO_DECODER;
  if (canvas->channels < 3) return CODEC_UNSUPPORTED;
  jxl_job job = {
      .lib = lib, .canvas = canvas,
      .format = {.channels = canvas->channels, .type = JXL_UINT8, .endianness = JXL_NATIVE_ENDIAN}};
  const uint8_t *bytes;
  uint8_t *owned;
  codec_status status = codec_input_whole(input, &bytes, &owned);
  if (status == CODEC_OK) {
    job.decoder = lib->Create(NULL);
    status = job.decoder ? decode(&job, bytes, input->count) : CODEC_NO_MEMORY;
    if (job.decoder) lib->Destroy(job.decoder);
  }
  codec_colour_close(&job.colour);
  free(job.icc);
  free(job.pixels);
  free(owned);
  return status;
}

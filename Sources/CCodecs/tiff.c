// TIFF through libtiff: the first picture of the file, as it is stored (its turn is the caller's).
//
// Rows of 8 or 16 bits of grey, RGB or inks, one sample behind the other, are read as they are, so
// that a profile finds what it describes. All other kinds (palettes, 1 bit, separate planes, YCbCr,
// Lab) go through libtiff's own conversion to RGBA.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "reducer.h"
#include "samples.h"
#include "stream.h"
#include "tiff_library.h"

// Tags and their values (TIFF 6.0 §8; TIFF Technical Note 2; ICC.1 annex B.4).
enum {
  WIDTH = 256, HEIGHT = 257, BITS = 258, COMPRESSION = 259, PHOTOMETRIC = 262, ORIENTATION = 274,
  CHANNELS = 277, ROWS_PER_STRIP = 278, PLANES = 284, TILE_WIDTH = 322, TILE_HEIGHT = 323,
  INK_SET = 332, EXTRA_SAMPLES = 338, SAMPLE_FORMAT = 339, ICC_PROFILE = 34675,
  JPEG_COLOUR_MODE = 65538
};
enum { WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, INKS = 5, YCBCR = 6 };
enum { JPEG = 7, CONTIGUOUS = 1, UNSIGNED = 1, CMYK_INKS = 1, BOTTOM_LEFT = 4 };
enum { MULTIPLIED_ALPHA = 1, ALPHA = 2 };

typedef struct tiff_job {
  const struct tiff_library *lib;
  tiff *file;
  const codec_input *input;
  uint64_t offset;
  /// Whether something was to be read behind the end of the file, and whether reading failed.
  bool has_ended;
  codec_status failure;
  /// The whole file, where libtiff is to have it so; `owned` is to be freed.
  bool is_mapped;
  uint8_t *owned;

  uint32_t width, height;
  uint16_t bits, channels, photometric;
  /// Of the fourth channel of RGB, or the second one of grey: an alpha of either kind, or 0.
  uint16_t alpha;
  /// Whether rows are read as they are stored.
  bool is_plain;

  const codec_canvas *canvas;
  codec_reducer reducer;
  codec_colour colour;
  /// The inks of the canvas's pixels, where a profile says what they print.
  uint8_t *inks;
  /// One row of the canvas's channels, or of inks.
  uint8_t *row;
} tiff_job;

static ssize_t read_bytes(void *handle, void *bytes, ssize_t count) {
  tiff_job *job = handle;
  size_t got = 0;
  codec_status status = codec_input_copy(job->input, job->offset, bytes, (size_t)count, &got);
  if (status != CODEC_OK) job->failure = status;
  if (got < (size_t)count) job->has_ended = true;
  job->offset += got;
  return status == CODEC_OK ? (ssize_t)got : -1;
}

static ssize_t write_nothing(void *handle, void *bytes, ssize_t count) {
  (void)handle, (void)bytes, (void)count;
  return -1;
}

static uint64_t seek(void *handle, uint64_t offset, int whence) {
  tiff_job *job = handle;
  uint64_t start = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? job->offset : job->input->count;
  return job->offset = start + offset;
}

static int close_nothing(void *handle) { return (void)handle, 0; }

static uint64_t size_of(void *handle) { return ((tiff_job *)handle)->input->count; }

static int map_bytes(void *handle, void **base, uint64_t *size) {
  tiff_job *job = handle;
  const uint8_t *bytes;
  if (!job->is_mapped || codec_input_whole(job->input, &bytes, &job->owned) != CODEC_OK) return 0;
  *base = (void *)(uintptr_t)bytes;  // Which nobody writes to.
  *size = job->input->count;
  return 1;
}

static void unmap_bytes(void *handle, void *base, uint64_t size) {
  (void)handle, (void)base, (void)size;
}

static void open_file(tiff_job *job) {
  job->offset = 0;
  job->file = job->lib->ClientOpen(
      "", "r", job, read_bytes, write_nothing, seek, close_nothing, size_of, map_bytes,
      unmap_bytes);
}

static codec_status why(const tiff_job *job) {
  if (job->failure != CODEC_OK) return job->failure;
  return job->has_ended ? CODEC_TRUNCATED : CODEC_DAMAGED;
}

static uint16_t field(const tiff_job *job, uint32_t tag) {
  uint16_t value = 0;
  job->lib->GetFieldDefaulted(job->file, tag, &value);
  return value;
}

static uint16_t alpha_of(const tiff_job *job) {
  uint16_t count = 0, *kinds = NULL;
  uint16_t colours = job->photometric == RGB ? 3 : 1;
  bool has_kinds = job->lib->GetFieldDefaulted(job->file, EXTRA_SAMPLES, &count, &kinds);
  if (!has_kinds || count < 1 || job->photometric == INKS || job->channels <= colours) return 0;
  return kinds[0] == MULTIPLIED_ALPHA || kinds[0] == ALPHA ? kinds[0] : 0;
}

static bool is_plain(const tiff_job *job) {
  bool has_samples = (job->bits == 8 || job->bits == 16)
      && field(job, SAMPLE_FORMAT) == UNSIGNED
      && (field(job, PLANES) == CONTIGUOUS || job->channels == 1);
  switch (job->photometric) {
    case WHITE_IS_ZERO:
    case BLACK_IS_ZERO: return has_samples && job->channels >= 1;
    case RGB: return has_samples && job->channels >= 3;
    case INKS: return has_samples && job->channels >= 4 && field(job, INK_SET) == CMYK_INKS;
    default: return false;
  }
}

/// Reads what the samples are.
static codec_status read_header(tiff_job *job) {
  job->lib->GetField(job->file, WIDTH, &job->width);
  job->lib->GetField(job->file, HEIGHT, &job->height);
  job->bits = field(job, BITS);
  job->channels = field(job, CHANNELS);
  job->photometric = field(job, PHOTOMETRIC);
  if (job->width != job->canvas->source_width || job->height != job->canvas->source_height) {
    return CODEC_UNSUPPORTED;
  }
  if (job->photometric == YCBCR && field(job, COMPRESSION) == JPEG
      && field(job, PLANES) == CONTIGUOUS) {
    // libjpeg converts, as in a JPEG.
    job->lib->SetField(job->file, JPEG_COLOUR_MODE, 1);
    job->photometric = RGB;
  }
  job->alpha = alpha_of(job);
  job->is_plain = is_plain(job);
  return CODEC_OK;
}

/// libtiff 4.5 converts no uncompressed tiles that it does not have mapped ("Invalid tile byte count").
static codec_status map_tiles(tiff_job *job) {
  if (job->is_plain || !job->lib->IsTiled(job->file)) return CODEC_OK;
  job->lib->Close(job->file);
  job->is_mapped = true;
  open_file(job);
  return job->file ? read_header(job) : why(job);
}

static codec_status open_colour(tiff_job *job) {
  codec_profile profile = {0};
  uint32_t count = 0;
  void *icc = NULL;
  bool has_inks = job->photometric == INKS;
  if (job->lib->GetField(job->file, ICC_PROFILE, &count, &icc)) {
    profile.icc = icc;
    profile.icc_count = count;
  }
  uint32_t channels = job->canvas->channels;
  codec_samples samples = has_inks && job->is_plain ? CODEC_INKS
      : channels == 1                               ? CODEC_GREY
                                                    : CODEC_RGB;
  codec_colour_open(&job->colour, &profile, samples, samples == CODEC_INKS ? 4 : channels);
  if (samples != CODEC_INKS || !codec_colour_is_active(&job->colour)) return CODEC_OK;
  job->inks = malloc((size_t)job->canvas->width * job->canvas->height * 4);
  return job->inks ? CODEC_OK : CODEC_NO_MEMORY;
}

/// Brings one plain row of 8 bits into the canvas's channels.
static void arrange(const tiff_job *job, const uint8_t *source, uint8_t *target) {
  uint32_t channels = job->canvas->channels, colours = job->photometric == RGB ? 3 : 1;
  uint8_t flip = job->photometric == WHITE_IS_ZERO ? 255 : 0;
  for (uint32_t x = 0; x < job->width; x++, source += job->channels, target += channels) {
    for (uint32_t channel = 0; channel < channels && channel < 3; channel++) {
      target[channel] = source[colours == 3 ? channel : 0] ^ flip;
    }
    if (channels == 4) target[3] = job->alpha ? source[colours] : 255;
  }
}

/// Inks are stored as they are printed; all that follows takes them inverted, as JPEG has them.
static void arrange_inks(const tiff_job *job, const uint8_t *source, uint8_t *target) {
  for (uint32_t x = 0; x < job->width; x++, source += job->channels, target += 4) {
    for (int ink = 0; ink < 4; ink++) target[ink] = 255 - source[ink];
  }
}

/// Takes one plain row, which is changed.
static void take_plain(tiff_job *job, uint8_t *samples) {
  if (job->bits == 16) codec_shorten(samples, (size_t)job->width * job->channels);
  if (job->photometric == INKS) {
    arrange_inks(job, samples, job->row);
    if (!job->inks) codec_convert_inks(job->row, job->width);
  } else {
    arrange(job, samples, job->row);
    if (job->canvas->channels == 4 && job->alpha == MULTIPLIED_ALPHA) {
      codec_unmultiply(job->row, job->width);
    }
  }
  codec_reducer_take(&job->reducer, job->row);
}

/// Takes one row of libtiff's RGBA, whose colours are multiplied by their alpha.
static void take_rgba(tiff_job *job, const uint32_t *pixels) {
  uint32_t channels = job->canvas->channels;
  for (uint32_t x = 0; x < job->width; x++) {
    for (uint32_t channel = 0; channel < channels; channel++) {
      job->row[x * channels + channel] = (uint8_t)(pixels[x] >> (8 * channel));
    }
  }
  if (channels == 4) codec_unmultiply(job->row, job->width);
  codec_reducer_take(&job->reducer, job->row);
}

static codec_status read_plain_rows(tiff_job *job) {
  int64_t size = job->lib->ScanlineSize64(job->file);
  size_t least = (size_t)job->width * job->channels * job->bits / 8;
  if (size < 0 || (size_t)size < least) return CODEC_DAMAGED;
  uint8_t *samples = malloc((size_t)size);
  codec_status status = samples ? CODEC_OK : CODEC_NO_MEMORY;
  for (uint32_t y = 0; status == CODEC_OK && y < job->height; y++) {
    if (job->lib->ReadScanline(job->file, samples, y, 0) < 0) status = why(job);
    else take_plain(job, samples);
  }
  free(samples);
  return status;
}

/// Pixels of `pixel` bytes: a row of tiles, copied together from `tile`.
typedef struct tiff_tiles {
  uint32_t width, height;
  size_t pixel;
  uint8_t *tile;
  uint8_t *rows;
} tiff_tiles;

static codec_status read_tile(tiff_job *job, tiff_tiles *tiles, uint32_t x, uint32_t y) {
  if (job->is_plain) {
    return job->lib->ReadTile(job->file, tiles->tile, x, y, 0, 0) < 0 ? why(job) : CODEC_OK;
  }
  bool is_read = job->lib->ReadRGBATileExt(job->file, x, y, (uint32_t *)(void *)tiles->tile, 1);
  return is_read ? CODEC_OK : why(job);
}

static void copy_tile(
    const tiff_job *job, const tiff_tiles *tiles, uint32_t x, uint32_t rows) {
  uint32_t width = job->width - x < tiles->width ? job->width - x : tiles->width;
  // libtiff puts the rows of an RGBA tile that is cut by the picture's edge at the tile's end.
  uint32_t first = job->is_plain ? 0 : tiles->height - rows;
  for (uint32_t y = 0; y < rows; y++) {
    memcpy(
        tiles->rows + ((size_t)y * job->width + x) * tiles->pixel,
        tiles->tile + (size_t)(first + y) * tiles->width * tiles->pixel, width * tiles->pixel);
  }
}

static codec_status read_tiled_rows(tiff_job *job, tiff_tiles *tiles) {
  codec_status status = CODEC_OK;
  for (uint32_t y = 0; y < job->height && status == CODEC_OK; y += tiles->height) {
    uint32_t rows = job->height - y < tiles->height ? job->height - y : tiles->height;
    for (uint32_t x = 0; x < job->width && status == CODEC_OK; x += tiles->width) {
      status = read_tile(job, tiles, x, y);
      if (status == CODEC_OK) copy_tile(job, tiles, x, rows);
    }
    for (uint32_t row = 0; row < rows && status == CODEC_OK; row++) {
      uint8_t *pixels = tiles->rows + (size_t)row * job->width * tiles->pixel;
      if (job->is_plain) take_plain(job, pixels);
      else take_rgba(job, (const uint32_t *)(const void *)pixels);
    }
  }
  return status;
}

static codec_status read_tiles(tiff_job *job) {
  tiff_tiles tiles = {.pixel = job->is_plain ? (size_t)job->channels * job->bits / 8 : 4};
  job->lib->GetField(job->file, TILE_WIDTH, &tiles.width);
  job->lib->GetField(job->file, TILE_HEIGHT, &tiles.height);
  // Sides of tiles are multiples of 16 (TIFF 6.0 §15), and these are large ones already.
  if (tiles.width < 1 || tiles.height < 1 || tiles.width > 65536 || tiles.height > 65536) {
    return CODEC_DAMAGED;
  }
  size_t least = (size_t)tiles.width * tiles.height * tiles.pixel;
  int64_t size = job->is_plain ? job->lib->TileSize64(job->file) : (int64_t)least;
  if (size < 0 || (size_t)size < least) return CODEC_DAMAGED;
  tiles.tile = malloc((size_t)size);
  tiles.rows = malloc((size_t)job->width * tiles.height * tiles.pixel);
  codec_status status = tiles.tile && tiles.rows ? CODEC_OK : CODEC_NO_MEMORY;
  if (status == CODEC_OK) status = read_tiled_rows(job, &tiles);
  free(tiles.tile);
  free(tiles.rows);
  return status;
}

static codec_status read_rgba_strips(tiff_job *job) {
  uint32_t strip = job->height;
  job->lib->GetFieldDefaulted(job->file, ROWS_PER_STRIP, &strip);
  if (strip < 1 || strip > job->height) strip = job->height;
  uint32_t *pixels = malloc((size_t)job->width * strip * sizeof *pixels);
  codec_status status = pixels ? CODEC_OK : CODEC_NO_MEMORY;
  for (uint32_t y = 0; status == CODEC_OK && y < job->height; y += strip) {
    if (!job->lib->ReadRGBAStripExt(job->file, y, pixels, 1)) status = why(job);
    for (uint32_t row = 0; status == CODEC_OK && row < strip && y + row < job->height; row++) {
      take_rgba(job, pixels + (size_t)row * job->width);
    }
  }
  free(pixels);
  return status;
}

static codec_status read_rows(tiff_job *job) {
  if (!job->is_plain) {
    char message[1024];
    if (!job->lib->RGBAImageOK(job->file, message)) return CODEC_UNSUPPORTED;
    // Or rows would come in the order of the upright picture.
    job->lib->SetField(job->file, ORIENTATION, BOTTOM_LEFT);
  }
  if (job->lib->IsTiled(job->file)) return read_tiles(job);
  return job->is_plain ? read_plain_rows(job) : read_rgba_strips(job);
}

static codec_status decode(tiff_job *job) {
  codec_status status = read_header(job);
  if (status == CODEC_OK) status = map_tiles(job);
  if (status == CODEC_OK) status = open_colour(job);
  if (status != CODEC_OK) return status;
  codec_canvas reduced = *job->canvas;
  if (job->inks) {
    reduced.channels = 4;
    reduced.pixels = job->inks;
  }
  job->row = malloc((size_t)job->width * 4);
  if (!job->row) return CODEC_NO_MEMORY;
  status = codec_reducer_open(&job->reducer, &reduced, job->width, job->height);
  job->reducer.has_inks = job->inks != NULL;
  if (status == CODEC_OK) status = read_rows(job);
  codec_reducer_close(&job->reducer);
  if (status != CODEC_OK || !codec_colour_is_active(&job->colour)) return status;
  codec_colour_convert(
      &job->colour, reduced.pixels, job->canvas->pixels,
      (size_t)job->canvas->width * job->canvas->height);
  return CODEC_OK;
}

codec_status codec_decode_tiff(const codec_input *input, const codec_canvas *canvas) {
  const struct tiff_library *lib = tiff_library();
  if (!lib) return CODEC_NO_DECODER;
  tiff_job job = {.lib = lib, .input = input, .canvas = canvas};
  open_file(&job);
  codec_status status = job.file ? decode(&job) : why(&job);
  codec_colour_close(&job.colour);
  if (job.file) lib->Close(job.file);
  free(job.owned);
  free(job.inks);
  free(job.row);
  return status;
}

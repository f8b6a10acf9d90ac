// SVG through librsvg, drawn on white at the canvas's own size.
//
// A handle that was made of bytes has no base address: librsvg then follows no reference out of the
// document but `data:` URLs (librsvg, "Security and locations of referenced files").

#include <stdlib.h>

#include "colour.h"
#include "stream.h"
#include "svg_library.h"

static void take_row(const uint32_t *pixels, uint8_t *row, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    row[x * 3] = (uint8_t)(pixels[x] >> 16);
    row[x * 3 + 1] = (uint8_t)(pixels[x] >> 8);
    row[x * 3 + 2] = (uint8_t)pixels[x];
  }
}

/// Draws into `pixels`, of the canvas's size.
static codec_status draw(
    const struct svg_library *lib, svg_handle *handle, const codec_canvas *canvas,
    uint32_t *pixels) {
  svg_surface *surface = lib->image_surface_create_for_data(
      (unsigned char *)pixels, SVG_RGB24, (int)canvas->width, (int)canvas->height,
      (int)(canvas->width * sizeof *pixels));
  svg_context *context = lib->create(surface);
  lib->set_source_rgb(context, 1, 1, 1);
  lib->paint(context);
  svg_rectangle viewport = {.width = canvas->width, .height = canvas->height};
  lib->handle_set_dpi(handle, 96);
  int is_drawn = lib->handle_render_document(handle, context, &viewport, NULL);
  lib->surface_flush(surface);
  lib->destroy(context);
  lib->surface_destroy(surface);
  return is_drawn ? CODEC_OK : CODEC_DAMAGED;
}

static codec_status decode(
    const struct svg_library *lib, const uint8_t *bytes, size_t count,
    const codec_canvas *canvas) {
  svg_handle *handle = lib->handle_new_from_data(bytes, count, NULL);
  if (!handle) return CODEC_DAMAGED;
  uint32_t *pixels = calloc((size_t)canvas->width * canvas->height, sizeof *pixels);
  codec_status status = pixels ? draw(lib, handle, canvas, pixels) : CODEC_NO_MEMORY;
  size_t stride = (size_t)canvas->width * 3;
  for (uint32_t y = 0; status == CODEC_OK && y < canvas->height; y++) {
    take_row(pixels + (size_t)y * canvas->width, canvas->pixels + y * stride, canvas->width);
  }
  free(pixels);
  lib->unref(handle);
  return status;
}

codec_status codec_decode_svg(const codec_input *input, const codec_canvas *canvas) {
  const struct svg_library *lib = svg_library();
  if (!lib) return CODEC_NO_DECODER;
  // cairo's own bound for a side.
  if (canvas->channels != 3 || canvas->width > 32767 || canvas->height > 32767) {
    return CODEC_UNSUPPORTED;
  }
  const uint8_t *bytes;
  uint8_t *owned;
  codec_status status = codec_input_whole(input, &bytes, &owned);
  if (status == CODEC_OK) status = decode(lib, bytes, input->count, canvas);
  free(owned);
  return status;
}

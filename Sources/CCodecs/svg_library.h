// librsvg and the libraries behind it, loaded when the first drawing needs them.
//
// Their functions are declared here (docs/decisions/0180), as they have been since librsvg 2.46.

#ifndef SVG_LIBRARY_H
#define SVG_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

typedef struct svg_handle svg_handle;
typedef struct svg_surface svg_surface;
typedef struct svg_context svg_context;

typedef struct svg_rectangle {
  double x, y, width, height;
} svg_rectangle;

/// The surface's pixels are 32-bit numbers, blue the lowest byte.
enum { SVG_RGB24 = 1 };

struct svg_library {
  svg_handle *(*handle_new_from_data)(const uint8_t *bytes, size_t count, void **error);
  void (*handle_set_dpi)(svg_handle *, double dpi);
  int (*handle_render_document)(
      svg_handle *, svg_context *, const svg_rectangle *viewport, void **error);
  void (*unref)(void *object);
  svg_surface *(*image_surface_create_for_data)(
      unsigned char *pixels, int format, int width, int height, int stride);
  void (*surface_flush)(svg_surface *);
  void (*surface_destroy)(svg_surface *);
  svg_context *(*create)(svg_surface *);
  void (*paint)(svg_context *);
  void (*set_source_rgb)(svg_context *, double, double, double);
  void (*destroy)(svg_context *);
};

// Loads the libraries at the first call, from any thread; NULL where they are not on this machine.
const struct svg_library *svg_library(void);

#endif

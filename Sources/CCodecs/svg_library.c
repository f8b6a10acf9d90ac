#include "svg_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

#ifdef __APPLE__
static const char library_name[] = "librsvg-2.2.dylib";
#else
static const char library_name[] = "librsvg-2.so.2";
#endif

static struct svg_library functions;
static bool is_loaded;

static void load(void) {
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  // Names are looked up in what it is linked with, too.
#define FIND(member, name) \
  functions.member = (__typeof__(functions.member))dlsym(library, name); \
  if (!functions.member) return;
  FIND(handle_new_from_data, "rsvg_handle_new_from_data")
  FIND(handle_set_dpi, "rsvg_handle_set_dpi")
  FIND(handle_render_document, "rsvg_handle_render_document")
  FIND(unref, "g_object_unref")
  FIND(image_surface_create_for_data, "cairo_image_surface_create_for_data")
  FIND(surface_flush, "cairo_surface_flush")
  FIND(surface_destroy, "cairo_surface_destroy")
  FIND(create, "cairo_create")
  FIND(paint, "cairo_paint")
  FIND(set_source_rgb, "cairo_set_source_rgb")
  FIND(destroy, "cairo_destroy")
#undef FIND
  is_loaded = true;
}

const struct svg_library *svg_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

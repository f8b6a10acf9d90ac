#include "tiff_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

// 6 is libtiff 4.5 and newer; nothing that is used here has changed since 5.
#ifdef __APPLE__
static const char *const names[] = {"libtiff.6.dylib", "libtiff.5.dylib"};
#else
static const char *const names[] = {"libtiff.so.6", "libtiff.so.5"};
#endif

static struct tiff_library functions;
static bool is_loaded;

static void load(void) {
  void *library = dlopen(names[0], RTLD_NOW | RTLD_LOCAL);
  if (!library) library = dlopen(names[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(name) \
  functions.name = (__typeof__(functions.name))dlsym(library, "TIFF" #name); \
  if (!functions.name) return;
  FIND(ClientOpen) FIND(Close) FIND(GetField) FIND(GetFieldDefaulted) FIND(SetField) FIND(IsTiled)
  FIND(ScanlineSize64) FIND(TileSize64) FIND(ReadScanline) FIND(ReadTile) FIND(RGBAImageOK)
  FIND(ReadRGBAStripExt) FIND(ReadRGBATileExt) FIND(SetErrorHandler) FIND(SetWarningHandler)
#undef FIND
  // What is wrong is told by what its functions return; it would be printed otherwise.
  functions.SetErrorHandler(NULL);
  functions.SetWarningHandler(NULL);
  is_loaded = true;
}

const struct tiff_library *tiff_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

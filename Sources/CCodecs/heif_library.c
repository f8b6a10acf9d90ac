// Linking libheif would bring its video decoders with it, whose tables alone take 5 ms of every
// start (docs/decisions/0022).

#include "heif_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

#ifdef __APPLE__
static const char library_name[] = "libheif.1.dylib";
#else
static const char library_name[] = "libheif.so.1";
#endif

static struct heif_library functions;
static bool is_loaded;

static void load(void) {
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(name) \
  functions.name = (__typeof__(&heif_##name))dlsym(library, "heif_" #name); \
  if (!functions.name) return;
  HEIF_FUNCTIONS(FIND)
  is_loaded = true;
}

const struct heif_library *heif_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

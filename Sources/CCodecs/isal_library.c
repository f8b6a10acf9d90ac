#include "isal_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef CODEC_HAS_ISAL

#ifdef __APPLE__
static const char library_name[] = "libisal.2.dylib";
#else
static const char library_name[] = "libisal.so.2";
#endif

static struct isal_library functions;
static bool is_loaded;

static void load(void) {
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  functions.inflate_init = (__typeof__(functions.inflate_init))dlsym(library, "isal_inflate_init");
  functions.inflate = (__typeof__(functions.inflate))dlsym(library, "isal_inflate");
  functions.crc32 = (__typeof__(functions.crc32))dlsym(library, "crc32_gzip_refl");
  is_loaded = functions.inflate_init && functions.inflate && functions.crc32;
}

const struct isal_library *isal_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

void codec_load_isal(void) { isal_library(); }

#else

void codec_load_isal(void) {}

#endif

#include "lcms_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

#ifdef __APPLE__
static const char library_name[] = "liblcms2.2.dylib";
#else
static const char library_name[] = "liblcms2.so.2";
#endif

static struct lcms_library functions;
static bool is_loaded;

static void load(void) {
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(name) \
  functions.name = (__typeof__(&cms##name))dlsym(library, "cms" #name); \
  if (!functions.name) return;
  LCMS_FUNCTIONS(FIND)
  is_loaded = true;
}

const struct lcms_library *lcms_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

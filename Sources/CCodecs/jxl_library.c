#include "jxl_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

// Before version 1 each release has a name of its own.
#ifdef __APPLE__
static const char *const names[] = {
    "libjxl.0.12.dylib", "libjxl.0.11.dylib", "libjxl.0.10.dylib", "libjxl.0.9.dylib",
    "libjxl.0.8.dylib",  "libjxl.0.7.dylib"};
#else
static const char *const names[] = {
    "libjxl.so.0.12", "libjxl.so.0.11", "libjxl.so.0.10", "libjxl.so.0.9",
    "libjxl.so.0.8",  "libjxl.so.0.7"};
#endif

static struct jxl_library functions;
static bool is_loaded;

static void load(void) {
  void *library = NULL;
  for (size_t index = 0; !library && index < sizeof names / sizeof *names; index++) {
    library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
  }
  if (!library) return;
#define FIND(name) \
  functions.name = (__typeof__(functions.name))dlsym(library, "JxlDecoder" #name); \
  if (!functions.name) return;
  FIND(Version) FIND(Create) FIND(Destroy) FIND(SubscribeEvents) FIND(SetInput) FIND(CloseInput)
  FIND(ProcessInput) FIND(GetBasicInfo) FIND(ImageOutBufferSize) FIND(SetImageOutBuffer)
  FIND(GetColorAsEncodedProfile) FIND(GetICCProfileSize) FIND(GetColorAsICCProfile)
#undef FIND
  is_loaded = true;
}

const struct jxl_library *jxl_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

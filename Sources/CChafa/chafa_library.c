#include "CChafa.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

#ifdef __APPLE__
static const char library_name[] = "libchafa.0.dylib";
#else
static const char library_name[] = "libchafa.so.0";
#endif

static struct chafa_library functions;
static bool is_loaded;

static void load(void) {
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(name) \
  functions.name = (__typeof__(&chafa_##name))dlsym(library, "chafa_" #name); \
  if (!functions.name) return;
  CHAFA_FUNCTIONS(FIND)
  // dlsym finds what the library's own dependencies export too (dlsym(3)).
  functions.string_free = (__typeof__(&(g_string_free)))dlsym(library, "g_string_free");
  is_loaded = functions.string_free != NULL;
}

const struct chafa_library *chafa_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

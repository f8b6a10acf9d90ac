// Zip archives by libzip, which is opened at the first one (docs/decisions/0150).
#include "czip.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

// Of libzip 1.8 and newer, and of those before; what is used here is the same in both.
#ifdef __APPLE__
static const char *const library_names[] = {"libzip.5.dylib", "libzip.dylib"};
#else
static const char *const library_names[] = {"libzip.so.5", "libzip.so.4"};
#endif

// The functions of libzip that are used, by their own names (libzip 1.7, libzip(3)).
#define FUNCTIONS(X) \
  X(zip_fdopen) X(zip_discard) X(zip_get_num_entries) X(zip_get_name) X(zip_stat_index) \
  X(zip_file_get_external_attributes) X(zip_fopen_index) X(zip_fread) X(zip_fclose) \
  X(zip_get_error) X(zip_error_code_zip)

#define DECLARE(name) static __typeof__(&name) p_##name;
FUNCTIONS(DECLARE)

static bool is_loaded;

static void load(void) {
  void *library = NULL;
  for (size_t index = 0; !library && index < sizeof library_names / sizeof *library_names; index++) {
    library = dlopen(library_names[index], RTLD_NOW | RTLD_LOCAL);
  }
  if (!library) return;
#define FIND(name) \
  p_##name = (__typeof__(&name))dlsym(library, #name); \
  if (!p_##name) return;
  FUNCTIONS(FIND)
  is_loaded = true;
}

// The types are libzip's own under names of ours.
static zip_t *zip_of(czip *archive) { return (zip_t *)archive; }
static zip_file_t *file_of(czip_file *file) { return (zip_file_t *)file; }

czip *czip_open(int descriptor, czip_result *result) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  *result = czip_no_library;
  if (!is_loaded) return NULL;
  *result = czip_damaged;
  // zip_fdopen closes its descriptor where it succeeds.
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return NULL;
  zip_t *zip = p_zip_fdopen(copy, 0, NULL);
  if (!zip) {
    close(copy);
    return NULL;
  }
  *result = czip_ok;
  return (czip *)zip;
}

void czip_close(czip *archive) { p_zip_discard(zip_of(archive)); }

uint64_t czip_count(czip *archive) {
  zip_int64_t count = p_zip_get_num_entries(zip_of(archive), 0);
  return count < 0 ? 0 : (uint64_t)count;
}

czip_entry czip_entry_at(czip *archive, uint64_t index) {
  czip_entry entry = {0};
  zip_stat_t stat;
  const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if (p_zip_stat_index(zip_of(archive), index, 0, &stat) != 0 || (stat.valid & needed) != needed) {
    return entry;
  }
  entry.name = p_zip_get_name(zip_of(archive), index, ZIP_FL_ENC_GUESS);
  entry.byte_count = stat.size;
  entry.packed_byte_count = stat.comp_size;
  zip_uint8_t system;
  zip_uint32_t attributes;
  if (p_zip_file_get_external_attributes(zip_of(archive), index, 0, &system, &attributes) == 0) {
    entry.is_link = system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
  }
  return entry;
}

czip_file *czip_file_open(czip *archive, uint64_t index, czip_result *result) {
  zip_file_t *file = p_zip_fopen_index(zip_of(archive), index, 0);
  if (file) {
    *result = czip_ok;
    return (czip_file *)file;
  }
  switch (p_zip_error_code_zip(p_zip_get_error(zip_of(archive)))) {
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
      *result = czip_locked;
      break;
    case ZIP_ER_COMPNOTSUPP:
      *result = czip_unsupported;
      break;
    default:
      *result = czip_damaged;
  }
  return NULL;
}

int64_t czip_file_read(czip_file *file, void *bytes, uint64_t count) {
  return p_zip_fread(file_of(file), bytes, count);
}

void czip_file_close(czip_file *file) { p_zip_fclose(file_of(file)); }

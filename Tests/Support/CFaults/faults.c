// Loaded into a program before libc: its disk and clock fail while a test says so.
//
// IRIS_FAULTS names a folder. While a file of one of these names is in it,
//   full     no file below IRIS_FAULTY takes another byte (ENOSPC);
//   quota    nor does it where the user's share of the disk is used up (EDQUOT);
//   limit    nor where a file would be larger than files may be (EFBIG);
//   readonly nothing below IRIS_FAULTY is opened for writing, made or removed (EROFS);
//   nosync   no folder can be brought to the disk (EINVAL);
//   back     the wall clock stands a day back;
//   steps    what reaches the disk below IRIS_FAULTY, and what is renamed there, is noted in it;
//   writes   each write to a terminal is noted in it, as hexadecimal digits.
// Linux only; elsewhere the library is empty.
#ifdef __linux__
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static int is_on(const char *fault) {
  const char *folder = getenv("IRIS_FAULTS");
  char path[4096];
  if (!folder) return 0;
  int error = errno;
  snprintf(path, sizeof path, "%s/%s", folder, fault);
  int found = access(path, F_OK) == 0;
  errno = error;
  return found;
}

static int is_faulty(const char *path) {
  const char *folder = getenv("IRIS_FAULTY");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int path_of(int descriptor, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static int is_folder(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
}

static int is_faulty_file(int descriptor) {
  char path[4096];
  return path_of(descriptor, path, sizeof path) && is_faulty(path);
}

// The function of this name that libc has.
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// Why the file may not grow; 0 where it may.
static int cannot_grow(int descriptor) {
  int error = is_on("full") ? ENOSPC : is_on("quota") ? EDQUOT : is_on("limit") ? EFBIG : 0;
  return error && is_faulty_file(descriptor) ? error : 0;
}
static int cannot_change(const char *path) { return is_faulty(path) && is_on("readonly"); }

static int fails(int error) {
  errno = error;
  return -1;
}

static void note_write(int descriptor, const unsigned char *bytes, size_t count) {
  char path[4096];
  int error = errno;
  if (is_on("writes") && path_of(descriptor, path, sizeof path)
      && strncmp(path, "/dev/pts/", 9) == 0) {
    snprintf(path, sizeof path, "%s/writes", getenv("IRIS_FAULTS"));
    FILE *file = fopen(path, "ae");
    if (file) {
      for (size_t i = 0; i < count; i++) fprintf(file, "%02x", bytes[i]);
      fputc('\n', file);
      fclose(file);
    }
  }
  errno = error;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  int shortage = cannot_grow(descriptor);
  if (shortage) return fails(shortage);
  // Noted before the terminal has it: who sees the bytes finds the note.
  note_write(descriptor, bytes, count);
  return NEXT(write)(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  int shortage = cannot_grow(descriptor);
  if (shortage) return fails(shortage);
  return NEXT(pwrite)(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  int shortage = cannot_grow(descriptor);
  if (shortage) return fails(shortage);
  return NEXT(pwrite64)(descriptor, bytes, count, offset);
}

static int is_for_writing(int flags) {
  return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
}

#define OPEN(name)                                                      \
  int name(const char *path, int flags, ...) {                          \
    va_list rest;                                                       \
    va_start(rest, flags);                                              \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                       \
    if (is_for_writing(flags) && cannot_change(path)) return fails(EROFS); \
    return NEXT(name)(path, flags, mode);                               \
  }
OPEN(open)
OPEN(open64)

int mkdir(const char *path, mode_t mode) {
  if (cannot_change(path) && access(path, F_OK) != 0) return fails(EROFS);
  return NEXT(mkdir)(path, mode);
}

int unlink(const char *path) {
  if (cannot_change(path)) return fails(EROFS);
  return NEXT(unlink)(path);
}

static void note(const char *step, const char *path) {
  char log[4096];
  if (!is_faulty(path) || !is_on("steps")) return;
  snprintf(log, sizeof log, "%s/steps", getenv("IRIS_FAULTS"));
  FILE *file = fopen(log, "ae");
  if (!file) return;
  fprintf(file, "%s %s\n", step, path);
  fclose(file);
}

#define SYNC(name)                                                      \
  int name(int descriptor) {                                            \
    char path[4096];                                                    \
    if (is_on("nosync") && is_folder(descriptor)) return fails(EINVAL); \
    int result = NEXT(name)(descriptor);                                \
    if (result == 0 && path_of(descriptor, path, sizeof path)) note("sync", path); \
    return result;                                                      \
  }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *old, const char *new) {
  if (cannot_change(old)) return fails(EROFS);
  int result = NEXT(rename)(old, new);
  if (result == 0) note("rename", new);
  return result;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = NEXT(clock_gettime)(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME && is_on("back")) time->tv_sec -= 24 * 60 * 60;
  return result;
}
#endif

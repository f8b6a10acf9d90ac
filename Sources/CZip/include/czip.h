#ifndef CZIP_H
#define CZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A zip archive that is read through libzip, which is loaded at the first one.
///
/// No call is made from two threads at once. Nothing is ever written.
typedef struct czip czip;

/// A file of an archive, read from its start to its end.
typedef struct czip_file czip_file;

typedef enum czip_result {
  czip_ok,
  /// libzip is not installed.
  czip_no_library,
  /// No archive, or one whose list of files is damaged.
  czip_damaged,
  /// A password is needed.
  czip_locked,
  /// A method of compression that this libzip does not know.
  czip_unsupported,
} czip_result;

/// What the archive's list says of a file.
typedef struct czip_entry {
  /// UTF-8; valid as long as the archive. NULL where the list is damaged.
  const char *name;
  uint64_t byte_count;
  uint64_t packed_byte_count;
  bool is_link;
} czip_entry;

/// Opens the archive in a regular file; the descriptor stays the caller's, and may be closed at once.
czip *czip_open(int descriptor, czip_result *result);
void czip_close(czip *archive);
uint64_t czip_count(czip *archive);
czip_entry czip_entry_at(czip *archive, uint64_t index);

/// Opens a file of the archive, which must be closed before the archive is.
czip_file *czip_file_open(czip *archive, uint64_t index, czip_result *result);
/// Reads up to `count` bytes: how many, 0 at the end, -1 where the file is damaged.
int64_t czip_file_read(czip_file *file, void *bytes, uint64_t count);
void czip_file_close(czip_file *file);

#endif

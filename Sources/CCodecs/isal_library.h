// ISA-L, loaded when a PNG is to be decoded: it inflates more than twice as fast as zlib. It is there for
// x86-64 and arm64; where it was not there when this was built, or is not here now, libpng does all.

#ifndef CODEC_ISAL_LIBRARY_H
#define CODEC_ISAL_LIBRARY_H

#if __has_include(<isa-l/igzip_lib.h>)
#define CODEC_HAS_ISAL 1

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

struct isal_library {
  __typeof__(&isal_inflate_init) inflate_init;
  __typeof__(&isal_inflate) inflate;
  __typeof__(&crc32_gzip_refl) crc32;
};

/// The functions of ISA-L; NULL where it is not installed. From any thread.
const struct isal_library *isal_library(void);
#endif

/// Loads the library before files can no longer be opened.
void codec_load_isal(void);

#endif

// libtiff, loaded when the first picture needs it.
//
// Its functions are declared here, since they are few and have been the same since libtiff 4.0.8
// (2017): a build needs no header of a library that many machines do without (docs/decisions/0180).

#ifndef TIFF_LIBRARY_H
#define TIFF_LIBRARY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct tiff tiff;

typedef ssize_t (*tiff_transfer)(void *handle, void *bytes, ssize_t count);
typedef uint64_t (*tiff_seek)(void *handle, uint64_t offset, int whence);
typedef int (*tiff_close)(void *handle);
typedef uint64_t (*tiff_size)(void *handle);
typedef int (*tiff_map)(void *handle, void **base, uint64_t *size);
typedef void (*tiff_unmap)(void *handle, void *base, uint64_t size);
typedef void (*tiff_report)(const char *, const char *, void *arguments);

struct tiff_library {
  tiff *(*ClientOpen)(
      const char *name, const char *mode, void *handle, tiff_transfer read, tiff_transfer write,
      tiff_seek seek, tiff_close close, tiff_size size, tiff_map map, tiff_unmap unmap);
  void (*Close)(tiff *);
  /// The type of the values is that of the tag.
  int (*GetField)(tiff *, uint32_t tag, ...);
  int (*GetFieldDefaulted)(tiff *, uint32_t tag, ...);
  int (*SetField)(tiff *, uint32_t tag, ...);
  int (*IsTiled)(tiff *);
  int64_t (*ScanlineSize64)(tiff *);
  int64_t (*TileSize64)(tiff *);
  int (*ReadScanline)(tiff *, void *row, uint32_t index, uint16_t plane);
  ssize_t (*ReadTile)(tiff *, void *tile, uint32_t x, uint32_t y, uint32_t z, uint16_t plane);
  int (*RGBAImageOK)(tiff *, char message[1024]);
  int (*ReadRGBAStripExt)(tiff *, uint32_t row, uint32_t *pixels, int stops_on_error);
  int (*ReadRGBATileExt)(
      tiff *, uint32_t column, uint32_t row, uint32_t *pixels, int stops_on_error);
  void *(*SetErrorHandler)(tiff_report);
  void *(*SetWarningHandler)(tiff_report);
};

// Loads the library at the first call, from any thread; NULL where it is not on this machine.
const struct tiff_library *tiff_library(void);

#endif

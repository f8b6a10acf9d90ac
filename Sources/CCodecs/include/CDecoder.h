// Decoding in a process of its own: what goes over its socket, and how it is confined.
//
// The process gets one job at a time as a `codec_job` with two descriptors (SCM_RIGHTS): the picture's
// file, open for reading, and memory for its pixels. It answers with a `codec_status`. When the socket
// is closed it ends.

#ifndef CDECODER_H
#define CDECODER_H

#include "CCodecs.h"

typedef enum codec_format {
  CODEC_JPEG = 1,
  CODEC_PNG,
  CODEC_WEBP,
  CODEC_GIF,
  CODEC_HEIF,
  CODEC_BMP,
  CODEC_PNM,
  CODEC_QOI,
  CODEC_TGA,
  CODEC_TIFF,
  CODEC_JXL,
  CODEC_SVG,
} codec_format;

typedef struct codec_job {
  uint32_t format;
  uint32_t channels;
  uint32_t source_width;
  uint32_t source_height;
  uint32_t width;
  uint32_t height;
  uint64_t byte_count;
} codec_job;

/// Decodes by format; `CODEC_UNSUPPORTED` where there is none of that number.
codec_status codec_decode(
    uint32_t format, const codec_input *input, const codec_canvas *canvas);
typedef codec_status (*codec_decoder)(
    uint32_t format, const codec_input *input, const codec_canvas *canvas);

/// A library that a decoding process needs for some formats alone.
typedef enum codec_library {
  CODEC_NO_LIBRARY,
  CODEC_LIBHEIF,
  CODEC_LIBTIFF,
  CODEC_LIBJXL,
  /// Reads fonts while it draws: it is loaded only where the kernel can keep all other files from it.
  CODEC_LIBRSVG,
} codec_library;

/// What a decoding process may use besides what it has when it begins to serve, in bytes of address
/// space.
enum { CODEC_SERVER_MEMORY = 1 << 30 };

/// Confines this process for good, and serves jobs from `socket` until its other end is closed.
///
/// `library` is loaded first, with its plugins: no file can be opened afterwards. `decoder` is
/// `codec_decode`, or a test's own.
///
/// Returns the exit status: 0, or 1 where the process cannot be confined and serves nothing.
int codec_serve(int socket, codec_library library, codec_decoder decoder);

/// Memory of `count` bytes as a descriptor that nobody can resize; -1 with errno.
int codec_make_memory(size_t count);
/// Both ends of a new socket for jobs, which no other process gets; 0, or -1 with errno.
int codec_make_sockets(int ends[2]);
/// Sends a job; false where the process is gone, or with errno.
bool codec_send_job(int socket, const codec_job *job, int file, int pixels);
/// Receives what became of a job, which has to be there; false where the process is gone.
bool codec_receive_status(int socket, uint32_t *status);

#endif

// libjxl, loaded when the first picture needs it.
//
// Its functions are declared here (docs/decisions/0180): its decoder's interface has changed once since
// version 0.7, in the functions that read profiles, which lost an argument in 0.9.

#ifndef JXL_LIBRARY_H
#define JXL_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

typedef struct jxl_decoder jxl_decoder;

typedef struct jxl_basic_info {
  int has_container;
  uint32_t width, height;
  uint32_t bits, exponent_bits;
  float intensity_target, least_nits;
  int is_relative_to_display;
  float linear_below;
  int uses_original_profile, has_preview, has_animation, orientation;
  uint32_t colour_channels, extra_channels, alpha_bits, alpha_exponent_bits;
  int is_premultiplied;
  /// Preview, animation, and what later versions may add.
  uint32_t others[64];
} jxl_basic_info;

typedef struct jxl_pixel_format {
  uint32_t channels;
  int type;
  int endianness;
  size_t alignment;
} jxl_pixel_format;

typedef struct jxl_colour_encoding {
  int space, white_point;
  double white[2];
  /// As ITU-T H.273 has it, or 2 for primaries of its own.
  int primaries;
  double red[2], green[2], blue[2];
  /// As ITU-T H.273 has it, or 65535 for a power.
  int transfer;
  double gamma;
  int intent;
} jxl_colour_encoding;

enum { JXL_SUCCESS = 0, JXL_ERROR, JXL_NEED_MORE_INPUT, JXL_NEED_IMAGE_OUT_BUFFER = 5 };
enum { JXL_BASIC_INFO = 0x40, JXL_COLOUR_ENCODING = 0x100, JXL_FULL_IMAGE = 0x1000 };
enum { JXL_UINT8 = 2, JXL_UINT16 = 3, JXL_NATIVE_ENDIAN = 0, JXL_DATA_PROFILE = 1 };

struct jxl_library {
  uint32_t (*Version)(void);
  jxl_decoder *(*Create)(const void *memory_manager);
  void (*Destroy)(jxl_decoder *);
  int (*SubscribeEvents)(jxl_decoder *, int events);
  int (*SetInput)(jxl_decoder *, const uint8_t *bytes, size_t count);
  void (*CloseInput)(jxl_decoder *);
  int (*ProcessInput)(jxl_decoder *);
  int (*GetBasicInfo)(const jxl_decoder *, jxl_basic_info *);
  int (*ImageOutBufferSize)(const jxl_decoder *, const jxl_pixel_format *, size_t *);
  int (*SetImageOutBuffer)(jxl_decoder *, const jxl_pixel_format *, void *, size_t);
  // Since 0.9 without the pixel format.
  int (*GetColorAsEncodedProfile)(
      const jxl_decoder *, const jxl_pixel_format *, int target, jxl_colour_encoding *);
  int (*GetICCProfileSize)(const jxl_decoder *, const jxl_pixel_format *, int target, size_t *);
  int (*GetColorAsICCProfile)(
      const jxl_decoder *, const jxl_pixel_format *, int target, uint8_t *, size_t);
};

// Loads the library at the first call, from any thread; NULL where it is not on this machine.
const struct jxl_library *jxl_library(void);

#endif

// libheif, loaded when the first picture needs it.

#ifndef HEIF_LIBRARY_H
#define HEIF_LIBRARY_H

#include <libheif/heif.h>

// The functions of libheif that we use, by their own names.
#define HEIF_FUNCTIONS(X) \
  X(context_alloc) X(context_free) X(context_read_from_memory_without_copy) \
  X(context_get_primary_image_handle) X(image_handle_get_width) X(image_handle_get_height) \
  X(image_handle_release) X(decoding_options_alloc) X(decoding_options_free) X(decode_image) \
  X(image_get_plane_readonly) X(image_get_width) X(image_get_height) X(image_release) \
  X(image_get_bits_per_pixel_range) X(image_handle_get_color_profile_type) \
  X(image_handle_get_raw_color_profile_size) X(image_handle_get_raw_color_profile) \
  X(image_handle_get_nclx_color_profile) X(nclx_color_profile_free) \
  X(image_handle_is_premultiplied_alpha)

struct heif_library {
#define HEIF_MEMBER(name) __typeof__(&heif_##name) name;
  HEIF_FUNCTIONS(HEIF_MEMBER)
#undef HEIF_MEMBER
};

// Loads the library at the first call, from any thread; NULL where it is not on this machine.
const struct heif_library *heif_library(void);

#endif

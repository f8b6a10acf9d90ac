// libchafa: pictures as the characters and colours of a terminal's cells, or as sixels; loaded when
// the first picture is drawn (docs/decisions/0112).

#ifndef C_CHAFA_H
#define C_CHAFA_H

#include <chafa.h>

// The functions of libchafa that we use, by their own names.
#define CHAFA_FUNCTIONS(X) \
  X(canvas_config_new) X(canvas_config_set_canvas_mode) X(canvas_config_set_cell_geometry) \
  X(canvas_config_set_geometry) X(canvas_config_set_pixel_mode) X(canvas_config_set_symbol_map) \
  X(canvas_config_set_work_factor) X(canvas_config_unref) X(canvas_draw_all_pixels) \
  X(canvas_get_char_at) X(canvas_get_raw_colors_at) X(canvas_new) X(canvas_print) X(canvas_unref) \
  X(symbol_map_add_by_tags) X(symbol_map_new) X(symbol_map_unref) X(term_db_detect) X(term_db_new) \
  X(term_db_unref) X(term_info_unref)

struct chafa_library {
#define CHAFA_MEMBER(name) __typeof__(&chafa_##name) name;
  CHAFA_FUNCTIONS(CHAFA_MEMBER)
#undef CHAFA_MEMBER
  // GLib's, for what canvas_print gives.
  __typeof__(&(g_string_free)) string_free;
};

// Loads the library at the first call, from any thread; NULL where it is not on this machine.
const struct chafa_library *chafa_load(void);

#endif

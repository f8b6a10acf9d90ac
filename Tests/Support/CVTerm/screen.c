#include "CVTerm.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

struct cv_screen {
  VTerm *terminal;
  VTermScreen *screen;
  char *title;
  bool is_hidden, is_alternate;
  int mouse, bells;
};

static int set_property(VTermProp property, VTermValue *value, void *user)
{
  cv_screen *self = user;
  switch (property) {
  case VTERM_PROP_CURSORVISIBLE: self->is_hidden = !value->boolean; break;
  case VTERM_PROP_ALTSCREEN: self->is_alternate = value->boolean; break;
  case VTERM_PROP_MOUSE: self->mouse = value->number; break;
  case VTERM_PROP_TITLE:
    free(self->title);
    self->title = strdup(value->string);
    break;
  default: break;
  }
  return 1;
}

static int ring(void *user)
{
  ((cv_screen *)user)->bells++;
  return 1;
}

cv_screen *cv_open(int columns, int rows)
{
  static const VTermScreenCallbacks callbacks = {.settermprop = set_property, .bell = ring};
  cv_screen *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->terminal = vterm_new(rows, columns);
  vterm_set_utf8(self->terminal, 1);
  self->screen = vterm_obtain_screen(self->terminal);
  vterm_screen_set_callbacks(self->screen, &callbacks, self);
  vterm_screen_enable_altscreen(self->screen, 1);
  vterm_screen_reset(self->screen, 1);
  return self;
}

void cv_close(cv_screen *self)
{
  vterm_free(self->terminal);
  free(self->title);
  free(self);
}

void cv_resize(cv_screen *self, int columns, int rows)
{
  vterm_set_size(self->terminal, rows, columns);
}

void cv_feed(cv_screen *self, const char *bytes, size_t length)
{
  vterm_input_write(self->terminal, bytes, length);
}

static int32_t color_number(const VTermColor *color, bool is_foreground)
{
  if (is_foreground ? VTERM_COLOR_IS_DEFAULT_FG(color) : VTERM_COLOR_IS_DEFAULT_BG(color)) {
    return -1;
  }
  if (VTERM_COLOR_IS_INDEXED(color)) return color->indexed.idx;
  return 0x1000000 | color->rgb.red << 16 | color->rgb.green << 8 | color->rgb.blue;
}

void cv_cell_at(cv_screen *self, int row, int column, cv_cell *cell)
{
  VTermScreenCell found;
  memset(cell, 0, sizeof *cell);
  cell->foreground = cell->background = -1;
  cell->width = 1;
  if (!vterm_screen_get_cell(self->screen, (VTermPos){.row = row, .col = column}, &found)) return;
  cell->width = found.chars[0] == (uint32_t)-1 ? 0 : found.width;
  if (cell->width > 0) memcpy(cell->characters, found.chars, sizeof cell->characters);
  cell->foreground = color_number(&found.fg, true);
  cell->background = color_number(&found.bg, false);
  cell->attributes = (uint8_t)((found.attrs.bold ? CV_BOLD : 0)
    | (found.attrs.italic ? CV_ITALIC : 0) | (found.attrs.underline ? CV_UNDERLINE : 0)
    | (found.attrs.reverse ? CV_REVERSE : 0) | (found.attrs.strike ? CV_STRIKETHROUGH : 0));
}

cv_state cv_state_of(cv_screen *self)
{
  VTermPos cursor;
  vterm_state_get_cursorpos(vterm_obtain_state(self->terminal), &cursor);
  return (cv_state){
    .row = cursor.row, .column = cursor.col, .is_visible = !self->is_hidden,
    .is_alternate = self->is_alternate, .mouse = self->mouse, .bells = self->bells};
}

const char *cv_title(cv_screen *self) { return self->title == NULL ? "" : self->title; }

size_t cv_take_output(cv_screen *self, char *bytes, size_t room)
{
  return vterm_output_read(self->terminal, bytes, room);
}

/* libvterm keeps the mode to itself, but marks a paste only where it is set. */
bool cv_has_bracketed_paste(cv_screen *self)
{
  char marker[16];
  vterm_keyboard_start_paste(self->terminal);
  return vterm_output_read(self->terminal, marker, sizeof marker) > 0;
}

void cv_press(cv_screen *self, cv_key key, int modifiers)
{
  static const VTermKey keys[] = {
    VTERM_KEY_ENTER, VTERM_KEY_TAB, VTERM_KEY_BACKSPACE, VTERM_KEY_ESCAPE,
    VTERM_KEY_UP, VTERM_KEY_DOWN, VTERM_KEY_LEFT, VTERM_KEY_RIGHT,
    VTERM_KEY_INS, VTERM_KEY_DEL, VTERM_KEY_HOME, VTERM_KEY_END,
    VTERM_KEY_PAGEUP, VTERM_KEY_PAGEDOWN, VTERM_KEY_FUNCTION(1),
  };
  vterm_keyboard_key(self->terminal, keys[key], (VTermModifier)modifiers);
}

void cv_mouse(cv_screen *self, int row, int column, int button, bool is_pressed)
{
  vterm_mouse_move(self->terminal, row, column, VTERM_MOD_NONE);
  vterm_mouse_button(self->terminal, button, is_pressed, VTERM_MOD_NONE);
}

#include "CVTerm.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

/* libvterm's state tells which cells are written, erased and moved; the link is each cell's own. */
struct cv_links {
  VTerm *terminal;
  int columns, rows, current;
  int *cells;
};

static int *cell_at(cv_links *self, int row, int column)
{
  return &self->cells[row * self->columns + column];
}

static int put_glyph(VTermGlyphInfo *glyph, VTermPos position, void *user)
{
  cv_links *self = user;
  for (int half = 0; half < glyph->width && position.col + half < self->columns; half++) {
    *cell_at(self, position.row, position.col + half) = self->current;
  }
  return 1;
}

static int erase(VTermRect area, int selective, void *user)
{
  (void)selective;
  for (int row = area.start_row; row < area.end_row; row++) {
    for (int column = area.start_col; column < area.end_col; column++) {
      *cell_at(user, row, column) = 0;
    }
  }
  return 1;
}

static int move(VTermRect to, VTermRect from, void *user)
{
  cv_links *self = user;
  size_t size = sizeof *self->cells * (size_t)(self->columns * self->rows);
  int *before = malloc(size);
  if (before == NULL) abort();
  memcpy(before, self->cells, size);
  for (int row = 0; row < to.end_row - to.start_row; row++) {
    for (int column = 0; column < to.end_col - to.start_col; column++) {
      *cell_at(self, to.start_row + row, to.start_col + column) =
        before[(from.start_row + row) * self->columns + from.start_col + column];
    }
  }
  free(before);
  return 1;
}

static int scroll(VTermRect area, int downward, int rightward, void *user)
{
  vterm_scroll_rect(area, downward, rightward, move, erase, user);
  return 1;
}

cv_links *cv_links_open(int columns, int rows)
{
  static const VTermStateCallbacks callbacks = {
    .putglyph = put_glyph, .erase = erase, .scrollrect = scroll};
  cv_links *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->cells = calloc((size_t)(columns * rows), sizeof *self->cells);
  self->columns = columns;
  self->rows = rows;
  self->terminal = vterm_new(rows, columns);
  vterm_set_utf8(self->terminal, 1);
  VTermState *state = vterm_obtain_state(self->terminal);
  vterm_state_set_callbacks(state, &callbacks, self);
  vterm_state_reset(state, 1);
  return self;
}

void cv_links_close(cv_links *self)
{
  vterm_free(self->terminal);
  free(self->cells);
  free(self);
}

void cv_links_feed(cv_links *self, const char *bytes, size_t length, int link)
{
  self->current = link;
  vterm_input_write(self->terminal, bytes, length);
}

int cv_links_at(cv_links *self, int row, int column) { return *cell_at(self, row, column); }

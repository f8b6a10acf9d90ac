/* ncurses as a renderer: it diffs and knows terminals, and never reads input. */
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "shared.h"

#include <curses.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#undef columns /* term.h takes the word */

static struct {
  SCREEN *screen;
  FILE *input, *output;
  int colours;
  int cursor; /* what curs_set was last told */
} display;

/* Which colours each pair has; a pair of 0 marks an empty slot. (`alloc_pair` of ncurses 6.4 loses
 * count when pairs run out: a table of our own.) */
enum { SLOTS = 32768 };
static struct {
  int used;
  struct slot { int foreground, background, pair; } slots[SLOTS];
} pairs;

static bool window_size(int descriptor, struct winsize *size)
{
  return ioctl(descriptor, TIOCGWINSZ, size) == 0 && size->ws_col > 0 && size->ws_row > 0;
}

bool ct_terminal_size(int descriptor, int *columns, int *rows)
{
  struct winsize size;
  if (!window_size(descriptor, &size)) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

bool ct_terminal_cell_size(int descriptor, int *width, int *height)
{
  struct winsize size;
  if (!window_size(descriptor, &size)) return false;
  *width = size.ws_xpixel / size.ws_col;
  *height = size.ws_ypixel / size.ws_row;
  return *width > 0 && *height > 0;
}

/* Looks a terminal up, also whether it is one of direct colour, without disturbing curses. */
static ct_screen_status look_up(const char *terminal, int output, ct_colour *colour)
{
  TERMINAL *before = cur_term;
  int found = 0;
  ct_screen_status status = CT_SCREEN_OPEN;
  if (setupterm(terminal, output, &found) != OK) {
    /* `found` is 1 for an entry that is there but only prints on paper. */
    status = found == 1 ? CT_SCREEN_UNUSABLE_TERMINAL : CT_SCREEN_UNKNOWN_TERMINAL;
  } else if (cursor_address == NULL) {
    status = CT_SCREEN_UNUSABLE_TERMINAL;
  } else if (*colour == CT_TERMINFO_COLOUR && tigetnum("colors") > 256) {
    *colour = CT_DIRECT_COLOUR;
  }
  TERMINAL *looked_up = cur_term;
  if (looked_up != before) {
    set_curterm(before);
    if (looked_up != NULL) del_curterm(looked_up);
  }
  return status;
}

void *screen_current_terminal(void) { return cur_term; }

void screen_set_terminal(void *terminal)
{
  if (cur_term != terminal) set_curterm(terminal);
}

static void close_streams(void)
{
  output_close();
  if (display.input != NULL) fclose(display.input);
  if (display.output != NULL) fclose(display.output);
  display.input = display.output = NULL;
}

static bool open_streams(int input, int output)
{
  int in = fcntl(input, F_DUPFD_CLOEXEC, 3), out = fcntl(output, F_DUPFD_CLOEXEC, 3);
  display.input = in < 0 ? NULL : fdopen(in, "r");
  display.output = out < 0 ? NULL : fdopen(out, "w");
  if (display.input != NULL && display.output != NULL) return true;
  close_streams();
  return false;
}

/* A table that was never written takes no memory: it is not cleared in vain. */
static void forget_pairs(void)
{
  if (pairs.used != 0) memset(&pairs, 0, sizeof pairs);
}

static void start_colours(ct_colour wanted)
{
  display.colours = 0;
  forget_pairs();
  if (wanted == CT_NO_COLOUR || start_color() != OK || !has_colors()) return;
  use_default_colors();
  display.colours = COLORS;
}

/* A string of terminfo without its `$<…>` delays. */
static size_t append_capability(char *buffer, size_t used, size_t room, const char *capability)
{
  if (capability == NULL || capability == (char *)-1) return used;
  for (const char *c = capability; *c != '\0' && used < room; c++) {
    if (c[0] == '$' && c[1] == '<') {
      while (*c != '\0' && *c != '>') c++;
      if (*c == '\0') break;
      continue;
    }
    buffer[used++] = *c;
  }
  return used;
}

/* Has a fatal signal leave the screen as `ct_screen_close` would. */
static void prepare_fatal_signals(void)
{
  char bytes[256];
  size_t used = 0, room = sizeof bytes;
  used = append_capability(bytes, used, room, exit_attribute_mode);
  used = append_capability(bytes, used, room, orig_pair);
  used = append_capability(bytes, used, room, cursor_normal);
  if (exit_ca_mode == NULL) {
    used = append_capability(bytes, used, room, tiparm(cursor_address, LINES - 1, 0));
    used = append_capability(bytes, used, room, "\n");
  }
  used = append_capability(bytes, used, room, exit_ca_mode);
  fatal_set_screen(bytes, used);
}

/* Curses would take SIGTSTP where that is still the system's, and stop the program behind our back:
 * for once the signal looks taken, and curses never asks again (6.4, lib_tstp.c). */
static SCREEN *start_curses(const char *terminal)
{
  struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
  sigaction(SIGTSTP, &ignore, &before);
  use_env(FALSE); /* the size is ours to tell */
  use_tioctl(TRUE); /* but curses wants one to begin with, and the entry of `linux` has none */
  SCREEN *screen = newterm(terminal, display.output, display.input);
  sigaction(SIGTSTP, &before, NULL);
  return screen;
}

/* Starts curses with more colours than terminfo knows of, by a description that TERMINFO holds for the
 * moment. */
static SCREEN *start_coloured_curses(const char *terminal, ct_colour colour)
{
  char *description = coloured_description(terminal, colour);
  const char *present = getenv("TERMINFO");
  char *before = present == NULL ? NULL : strdup(present);
  if (description != NULL) setenv("TERMINFO", description, 1);
  SCREEN *screen = start_curses(terminal);
  if (before == NULL) unsetenv("TERMINFO");
  else setenv("TERMINFO", before, 1);
  free(description);
  free(before);
  return screen;
}

ct_screen_status ct_screen_open(
  const char *terminal, int input, int output, int columns, int rows, ct_colour colour)
{
  ct_screen_status status = look_up(terminal, output, &colour);
  if (status != CT_SCREEN_OPEN) return status;
  if (!open_streams(input, output)) return CT_SCREEN_FAILED;
  fatal_remember(output); /* newterm() changes the settings */
  if (colour >= CT_PALETTE_COLOUR) display.screen = start_coloured_curses(terminal, colour);
  if (display.screen == NULL) display.screen = start_curses(terminal);
  if (display.screen == NULL) {
    fatal_restore_settings();
    fatal_forget();
    close_streams();
    return CT_SCREEN_UNUSABLE_TERMINAL;
  }
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, FALSE);
  typeahead(-1); /* or an update peeks at the keys and stops half-way */
  start_colours(colour);
  resizeterm(rows, columns);
  prepare_fatal_signals();
  fatal_hold_screen(true);
  display.cursor = curs_set(1) == ERR ? -1 : 1;
  clearok(curscr, TRUE);
  return CT_SCREEN_OPEN;
}

void ct_screen_close(void)
{
  if (display.screen == NULL) return;
  if (!isendwin()) {
    curs_set(1);
    endwin();
  }
  fatal_forget();
  delscreen(display.screen);
  display.screen = NULL;
  close_streams();
}

ct_screen_status ct_screen_reopen(
  const char *terminal, int columns, int rows, ct_colour colour)
{
  int input = fcntl(fileno(display.input), F_DUPFD_CLOEXEC, 3);
  int output = fcntl(fileno(display.output), F_DUPFD_CLOEXEC, 3);
  ct_screen_status status = CT_SCREEN_FAILED;
  exit_ca_mode = NULL; /* so that the shell's screen is not seen in between */
  ct_screen_close();
  if (input >= 0 && output >= 0) {
    status = ct_screen_open(terminal, input, output, columns, rows, colour);
  }
  if (input >= 0) close(input);
  if (output >= 0) close(output);
  return status;
}

int ct_screen_colours(void) { return display.colours; }

void ct_screen_suspend(void)
{
  curs_set(1);
  endwin();
  fatal_hold_screen(false);
}

bool ct_screen_is_raw(void)
{
  struct termios settings;
  bool is_known = tcgetattr(fileno(display.output), &settings) == 0;
  return !is_known || (settings.c_lflag & (ICANON | ECHO | ISIG)) == 0;
}

void ct_screen_resume(int columns, int rows)
{
  reset_prog_mode();
  resizeterm(rows, columns);
  prepare_fatal_signals();
  fatal_hold_screen(true);
  display.cursor = -1;
  clearok(curscr, TRUE);
}

void ct_screen_resize(int columns, int rows)
{
  resizeterm(rows, columns);
  prepare_fatal_signals();
}

void ct_screen_repaint(void) { clearok(curscr, TRUE); }

static attr_t attributes_of(uint8_t bits)
{
  attr_t attributes = A_NORMAL;
  if (bits & CT_BOLD) attributes |= A_BOLD;
  /* As manual pages do where there are no italics. */
  if (bits & CT_ITALIC) attributes |= enter_italics_mode == NULL ? A_UNDERLINE : A_ITALIC;
  if (bits & CT_UNDERLINE) attributes |= A_UNDERLINE;
  if (bits & CT_REVERSE) attributes |= A_REVERSE;
  /* curses knows no strikethrough: what is struck out recedes instead. */
  if (bits & (CT_DIM | CT_STRIKETHROUGH)) attributes |= A_DIM;
  return attributes;
}

/* The place of two colours in the table: theirs, or the empty one where they belong. */
static struct slot *slot_of(int foreground, int background)
{
  uint32_t hash = (uint32_t)foreground * 2654435761u ^ (uint32_t)background * 2246822519u;
  uint32_t place = (hash ^ hash >> 15) % SLOTS;
  while (pairs.slots[place].pair != 0
         && (pairs.slots[place].foreground != foreground
             || pairs.slots[place].background != background)) {
    place = (place + 1) % SLOTS;
  }
  return &pairs.slots[place];
}

/* The colour pair of a cell. When all are taken, forgets them and sets `exhausted`. */
static int pair_of(const ct_cell *cell, bool *exhausted)
{
  if (display.colours == 0 || (cell->foreground == -1 && cell->background == -1)) return 0;
  struct slot *slot = slot_of(cell->foreground, cell->background);
  if (slot->pair != 0) return slot->pair;
  if (pairs.used >= SLOTS / 2 || pairs.used >= COLOR_PAIRS - 1) {
    forget_pairs();
    *exhausted = true;
    slot = slot_of(cell->foreground, cell->background);
  }
  int pair = ++pairs.used;
  /* Curses repaints the cells on the screen that had this pair with other colours. */
  init_extended_pair(pair, cell->foreground, cell->background);
  *slot = (struct slot){cell->foreground, cell->background, pair};
  return pair;
}

/* Marks may add to a glyph, never turn the line's direction or join cells. */
static bool is_mark(wchar_t scalar)
{
  if (scalar >= 0x200B && scalar <= 0x200F) return false;
  if (scalar >= 0x202A && scalar <= 0x202E) return false;
  if (scalar >= 0x2060 && scalar <= 0x206F) return false;
  return scalar != 0x061C && scalar != 0xFEFF && wcwidth(scalar) == 0;
}

/* The last guard before the terminal: a base that curses draws in `width` columns, then marks. */
static void glyph_of(const ct_cell *cell, wchar_t glyph[CCHARW_MAX + 1])
{
  if (cell->text[0] >= 0x20 && cell->text[0] < 0x7F && cell->text[1] == 0) {
    glyph[0] = (wchar_t)cell->text[0];
    glyph[1] = L'\0';
    return;
  }
  width_note((wchar_t)cell->text[0], cell->width);
  int used = 0, width = wcwidth((wchar_t)cell->text[0]);
  bool drawable = width >= 1 && width <= cell->width;
  glyph[used++] = drawable ? (wchar_t)cell->text[0] : 0xFFFD;
  for (int mark = 1; drawable && mark < 5 && cell->text[mark] != 0 && used < CCHARW_MAX; mark++) {
    if (is_mark((wchar_t)cell->text[mark])) glyph[used++] = (wchar_t)cell->text[mark];
  }
  glyph[used] = L'\0';
}

bool ct_screen_put_row(int row, const ct_cell *cells, int count)
{
  bool exhausted = false;
  wmove(stdscr, row, 0);
  wclrtoeol(stdscr);
  for (int column = 0; column < count && column < COLS; column++) {
    const ct_cell *cell = &cells[column];
    if (cell->width == 0 || column + cell->width > COLS) continue;
    wchar_t glyph[CCHARW_MAX + 1];
    glyph_of(cell, glyph);
    int pair = pair_of(cell, &exhausted);
    cchar_t character;
    setcchar(&character, glyph, attributes_of(cell->attributes), 0, &pair);
    wmove(stdscr, row, column);
    wadd_wch(stdscr, &character);
  }
  return !exhausted;
}

bool ct_screen_strikes_through(void)
{
  const char *start = tigetstr("smxx");
  return start != NULL && start != (char *)-1;
}

void ct_screen_rewrite_row(int row) { wredrawln(stdscr, row, 1); }

void ct_screen_update(int row, int column)
{
  int wanted = column >= 0;
  if (wanted) wmove(stdscr, row, column);
  if (wanted != display.cursor && curs_set(wanted) != ERR) display.cursor = wanted;
  wnoutrefresh(stdscr);
  /* Coming back from a shell, curses also sets the line: of a terminal, not of a file. */
  bool gathers = !isendwin() && output_gather(fileno(display.output));
  doupdate();
  if (gathers) output_release(fileno(display.output));
}

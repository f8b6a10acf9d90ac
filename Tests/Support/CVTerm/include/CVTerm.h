/*
 * The tests' eyes: libvterm's screen as plain numbers, and programs started in a pseudo-terminal.
 */
#ifndef CVTERM_H
#define CVTERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct cv_screen cv_screen;

/* Bits of `cv_cell.attributes`. */
enum {
  CV_BOLD = 1, CV_DIM = 2, CV_ITALIC = 4, CV_UNDERLINE = 8, CV_REVERSE = 16, CV_STRIKETHROUGH = 32,
};

/* A cell: its characters ended by 0 where fewer than six; none for a blank that was never written.
 * A width of 0 is the right half of a wide cell. A colour is -1 for the terminal's own, 0 to 255 for
 * the palette, or 0x1000000 and 24 bits of RGB. */
typedef struct {
  uint32_t characters[6];
  int width;
  uint8_t attributes;
  int32_t foreground, background;
} cv_cell;

typedef struct {
  int row, column;
  bool is_visible, is_alternate;
  /* 0 none, 1 clicks, 2 drags, 3 all motion */
  int mouse;
  int bells;
} cv_state;

cv_screen *cv_open(int columns, int rows);
void cv_close(cv_screen *screen);
void cv_resize(cv_screen *screen, int columns, int rows);
void cv_feed(cv_screen *screen, const char *bytes, size_t length);
void cv_cell_at(cv_screen *screen, int row, int column, cv_cell *cell);
cv_state cv_state_of(cv_screen *screen);
const char *cv_title(cv_screen *screen);
bool cv_has_bracketed_paste(cv_screen *screen);

typedef enum {
  CV_ENTER, CV_TAB, CV_BACKSPACE, CV_ESCAPE, CV_UP, CV_DOWN, CV_LEFT, CV_RIGHT,
  CV_INSERT, CV_DELETE, CV_HOME, CV_END, CV_PAGE_UP, CV_PAGE_DOWN, CV_F1,
} cv_key;

enum { CV_SHIFT = 1, CV_ALT = 2, CV_CONTROL = 4 };

/* Presses a key or a button, as a terminal in this one's modes reports it. */
void cv_press(cv_screen *screen, cv_key key, int modifiers);
void cv_mouse(cv_screen *screen, int row, int column, int button, bool is_pressed);

/* Takes what the terminal has to say to the program: keys and answers. */
size_t cv_take_output(cv_screen *screen, char *bytes, size_t room);

/* A terminal's cells by the link that each was written with: a number that the caller gives. */
typedef struct cv_links cv_links;
cv_links *cv_links_open(int columns, int rows);
void cv_links_close(cv_links *links);
void cv_links_feed(cv_links *links, const char *bytes, size_t length, int link);
int cv_links_at(cv_links *links, int row, int column);

/* Opens a pseudo-terminal; `path` receives the program's side. Returns a descriptor or -1. */
int cv_pty_open(int columns, int rows, char *path, size_t room);
bool cv_pty_resize(int descriptor, int columns, int rows);

/* Starts a program as the leader of a session with `tty` as its terminal. Standard error goes to
 * `errors` where that is not NULL. Returns 0 or an errno value. */
int cv_spawn(
  const char *path, char *const arguments[], char *const environment[], const char *directory,
  const char *tty, const char *errors, pid_t *pid);

#endif

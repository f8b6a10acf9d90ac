/*
 * The terminal's C shim: ncurses as renderer, GNU readline as key dispatcher, and signals.
 *
 * This header includes neither curses.h nor readline.h, so Swift sees plain functions and numbers.
 * Readline's callbacks stay in C and queue events that Swift drains after each key: no Swift frame
 * ever lies in the path of readline's longjmp. Everything here belongs to the main thread, except
 * the signal handlers, which use async-signal-safe calls only.
 */
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Locale --------------------------------------------------------------------------------- */

typedef enum {
  CT_LOCALE_UTF8,  /* the environment's locale is UTF-8, or means to be where it is not installed */
  CT_LOCALE_OTHER, /* it is not: UTF-8 is in force, but the terminal may not show all of it */
  CT_LOCALE_NONE,  /* no locale with UTF-8 is installed */
} ct_locale;

/* Sets the environment's locale, as far as it is installed; where that cannot hold UTF-8, LC_CTYPE
 * becomes one that can, in the environment too (so call it before there are other threads). */
ct_locale ct_locale_set(void);

/* ---- Screen (ncurses) ----------------------------------------------------------------------- */

/* One character cell. `text` is a base scalar and up to four marks, ended by 0 where shorter. A colour
 * is the palette's, -1 the terminal's own, and from 256 on, where there are as many, 24 bits of RGB. */
typedef struct {
  uint32_t text[5];
  uint8_t width;
  uint8_t attributes;
  int32_t foreground;
  int32_t background;
} ct_cell;

/* Bits of `ct_cell.attributes`. */
enum {
  CT_BOLD = 1, CT_DIM = 2, CT_ITALIC = 4, CT_UNDERLINE = 8, CT_REVERSE = 16, CT_STRIKETHROUGH = 32,
};

typedef enum {
  CT_SCREEN_OPEN,
  CT_SCREEN_UNKNOWN_TERMINAL,  /* terminfo has no entry of that name */
  CT_SCREEN_UNUSABLE_TERMINAL, /* the entry cannot move the cursor or leaves curses no way to draw */
  CT_SCREEN_FAILED,            /* streams or memory ran out */
} ct_screen_status;

/* No colour, those that terminfo knows, or, whatever it knows, xterm's palette of 256 or 24 bits. */
typedef enum {
  CT_NO_COLOUR, CT_TERMINFO_COLOUR, CT_PALETTE_COLOUR, CT_DIRECT_COLOUR,
} ct_colour;

enum { CT_PALETTE_COLOURS = 256, CT_DIRECT_COLOURS = 1 << 24 };

/* Starts curses on descriptors: raw input, no echo, alternate screen where the terminal has one. */
ct_screen_status ct_screen_open(
  const char *terminal, int input, int output, int columns, int rows, ct_colour colour);

/* Restores the terminal and frees the screen. */
void ct_screen_close(void);

/* Starts curses again on the same descriptors with other colours: curses reads their number once. The
 * alternate screen is not left; every cell is to be put anew. Where that fails the screen is closed. */
ct_screen_status ct_screen_reopen(
  const char *terminal, int columns, int rows, ct_colour colour);

/* How many colours may be named in cells: 0, 8, 16, 88, 256 or 2^24. */
int ct_screen_colours(void);

/* Leaves the screen to the shell or another program; `ct_screen_resume` takes it back. */
void ct_screen_suspend(void);
void ct_screen_resume(int columns, int rows);

/* Whether the line still has the program's settings: a shell that continues a job which SIGSTOP has
 * stopped leaves its own. */
bool ct_screen_is_raw(void);

void ct_screen_resize(int columns, int rows);

/* Has the next update repaint every cell, whatever curses believes to be there. */
void ct_screen_repaint(void);

/* Erases a row and writes `count` cells from the left; what is not printable becomes U+FFFD.
 * Returns false when colour pairs ran out: all were forgotten, so every row must be put again. */
bool ct_screen_put_row(int row, const ct_cell *cells, int count);

/* Whether terminfo says how text is struck through (`smxx`, user_caps(5)); curses itself never does. */
bool ct_screen_strikes_through(void);

/* Has the next update write a row whole, whatever curses believes to be there. */
void ct_screen_rewrite_row(int row);

/* Sends what changed to the terminal and puts the cursor; a negative column hides it. */
void ct_screen_update(int row, int column);

/* The terminal's size by TIOCGWINSZ; false when the descriptor has none. */
bool ct_terminal_size(int descriptor, int *columns, int *rows);

/* The pixels of one cell by TIOCGWINSZ; false where the terminal does not say. */
bool ct_terminal_cell_size(int descriptor, int *width, int *height);

/* ---- Composer (readline) -------------------------------------------------------------------- */

enum { CT_MAP_EMACS = 1, CT_MAP_VI_INSERT = 2, CT_MAP_VI_COMMAND = 4 };

/* When an action of the program is emitted; otherwise its fallback command runs. */
typedef enum { CT_ALWAYS, CT_WHEN_EMPTY, CT_WHEN_OVERLAY } ct_condition;

typedef enum {
  CT_EVENT_ACTION,     /* `number` is the action's, as `ct_composer_add_action` gave it */
  CT_EVENT_LINE,       /* `text` was accepted */
  CT_EVENT_END,        /* end of file: C-d where the user's init file rebound it */
  CT_EVENT_CANDIDATE,  /* one of `number` completions to be shown */
} ct_event_kind;

typedef struct {
  ct_event_kind kind;
  int number;
  const char *text;  /* valid until the next call of `ct_composer_next_event` */
  size_t length;
} ct_event;

/* Names an action as a bindable readline function. `fallback` is the name of the readline function
 * that runs when the condition does not hold, or NULL. Returns the action's number, or -1 when the
 * table is full. Adding a name again changes its condition and fallback. */
int ct_composer_add_action(const char *name, ct_condition condition, const char *fallback);

/* Binds a key sequence in readline's notation ("\\C-x\\C-e") to a function's name in the maps. */
bool ct_composer_bind(const char *sequence, const char *function, int maps);

/* Binds a key sequence to an action again in those of the maps in which an init file has bound it
 * to the action's own fallback (Debian's /etc/inputrc names Home and the words' keys so), or in which
 * readline has taken it away. */
void ct_composer_restore(const char *sequence, const char *function, int maps);

/* Starts readline; its first start reads the user's init file. False if it is running already. */
bool ct_composer_open(void);
/* The user's init file where it is a pipe and was not read; NULL where there is none such. */
const char *ct_composer_left_out_init_file(void);
void ct_composer_close(void);

/* Reads a further init file; returns an errno value, 0 when it was read. */
int ct_composer_read_init(const char *path);

/* Gives readline one complete key. Unknown escape sequences are dropped. */
void ct_composer_feed(const char *bytes, size_t length);

/* Inserts text at the cursor, undone as one; ends a search or a pending prefix first. */
void ct_composer_insert(const char *text);

/* Replaces the whole text, undone as one. */
void ct_composer_set_text(const char *text, size_t cursor);

bool ct_composer_next_event(ct_event *event);

/* Whether readline asked for a redisplay since the last call. */
bool ct_composer_take_changed(void);

/* Called on Up and Down, synchronously: the byte of the line that so many rows of the screen lead to
 * from the cursor, or -1 out of the text, where they leave for the history. */
typedef long (*ct_row_mover)(void *context, int rows);

void ct_composer_set_row_mover(ct_row_mover mover, void *context);

void ct_composer_set_overlay(bool open);
void ct_composer_set_size(int columns, int rows);

const char *ct_composer_text(size_t *length, size_t *cursor);
const char *ct_composer_message(void);
bool ct_composer_region(size_t *start, size_t *end);

typedef enum { CT_MODE_EMACS, CT_MODE_VI_INSERT, CT_MODE_VI_COMMAND } ct_mode;
ct_mode ct_composer_mode(void);

void ct_history_add(const char *line); /* unless the newest entry is the same */
bool ct_history_is_open(void); /* whether the line is one of the history's */
bool ct_history_is_newest(void); /* whether it is not, and yet the same as the newest entry */
void ct_history_limit(int entries);
void ct_history_clear(void);

/* ---- Completion (readline) ------------------------------------------------------------------ */

/* Called on Tab, synchronously; answers through the `ct_completion_offer_…` calls. */
typedef void (*ct_completer)(void *context, const char *line, size_t start, size_t end);

void ct_composer_set_completer(ct_completer completer, void *context);
void ct_completion_offer_word(const char *word);

/* Completes file names; `suffixes` (".png.jpg", lower case, or "") limits them, not the folders. */
void ct_completion_offer_paths(const char *suffixes);

/* What follows a completed word; 0 for nothing. */
void ct_completion_append(char character);

/* ---- Signals -------------------------------------------------------------------------------- */

/* Catches SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP and SIGINT; returns the descriptor from which
 * their numbers are read, or -1. Every other signal that ends the program gives the terminal back
 * first. */
int ct_signals_open(void);
void ct_signals_close(void);

/* The next caught signal's number, or 0. */
int ct_signals_next(void);

/* While another program has the terminal, Ctrl-Z stops this process with it, and Ctrl-C leaves this
 * one alone. */
void ct_signals_lend(bool lent);

/* Stops this process and its group as Ctrl-Z does; returns when it is continued. */
void ct_signals_stop(void);

/* For a program without a screen: SIGINT, SIGTERM and SIGHUP become their numbers in a pipe, whose end
 * to read is returned, or -1. The second one ends the process at once with the status 128 + number. A
 * signal that was ignored before stays so. */
int ct_interruption_open(void);

/* Has these signals do what they did before. The pipe stays as it is, without what was not read. */
void ct_interruption_close(void);

/* What a fatal signal writes to leave the screen: the modes that curses does not know (at most 512
 * bytes), and behind all a message on the ordinary screen (at most 512). */
void ct_fatal_set_modes(const char *bytes, size_t length);
void ct_fatal_set_message(const char *bytes, size_t length);

/* Gives the calling thread a stack for signal handlers, so that an overflow of its own stack still
 * gives the terminal back. The main thread has one after `ct_signals_open`. */
void ct_thread_guard(void);

/* ---- Descriptors ---------------------------------------------------------------------------- */

/* A non-blocking, close-on-exec eventfd, or -1. */
int ct_eventfd(void);

#endif

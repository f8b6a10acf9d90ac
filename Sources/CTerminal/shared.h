/* What the shim's files share. */
#ifndef CTERMINAL_CLOSET_H
#define CTERMINAL_CLOSET_H

#include "CTerminal.h"

#include <wchar.h>

/* Queues an event; `text` is copied. */
void composer_push(ct_event_kind kind, int number, const char *text);

/* Has curses and readline give a printable character the width that the frame gives it, 1 or 2. */
void width_note(wchar_t scalar, int width);

/* Whether something stands before the transcript, as `ct_composer_set_overlay` said. */
bool overlay_is_open(void);

/* Has the keys for the ends of the line, and those that kill up to them, work in the line of the
 * text that the cursor is in, whatever keys they are. */
void edit_by_lines(void);

/* Sets readline's completion hooks. */
void completion_install(void);

/* Has what is written to a descriptor stay in memory until it is released; false where it cannot. */
bool output_gather(int descriptor);

/* Writes all that was gathered, and has the descriptor lead to the terminal again. */
void output_release(int descriptor);

/* Forgets the terminal. */
void output_close(void);

/* Remembers the line settings of a descriptor for a fatal signal to restore, before anything changes
 * them; from then on such a signal restores them. */
void fatal_remember(int descriptor);

/* Says whether the program has the screen, which a fatal signal is to leave, or another program. */
void fatal_hold_screen(bool holds);

/* Sets how a fatal signal leaves the screen as curses would. */
void fatal_set_screen(const char *bytes, size_t length);

/* Restores the remembered line settings now. */
void fatal_restore_settings(void);

/* Has a fatal signal leave the terminal alone. */
void fatal_forget(void);

/* Lets signals in that whoever started the program had blocked: a Dispatch thread of a Swift program
 * blocks nearly all, and what it starts inherits that. Threads made later have it from this one. */
void signals_let_in(const int *signals, size_t count);

void fatal_open(void);
void fatal_close(void);

/* Catches SIGQUIT again. */
void fatal_catch_quit(void);

/* What TERMINFO holds to give `terminal` the palette's or 24-bit colours; to be freed. NULL where it
 * has no entry. */
char *coloured_description(const char *terminal, ct_colour colour);

/* The terminal that curses and termcap work on. */
void *screen_current_terminal(void);
void screen_set_terminal(void *terminal);

#endif

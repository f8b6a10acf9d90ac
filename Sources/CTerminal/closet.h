/* What the closet's files share. */
#ifndef CTERMINAL_CLOSET_H
#define CTERMINAL_CLOSET_H

#include "CTerminal.h"

#include <wchar.h>

/* Queues an event; `text` is copied. */
void composer_push(ct_event_kind kind, int number, const char *text);

/* Has curses and readline give a printable character the width that the frame gives it, 1 or 2. */
void width_note(wchar_t scalar, int width);

/* Sets readline's completion hooks. */
void completion_install(void);

/* Has what is written to a descriptor stay in memory until it is released; false where it cannot. */
bool output_gather(int descriptor);

/* Writes all that was gathered, and has the descriptor lead to the terminal again. */
void output_release(int descriptor);

/* Forgets the terminal. */
void output_close(void);

/* What TERMINFO holds to give `terminal` 24-bit colour; to be freed. NULL where it has no entry. */
char *direct_description(const char *terminal);

/* The terminal that curses and termcap work on. */
void *screen_current_terminal(void);
void screen_set_terminal(void *terminal);

#endif

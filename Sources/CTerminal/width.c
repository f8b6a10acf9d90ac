/*
 * How wide curses takes a character to be: as wide as the frame says.
 *
 * libc gives one column to each of East Asia's ambiguous characters, while a terminal set up for them
 * gives two. Curses asks `wcwidth`, and a program's own definition goes before libc's (ELF symbol
 * resolution), so the one below answers for curses and for readline. Where symbols are not resolved
 * so (macOS) curses goes by libc, as if this file were not here.
 */
#define _GNU_SOURCE
#include "shared.h"

#include <dlfcn.h>
#include <limits.h>
#include <wchar.h>

enum { BITS = sizeof(unsigned long) * CHAR_BIT, SCALARS = 0x110000 };

/* The characters of one or two columns that the frame gives the other number. */
static unsigned long other[SCALARS / BITS];

static int libc_width(wchar_t scalar)
{
  static int (*function)(wchar_t);
  if (function == NULL) {
    *(void **)&function = dlsym(RTLD_NEXT, "wcwidth");
    if (function == NULL) return -1;
  }
  return (*function)(scalar);
}

void width_note(wchar_t scalar, int width)
{
  if (scalar < 0x80 || scalar >= SCALARS) return;
  int usual = libc_width(scalar);
  if (usual < 1 || width < 1 || width > 2) return;
  unsigned long bit = 1ul << scalar % BITS;
  if (width == usual) other[scalar / BITS] &= ~bit;
  else other[scalar / BITS] |= bit;
}

__attribute__((visibility("default"))) int wcwidth(wchar_t scalar)
{
  int usual = libc_width(scalar);
  if (usual < 1 || scalar < 0x80 || scalar >= SCALARS) return usual;
  return other[scalar / BITS] >> scalar % BITS & 1 ? 3 - usual : usual;
}

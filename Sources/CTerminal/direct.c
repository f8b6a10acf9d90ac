/*
 * A terminal's description with more colours than its entry in terminfo has.
 *
 * Terminals that draw 24-bit colour say so in COLORTERM, while TERM names an entry of 256 colours;
 * the entries with direct colour are seldom installed. Others draw 256 and have TERM name one of
 * eight. So the entry in use is compiled anew with
 * other colours, and ncurses reads it from TERMINFO, where it may stand in hexadecimal (terminfo(5),
 * "Fetching Compiled Descriptions"; format: term(5), "Extended Number Format").
 */
#define _GNU_SOURCE
#include "shared.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

/* 0 to 255 stay the palette's colours, so that the user's own theme holds. */
#define FOREGROUND_OF_PALETTE \
  "\033[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m"
#define BACKGROUND_OF_PALETTE \
  "\033[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m"
#define FOREGROUND \
  "\033[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e%p1%{256}%<%t38;5;%p1%d" \
  "%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"
#define BACKGROUND \
  "\033[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e%p1%{256}%<%t48;5;%p1%d" \
  "%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"

static size_t count(const char *const *names)
{
  size_t result = 0;
  while (names[result] != NULL) result++;
  return result;
}

static void put_short(FILE *file, int value)
{
  fputc(value & 255, file);
  fputc(value >> 8 & 255, file);
}

static void put_number(FILE *file, int value)
{
  put_short(file, value);
  put_short(file, value >> 16);
}

static void align(FILE *file)
{
  if (ftell(file) % 2 != 0) fputc(0, file);
}

static int flag_of(const char *name)
{
  if (strcmp(name, "ccc") == 0) return 0; /* the palette is the user's */
  return tigetflag(name) > 0;
}

/* Of the description that is being made. */
static ct_colour wanted;

static int number_of(const char *name)
{
  if (strcmp(name, "colors") == 0) {
    return wanted == CT_DIRECT_COLOUR ? CT_DIRECT_COLOURS : CT_PALETTE_COLOURS;
  }
  if (strcmp(name, "pairs") == 0) return 0x10000;
  int value = tigetnum(name);
  return value < 0 ? -1 : value;
}

static const char *string_of(const char *name)
{
  static const struct { const char *name, *palette, *direct; } ours[] = {
    {"setaf", FOREGROUND_OF_PALETTE, FOREGROUND}, {"setab", BACKGROUND_OF_PALETTE, BACKGROUND},
    {"setf", NULL, NULL}, {"setb", NULL, NULL}, {"initc", NULL, NULL}, {"oc", NULL, NULL},
  };
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
    if (strcmp(ours[i].name, name) != 0) continue;
    return wanted == CT_DIRECT_COLOUR ? ours[i].direct : ours[i].palette;
  }
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

/* The offsets of the strings, then the strings themselves. */
static void put_strings(FILE *file, size_t strings)
{
  int offset = 0;
  for (size_t i = 0; i < strings; i++) {
    const char *value = string_of(strnames[i]);
    put_short(file, value == NULL ? -1 : offset);
    if (value != NULL) offset += (int)strlen(value) + 1;
  }
  for (size_t i = 0; i < strings; i++) {
    const char *value = string_of(strnames[i]);
    if (value != NULL) fwrite(value, 1, strlen(value) + 1, file);
  }
}

static int bytes_of_strings(size_t strings)
{
  int bytes = 0;
  for (size_t i = 0; i < strings; i++) {
    const char *value = string_of(strnames[i]);
    if (value != NULL) bytes += (int)strlen(value) + 1;
  }
  return bytes;
}

/* The capabilities that have no place of their own: RGB, and AX (colours are reset by SGR 39;49). */
static void put_extensions(FILE *file)
{
  const char *names[2];
  int used = 0, bytes = 0;
  if (tigetflag("AX") > 0) names[used++] = "AX";
  if (wanted == CT_DIRECT_COLOUR) names[used++] = "RGB";
  if (used == 0) return;
  for (int i = 0; i < used; i++) bytes += (int)strlen(names[i]) + 1;
  align(file);
  put_short(file, used);
  put_short(file, 0);
  put_short(file, 0);
  put_short(file, used);
  put_short(file, bytes);
  for (int i = 0; i < used; i++) fputc(1, file);
  align(file);
  for (int i = 0, offset = 0; i < used; offset += (int)strlen(names[i++]) + 1) {
    put_short(file, offset);
  }
  for (int i = 0; i < used; i++) fwrite(names[i], 1, strlen(names[i]) + 1, file);
}

static void put_description(FILE *file, const char *terminal)
{
  size_t flags = count((const char *const *)boolnames);
  size_t numbers = count((const char *const *)numnames);
  size_t strings = count((const char *const *)strnames);
  put_short(file, 01036);
  put_short(file, (int)strlen(terminal) + 1);
  put_short(file, (int)flags);
  put_short(file, (int)numbers);
  put_short(file, (int)strings);
  put_short(file, bytes_of_strings(strings));
  fwrite(terminal, 1, strlen(terminal) + 1, file);
  for (size_t i = 0; i < flags; i++) fputc(flag_of(boolnames[i]), file);
  align(file);
  for (size_t i = 0; i < numbers; i++) put_number(file, number_of(numnames[i]));
  put_strings(file, strings);
  put_extensions(file);
}

static char *hexadecimal(const char *bytes, size_t length)
{
  static const char digits[] = "0123456789ABCDEF";
  char *result = malloc(4 + 2 * length + 1), *out = result;
  if (result == NULL) return NULL;
  out = stpcpy(out, "hex:");
  for (size_t i = 0; i < length; i++) {
    *out++ = digits[(unsigned char)bytes[i] >> 4];
    *out++ = digits[(unsigned char)bytes[i] & 15];
  }
  *out = '\0';
  return result;
}

char *coloured_description(const char *terminal, ct_colour colour)
{
  wanted = colour;
  TERMINAL *before = cur_term;
  int found = 0;
  char *bytes = NULL, *result = NULL;
  size_t length = 0;
  if (setupterm(terminal, STDOUT_FILENO, &found) != OK) return NULL;
  FILE *file = open_memstream(&bytes, &length);
  if (file != NULL) {
    put_description(file, terminal);
    if (fclose(file) == 0) result = hexadecimal(bytes, length);
    free(bytes);
  }
  TERMINAL *ours = cur_term;
  if (ours != before) {
    set_curterm(before);
    del_curterm(ours);
  }
  return result;
}

/* The locale of the process. */
#define _GNU_SOURCE
#include "shared.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static bool is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

/* Each category on its own: for one that is not installed, setlocale(LC_ALL) would refuse them all.
 * Numbers stay as C writes them. */
static void set_categories(void)
{
  static const int categories[] = {LC_CTYPE, LC_COLLATE, LC_MESSAGES, LC_TIME};
  for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) setlocale(categories[i], "");
}

/* In the environment too: readline 8.2 sets the locale from there again for each line. */
static void keep_encoding(const char *name)
{
  const char *all = getenv("LC_ALL");
  if (all != NULL && *all != '\0') {
    setenv("LANG", all, 1);
    unsetenv("LC_MESSAGES"); /* which it went before */
    unsetenv("LC_ALL");
  }
  setenv("LC_CTYPE", name, 1);
}

/* Whether the locale that is asked for says UTF-8, though it may not be installed (POSIX, 8.2). */
static bool is_meant_as_utf8(void)
{
  static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
    const char *name = getenv(variables[i]);
    if (name == NULL || *name == '\0') continue;
    return strcasestr(name, "UTF-8") != NULL || strcasestr(name, "UTF8") != NULL;
  }
  return false;
}

ct_locale ct_locale_set(void)
{
  static const char *const substitutes[] = {"C.UTF-8", "en_US.UTF-8", "UTF-8"};
  set_categories();
  if (is_utf8()) return CT_LOCALE_UTF8;
  ct_locale found = is_meant_as_utf8() ? CT_LOCALE_UTF8 : CT_LOCALE_OTHER;
  for (size_t i = 0; i < sizeof substitutes / sizeof *substitutes; i++) {
    if (setlocale(LC_CTYPE, substitutes[i]) == NULL || !is_utf8()) continue;
    keep_encoding(substitutes[i]);
    return found;
  }
  return CT_LOCALE_NONE;
}

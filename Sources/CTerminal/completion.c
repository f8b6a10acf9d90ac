/*
 * Readline's own completion, with candidates from the program and file names quoted as the
 * program's command line reads them: a backslash before a character, '…' as it is, "…" with
 * backslashes before `"` and `\`.
 */
#define _GNU_SOURCE
#include "shared.h"

#include <stdio.h>
#include <readline/readline.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static struct {
  ct_completer completer;
  void *context;
  char **words;
  size_t count, room, next;
  bool wants_paths;
  char *suffixes;
  int append;
} completion;

void ct_composer_set_completer(ct_completer completer, void *context)
{
  completion.completer = completer;
  completion.context = context;
}

void ct_completion_offer_word(const char *word)
{
  if (completion.count == completion.room) {
    size_t room = completion.room == 0 ? 32 : completion.room * 2;
    char **words = realloc(completion.words, room * sizeof *words);
    if (words == NULL) return;
    completion.words = words;
    completion.room = room;
  }
  char *copy = strdup(word);
  if (copy != NULL) completion.words[completion.count++] = copy;
}

void ct_completion_offer_paths(const char *suffixes)
{
  completion.wants_paths = true;
  free(completion.suffixes);
  completion.suffixes = strdup(suffixes);
}

void ct_completion_append(char character) { completion.append = character; }

static void forget_answer(void)
{
  for (size_t i = 0; i < completion.count; i++) free(completion.words[i]);
  completion.count = completion.next = 0;
  completion.wants_paths = false;
  completion.append = ' ';
}

/* ---- Quoting -------------------------------------------------------------------------------- */

/* What a word needs quoted, and a file's name, where patterns are read too. */
static const char word_specials[] = " \t\n\"'\\", name_specials[] = " \t\n\"'\\*?[";

static int is_quoted(char *line, int index)
{
  char quote = 0;
  for (int i = 0; i <= index && line[i] != '\0'; i++) {
    if (quote != '\'' && line[i] == '\\') {
      if (i + 1 == index) return 1;
      i++;
    } else if (i == index) {
      return quote != 0 && line[i] != quote;
    } else if (quote != 0) {
      if (line[i] == quote) quote = 0;
    } else if (line[i] == '"' || line[i] == '\'') {
      quote = line[i];
    }
  }
  return 0;
}

static char *dequote(char *text, int quote)
{
  char *result = malloc(strlen(text) + 1), *out = result;
  if (result == NULL) return NULL;
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '\\' && quote != '\'' && c[1] != '\0') {
      *out++ = *++c;
    } else if (quote == 0 && (*c == '"' || *c == '\'')) {
      quote = *c;
    } else if (*c == quote) {
      quote = 0;
    } else {
      *out++ = *c;
    }
  }
  *out = '\0';
  return result;
}

/* `text` with its special characters quoted, for the inside of `quote` where that is not 0. Readline
 * itself adds the closing quote, so none is added here. */
static char *quoted(const char *text, char quote, const char *specials)
{
  char *result = malloc(strlen(text) * 4 + 1), *out = result;
  if (result == NULL) return NULL;
  for (const char *c = text; *c != '\0'; c++) {
    if (quote == '\'' && *c == '\'') {
      memcpy(out, "'\\'", 3);
      out += 3;
    } else if (quote == '"' ? *c == '"' || *c == '\\' : quote == 0 && strchr(specials, *c) != NULL) {
      *out++ = '\\';
    }
    *out++ = *c;
  }
  *out = '\0';
  return result;
}

static char *quote_name(char *text, int match_type, char *quote)
{
  (void)match_type;
  return quoted(text, *quote, name_specials);
}

/* ---- Candidates ----------------------------------------------------------------------------- */

static bool begins_with(const char *word, const char *beginning)
{
  const char *ignores = rl_variable_value("completion-ignore-case");
  bool ignores_case = ignores != NULL && strcmp(ignores, "on") == 0;
  size_t length = strlen(beginning);
  return (ignores_case ? strncasecmp : strncmp)(word, beginning, length) == 0;
}

/* The next word that begins with what was typed. Readline quotes names of files, but not words. */
static char *next_word(const char *text)
{
  char *plain = dequote((char *)text, rl_completion_quote_character), *result = NULL;
  while (plain != NULL && result == NULL && completion.next < completion.count) {
    char *word = completion.words[completion.next++];
    if (!begins_with(word, plain)) continue;
    char quote = (char)rl_completion_quote_character;
    result = completion.wants_paths ? strdup(word) : quoted(word, quote, word_specials);
  }
  free(plain);
  return result;
}

static char *next_candidate(const char *text, int state)
{
  static int path_state;
  if (state == 0) completion.next = path_state = 0;
  char *word = next_word(text);
  if (word != NULL || !completion.wants_paths) return word;
  return rl_filename_completion_function(text, path_state++);
}

static char **complete(const char *text, int start, int end)
{
  rl_attempted_completion_over = 1; /* nothing that was not asked for */
  forget_answer();
  if (completion.completer == NULL) return NULL;
  char *line = strndup(rl_line_buffer, (size_t)rl_end);
  if (line == NULL) return NULL;
  completion.completer(completion.context, line, (size_t)start, (size_t)end);
  free(line);
  rl_completion_append_character = completion.append;
  rl_filename_completion_desired = completion.wants_paths;
  return rl_completion_matches(text, next_candidate);
}

/* ---- Folders, narrowing and showing --------------------------------------------------------- */

/* Readline dequotes the folder's name only where it does not begin with `~` (8.2 complete.c). */
static int dequote_folder(char **name)
{
  char *plain = dequote(*name, rl_completion_quote_character);
  if (plain == NULL) return 0;
  free(*name);
  *name = plain;
  return 1;
}

static bool is_folder(const char *path)
{
  struct stat status;
  char *expanded = tilde_expand(path);
  bool result = expanded != NULL && stat(expanded, &status) == 0 && S_ISDIR(status.st_mode);
  free(expanded);
  return result;
}

/* Whether `path` ends in one of `suffixes`, which are written one after another: ".png.jpg". */
static bool has_suffix(const char *path, const char *suffixes)
{
  const char *own = strrchr(path, '.');
  if (own == NULL) return false;
  size_t length = strlen(own);
  for (const char *s = suffixes; (s = strcasestr(s, own)) != NULL; s++) {
    if (s[length] == '\0' || s[length] == '.') return true;
  }
  return false;
}

static bool was_offered(const char *word)
{
  for (size_t i = 0; i < completion.count; i++) {
    if (strcmp(completion.words[i], word) == 0) return true;
  }
  return false;
}

static bool is_wanted(const char *match)
{
  return has_suffix(match, completion.suffixes) || is_folder(match) || was_offered(match);
}

/* Leaves words, folders, and names with the wanted suffixes; leaves all where that would leave none.
 * `matches[0]` is the common prefix, which readline computes again; a single match stands alone. */
static int narrow(char **matches)
{
  if (!completion.wants_paths || *completion.suffixes == '\0' || matches[1] == NULL) return 0;
  size_t count = 0, kept = 0;
  for (size_t i = 1; matches[i] != NULL; i++, count++) kept += is_wanted(matches[i]);
  if (kept == 0 || kept == count) return 0;
  size_t to = 1;
  for (size_t i = 1; i <= count; i++) {
    if (is_wanted(matches[i])) matches[to++] = matches[i];
    else free(matches[i]);
  }
  matches[to] = NULL;
  if (kept == 1) {
    free(matches[0]);
    matches[0] = matches[1];
    matches[1] = NULL;
  }
  return 0;
}

/* Offers the choice to the program: names without the folder that all are in. */
static void show(char **matches, int count, int longest)
{
  (void)longest;
  for (int i = 1; i <= count; i++) {
    const char *slash = completion.wants_paths ? strrchr(matches[i], '/') : NULL;
    composer_push(CT_EVENT_CANDIDATE, count, slash == NULL ? matches[i] : slash + 1);
  }
}

void completion_install(void)
{
  rl_attempted_completion_function = complete;
  rl_basic_word_break_characters = " \t\n\"'";
  rl_completer_word_break_characters = (char *)" \t\n\"'";
  rl_completer_quote_characters = "\"'";
  rl_filename_quote_characters = name_specials;
  rl_char_is_quoted_p = is_quoted;
  rl_filename_quoting_function = quote_name;
  rl_filename_dequoting_function = dequote;
  rl_directory_rewrite_hook = dequote_folder;
  rl_ignore_some_completions_function = narrow;
  rl_completion_display_matches_hook = show;
}

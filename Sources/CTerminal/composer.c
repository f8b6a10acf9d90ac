/*
 * GNU readline without a terminal of its own: keys come from a queue, nothing is printed, and what
 * happens is queued as events (readline 8.2, "Alternate Interface").
 */
#define _GNU_SOURCE
#include "shared.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <readline/history.h>
#include <readline/readline.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- Events --------------------------------------------------------------------------------- */

static struct {
  ct_event *items;
  size_t first, count, room;
  char *lent; /* the text of the event handed out last */
} events;

void composer_push(ct_event_kind kind, int number, const char *text)
{
  if (events.count == events.room) {
    size_t room = events.room == 0 ? 16 : events.room * 2;
    ct_event *items = realloc(events.items, room * sizeof *items);
    if (items == NULL) return;
    events.items = items;
    events.room = room;
  }
  char *copy = text == NULL ? NULL : strdup(text);
  events.items[events.count++] = (ct_event){
    .kind = kind, .number = number, .text = copy, .length = copy == NULL ? 0 : strlen(copy)};
}

bool ct_composer_next_event(ct_event *event)
{
  free(events.lent);
  events.lent = NULL;
  if (events.first == events.count) {
    events.first = events.count = 0;
    return false;
  }
  *event = events.items[events.first++];
  events.lent = (char *)event->text;
  return true;
}

/* ---- Keys in -------------------------------------------------------------------------------- */

static struct {
  const unsigned char *bytes;
  size_t position, length;
} queue;

static int next_byte(FILE *unused)
{
  (void)unused;
  /* A command that wants more than the key it got is told to give up: waiting would block. */
  return queue.position < queue.length ? queue.bytes[queue.position++] : 'G' - '@';
}

static int has_bytes(void) { return queue.position < queue.length; }

static void feed_raw(const char *bytes, size_t length)
{
  queue.bytes = (const unsigned char *)bytes;
  queue.position = 0;
  queue.length = length;
  while (has_bytes()) rl_callback_read_char();
}

static void abort_pending(void) { feed_raw("\007", 1); }

enum {
  /* States in which readline holds half a command. */
  HALF_WAY = RL_STATE_NSEARCH | RL_STATE_MULTIKEY | RL_STATE_NUMERICARG | RL_STATE_CHARSEARCH
    | RL_STATE_VIMOTION,
};

/* Whether the next key is taken as it is (after quoted-insert). */
static bool takes_next_literally;

static rl_command_func_t *bound_function(const char *bytes, size_t length)
{
  int type = ISFUNC;
  rl_command_func_t *function = rl_function_of_keyseq_len(bytes, length, NULL, &type);
  return type == ISKMAP ? NULL : function;
}

/* What a key means that may also begin a sequence; NULL for nothing. */
static rl_command_func_t *function_alone(const char *key, Keymap map)
{
  int type = ISFUNC;
  rl_command_func_t *function = rl_function_of_keyseq(key, map, &type);
  if (type != ISKMAP || function == NULL) return function;
  return ((Keymap)(void *)function)[ANYOTHERKEY].function;
}

/* Esc and nothing after it: readline would wait for the rest of a sequence. In vi's insertion it goes
 * to command mode, but what stands before the transcript is left at once. */
static void feed_escape(void)
{
  Keymap map = rl_get_keymap();
  if (RL_ISSTATE(HALF_WAY)) {
    abort_pending();
  } else if (RL_ISSTATE(RL_STATE_ISEARCH)) {
    feed_raw("\033", 1);
  } else if (map == vi_insertion_keymap && !overlay_is_open()) {
    feed_raw("\033", 1);
  } else {
    if (map == vi_insertion_keymap) map = vi_movement_keymap;
    rl_command_func_t *function = function_alone("\033", map);
    if (function != NULL) (*function)(1, '\033');
  }
}

static void feed_sequence(const char *bytes, size_t length)
{
  if (RL_ISSTATE(HALF_WAY)) abort_pending();
  if (bound_function(bytes, length) != NULL) {
    feed_raw(bytes, length);
  } else if (bytes[1] != '[' && bytes[1] != 'O' && rl_get_keymap() == vi_insertion_keymap) {
    /* Esc and a command typed faster than the line could tell them apart. */
    feed_escape();
    feed_raw(bytes + 1, length - 1);
  }
}

void ct_composer_feed(const char *bytes, size_t length)
{
  if (length == 0) return;
  if (takes_next_literally) {
    takes_next_literally = false;
    feed_raw(bytes, length);
    return;
  }
  bool quotes = bound_function(bytes, length) == rl_quoted_insert;
  if (bytes[0] != '\033') {
    feed_raw(bytes, length);
  } else if (length == 1) {
    feed_escape();
  } else {
    feed_sequence(bytes, length);
  }
  takes_next_literally = quotes;
}

/* ---- Life ----------------------------------------------------------------------------------- */

static bool is_open, was_initialised, changed;

static void redisplay(void) { changed = true; }

static void accept_line(char *line)
{
  composer_push(line == NULL ? CT_EVENT_END : CT_EVENT_LINE, 0, line);
  free(line);
}

static void detach_from_terminal(void)
{
  static FILE *nowhere;
  if (nowhere == NULL) nowhere = fopen("/dev/null", "r+e");
  rl_instream = rl_outstream = nowhere;
  rl_readline_name = "iris";
  rl_catch_signals = rl_catch_sigwinch = rl_change_environment = 0;
  rl_prep_term_function = NULL;
  rl_deprep_term_function = NULL;
  rl_getc_function = next_byte;
  rl_input_available_hook = has_bytes;
  rl_redisplay_function = redisplay;
}

/* Settings that would write to the terminal, wait, or read a paste that we read. */
static void overrule_settings(void)
{
  rl_variable_bind("bell-style", "none");
  rl_variable_bind("blink-matching-paren", "off");
  rl_variable_bind("enable-bracketed-paste", "off");
  rl_variable_bind("show-mode-in-prompt", "off");
}

/* The user's init file where it is a pipe, which readline would wait for without an end; else empty. */
static char left_out[PATH_MAX];

static bool is_pipe(const char *path)
{
  struct stat status;
  return stat(path, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

static void find_pipe_as_init_file(void)
{
  const char *named = getenv("INPUTRC"), *home = getenv("HOME");
  if (named != NULL) snprintf(left_out, sizeof left_out, "%s", named);
  else snprintf(left_out, sizeof left_out, "%s/.inputrc", home == NULL ? "" : home);
  if (!is_pipe(left_out)) left_out[0] = 0;
}

const char *ct_composer_left_out_init_file(void) { return left_out[0] == 0 ? NULL : left_out; }

/* Reads the user's init file, unless it is a pipe; the children's environment stays as it was. */
static void initialise_readline(void)
{
  find_pipe_as_init_file();
  if (left_out[0] == 0) {
    rl_initialize();
    return;
  }
  const char *named = getenv("INPUTRC");
  char *before = named == NULL ? NULL : strdup(named);
  setenv("INPUTRC", "/dev/null", 1);
  rl_initialize();
  if (before == NULL) unsetenv("INPUTRC");
  else setenv("INPUTRC", before, 1);
  free(before);
}

static void initialise(void)
{
  rl_variable_bind("show-all-if-ambiguous", "on"); /* the init file may say otherwise */
  void *terminal = screen_current_terminal();
  initialise_readline();
  edit_by_lines();
  screen_set_terminal(terminal); /* readline asked termcap, which took curses' away */
  was_initialised = true;
}

bool ct_composer_open(void)
{
  if (is_open) return false;
  detach_from_terminal();
  completion_install();
  using_history();
  if (!was_initialised) initialise();
  overrule_settings();
  rl_callback_handler_install("", accept_line);
  is_open = true;
  return true;
}

void ct_composer_close(void)
{
  if (!is_open) return;
  if (RL_ISSTATE(HALF_WAY | RL_STATE_ISEARCH)) abort_pending();
  rl_replace_line("", 1);
  rl_callback_handler_remove();
  ct_event event;
  while (ct_composer_next_event(&event)) continue;
  ct_composer_set_overlay(false);
  takes_next_literally = is_open = false;
}

int ct_composer_read_init(const char *path)
{
  int status = rl_read_init_file(path);
  overrule_settings();
  edit_by_lines();
  return status;
}

/* ---- Text ----------------------------------------------------------------------------------- */

void ct_composer_insert(const char *text)
{
  if (RL_ISSTATE(HALF_WAY | RL_STATE_ISEARCH)) abort_pending();
  takes_next_literally = false;
  rl_begin_undo_group();
  rl_insert_text(text);
  rl_end_undo_group();
  changed = true;
}

void ct_composer_set_text(const char *text, size_t cursor)
{
  if (RL_ISSTATE(HALF_WAY | RL_STATE_ISEARCH)) abort_pending();
  takes_next_literally = false;
  rl_begin_undo_group();
  rl_delete_text(0, rl_end);
  rl_point = 0;
  rl_insert_text(text);
  rl_end_undo_group();
  rl_point = cursor < (size_t)rl_end ? (int)cursor : rl_end;
  changed = true;
}

bool ct_composer_take_changed(void)
{
  bool result = changed;
  changed = false;
  return result;
}

void ct_composer_set_size(int columns, int rows) { rl_set_screen_size(rows, columns); }

const char *ct_composer_text(size_t *length, size_t *cursor)
{
  *length = (size_t)rl_end;
  *cursor = (size_t)rl_point;
  return rl_line_buffer;
}

const char *ct_composer_message(void) { return rl_display_prompt == NULL ? "" : rl_display_prompt; }

bool ct_composer_region(size_t *start, size_t *end)
{
  if (!rl_mark_active_p() || rl_mark < 0 || rl_mark > rl_end || rl_mark == rl_point) return false;
  *start = (size_t)(rl_mark < rl_point ? rl_mark : rl_point);
  *end = (size_t)(rl_mark < rl_point ? rl_point : rl_mark);
  return true;
}

ct_mode ct_composer_mode(void)
{
  if (rl_editing_mode != 0) return CT_MODE_EMACS;
  return rl_get_keymap() == vi_movement_keymap ? CT_MODE_VI_COMMAND : CT_MODE_VI_INSERT;
}

/* ---- History -------------------------------------------------------------------------------- */

static bool is_newest(const char *line)
{
  HIST_ENTRY *newest = history_get(history_base + history_length - 1);
  return newest != NULL && strcmp(newest->line, line) == 0;
}

void ct_history_add(const char *line)
{
  if (!is_newest(line)) add_history(line);
  using_history(); /* stand behind the newest entry */
}

bool ct_history_is_newest(void) { return !ct_history_is_open() && is_newest(rl_line_buffer); }

bool ct_history_is_open(void) { return where_history() < history_length; }

void ct_history_limit(int entries) { stifle_history(entries); }

void ct_history_clear(void)
{
  clear_history();
  using_history();
}

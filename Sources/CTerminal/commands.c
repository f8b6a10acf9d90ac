/* The functions that keys can be bound to beside readline's own: actions of the program, and moves
 * inside a text of several rows. */
#define _GNU_SOURCE
#include "shared.h"

#include <stdio.h>
#include <readline/readline.h>
#include <stdlib.h>
#include <string.h>

/* ---- Commands of our own -------------------------------------------------------------------- */

static int insert_newline(int count, int key)
{
  (void)count, (void)key;
  return rl_insert_text("\n") > 0 ? 0 : 1;
}

static struct {
  ct_row_mover move;
  void *context;
} rows;

void ct_composer_set_row_mover(ct_row_mover mover, void *context)
{
  rows.move = mover;
  rows.context = context;
}

/* Moves inside the text as it is wrapped on the screen; false where that has no such row. */
static bool move_by_rows(int count)
{
  long target = rows.move == NULL ? -1 : (*rows.move)(rows.context, count);
  if (target < 0 || target > rl_end) return false;
  rl_point = (int)target;
  return true;
}

/* A line that was given back is the newest entry already: what it stands for comes before that. */
static int previous_entry(int count, int key)
{
  return rl_get_previous_history(count + (ct_history_is_newest() ? 1 : 0), key);
}

static int previous_line(int count, int key)
{
  return move_by_rows(-1) ? 0 : previous_entry(count, key);
}

static int next_line(int count, int key)
{
  return move_by_rows(1) ? 0 : rl_get_next_history(count, key);
}

/* ---- Lines of the text ----------------------------------------------------------------------- */

static int line_start(void)
{
  int place = rl_point;
  while (place > 0 && rl_line_buffer[place - 1] != '\n') place--;
  return place;
}

static int line_end(void)
{
  int place = rl_point;
  while (place < rl_end && rl_line_buffer[place] != '\n') place++;
  return place;
}

static int beginning_of_line(int count, int key)
{
  (void)count, (void)key;
  rl_point = line_start();
  return 0;
}

/* In vi's command mode the cursor stands on a character, never behind the last. */
static int end_of_line(int count, int key)
{
  (void)count, (void)key;
  rl_point = line_end();
  if (rl_get_keymap() == vi_movement_keymap && rl_end > rl_point && rl_point > line_start()) {
    do rl_point--;
    while ((rl_line_buffer[rl_point] & 0xC0) == 0x80); /* UTF-8's continuation bytes */
  }
  return 0;
}

/* Kills to the end of the line; at its end, the line break, as Emacs does. */
static int kill_line(int count, int key)
{
  if (count < 0) return rl_kill_line(count, key);
  int end = line_end();
  if (end == rl_point && end < rl_end) end++;
  return rl_kill_text(rl_point, end);
}

/* Kills back to the start of the line; at its start, the line break before it. */
static int discard_line(int count, int key)
{
  (void)count, (void)key;
  int start = line_start(), point = rl_point;
  if (start == point && start > 0) start--;
  rl_kill_text(point, start);
  rl_point = start;
  return 0;
}

/* Vi's A and I, which begin to insert at the line's ends. */
static int append_to_line(int count, int key)
{
  (void)count;
  rl_point = line_end();
  return rl_vi_insert_mode(1, key);
}

static int insert_before_line(int count, int key)
{
  (void)count;
  rl_point = line_start();
  return rl_vi_insert_mode(1, key);
}

static const struct {
  rl_command_func_t *by_text, *by_line;
  const char *name;
} by_lines[] = {
  {rl_beg_of_line, beginning_of_line, "iris-beginning-of-line"},
  {rl_end_of_line, end_of_line, "iris-end-of-line"},
  {rl_kill_line, kill_line, "iris-kill-line"},
  {rl_unix_line_discard, discard_line, "iris-discard-line"},
  {rl_backward_kill_line, discard_line, "iris-backward-kill-line"},
  {rl_vi_append_eol, append_to_line, "iris-vi-append-to-line"},
  {rl_vi_insert_beg, insert_before_line, "iris-vi-insert-before-line"},
};
enum { BY_LINES = sizeof by_lines / sizeof *by_lines };

static void replace_in(Keymap map)
{
  for (int key = 0; key < KEYMAP_SIZE; key++) {
    if (map[key].type == ISKMAP) {
      replace_in((Keymap)(void *)map[key].function);
      continue;
    }
    for (int i = 0; i < BY_LINES && map[key].type == ISFUNC; i++) {
      if (map[key].function == by_lines[i].by_text) map[key].function = by_lines[i].by_line;
    }
  }
}

void edit_by_lines(void)
{
  replace_in(emacs_standard_keymap);
  replace_in(vi_insertion_keymap);
  replace_in(vi_movement_keymap);
}

static void name_own_commands(void)
{
  static bool are_named;
  if (are_named) return;
  rl_add_defun("iris-newline", insert_newline, -1);
  rl_add_defun("iris-previous-line", previous_line, -1);
  rl_add_defun("iris-next-line", next_line, -1);
  for (int i = 0; i < BY_LINES; i++) rl_add_defun(by_lines[i].name, by_lines[i].by_line, -1);
  are_named = true;
}

/* ---- Actions of the program ----------------------------------------------------------------- */

enum { MAX_ACTIONS = 64 };

static struct {
  char *name; /* kept for ever: readline keeps the pointer */
  ct_condition condition;
  rl_command_func_t *fallback;
} actions[MAX_ACTIONS];
static int action_count;
static bool overlay_open;

/* Letters are typed into what opens, also where vi's command mode would take them for moves. */
void ct_composer_set_overlay(bool open)
{
  if (open && !overlay_open && rl_get_keymap() == vi_movement_keymap) rl_vi_insertion_mode(1, 'i');
  overlay_open = open;
}

bool overlay_is_open(void) { return overlay_open; }

static bool holds(ct_condition condition)
{
  switch (condition) {
  case CT_ALWAYS: return true;
  case CT_WHEN_EMPTY: return rl_end == 0;
  case CT_WHEN_OVERLAY: return overlay_open;
  }
  return true;
}

static int act(int number, int count, int key)
{
  if (holds(actions[number].condition)) {
    composer_push(CT_EVENT_ACTION, number, NULL);
    return 0;
  }
  return actions[number].fallback == NULL ? 0 : (*actions[number].fallback)(count, key);
}

/* Readline does not tell a function which of its names was called: one function for each. */
#define ACTION(n) \
  static int action_##n(int count, int key) { return act(n, count, key); }
#define EIGHT(m, n) m(n##0) m(n##1) m(n##2) m(n##3) m(n##4) m(n##5) m(n##6) m(n##7)
#define ALL(m) \
  EIGHT(m, 0) EIGHT(m, 01) EIGHT(m, 02) EIGHT(m, 03) \
  EIGHT(m, 04) EIGHT(m, 05) EIGHT(m, 06) EIGHT(m, 07)
ALL(ACTION)
#define ADDRESS(n) action_##n,
static rl_command_func_t *const action_functions[MAX_ACTIONS] = {ALL(ADDRESS)};

static int find_action(const char *name)
{
  for (int i = 0; i < action_count; i++) {
    if (strcmp(actions[i].name, name) == 0) return i;
  }
  return -1;
}

int ct_composer_add_action(const char *name, ct_condition condition, const char *fallback)
{
  int number = find_action(name);
  if (number < 0) {
    if (action_count == MAX_ACTIONS) return -1;
    number = action_count++;
    actions[number].name = strdup(name);
    rl_add_defun(actions[number].name, action_functions[number], -1);
  }
  actions[number].condition = condition;
  name_own_commands();
  actions[number].fallback = fallback == NULL ? NULL : rl_named_function(fallback);
  return number;
}

/* ---- Keys ---------------------------------------------------------------------------------- */

bool ct_composer_bind(const char *sequence, const char *function, int maps)
{
  name_own_commands();
  rl_command_func_t *command = rl_named_function(function);
  if (command == NULL) return false;
  int failures = 0;
  if (maps & CT_MAP_EMACS) {
    failures |= rl_bind_keyseq_in_map(sequence, command, emacs_standard_keymap);
  }
  if (maps & CT_MAP_VI_INSERT) {
    failures |= rl_bind_keyseq_in_map(sequence, command, vi_insertion_keymap);
  }
  if (maps & CT_MAP_VI_COMMAND) {
    failures |= rl_bind_keyseq_in_map(sequence, command, vi_movement_keymap);
  }
  return failures == 0;
}

/* What readline binds to Esc in vi's command map while it starts, over what was there (8.2 readline.c,
 * bind_arrow_keys): a function without a name that does nothing. */
static rl_command_func_t *nothing(void)
{
  static rl_command_func_t *function;
  if (function == NULL) {
    /* Readline puts it only in the place of a key that begins others. */
    Keymap map = rl_make_bare_keymap();
    rl_bind_keyseq_in_map("\\e[A", rl_newline, map);
    rl_bind_keyseq_in_map("\\e", NULL, map);
    function = ((Keymap)(void *)map['\033'].function)[ANYOTHERKEY].function;
    rl_free_keymap(map);
  }
  return function;
}

static void restore_in(Keymap map, const char *sequence, rl_command_func_t *command,
                       rl_command_func_t *fallback)
{
  char *keys = malloc(strlen(sequence) * 2 + 1);
  int length = 0, type = 0;
  if (keys == NULL) return;
  if (rl_translate_keyseq(sequence, keys, &length) == 0) {
    rl_command_func_t *bound = rl_function_of_keyseq_len(keys, (size_t)length, map, &type);
    if (type == ISKMAP && bound != NULL) bound = ((Keymap)(void *)bound)[ANYOTHERKEY].function;
    bool is_ours = bound != NULL && (bound == fallback || bound == nothing());
    if (is_ours) rl_bind_keyseq_in_map(sequence, command, map);
  }
  free(keys);
}

void ct_composer_restore(const char *sequence, const char *function, int maps)
{
  int number = find_action(function);
  if (number < 0) return;
  rl_command_func_t *command = action_functions[number], *fallback = actions[number].fallback;
  if (maps & CT_MAP_EMACS) restore_in(emacs_standard_keymap, sequence, command, fallback);
  if (maps & CT_MAP_VI_INSERT) restore_in(vi_insertion_keymap, sequence, command, fallback);
  if (maps & CT_MAP_VI_COMMAND) restore_in(vi_movement_keymap, sequence, command, fallback);
}

#!/usr/bin/env bash
# GNU readline 8.2 (Debian 12): a binding of Esc for vi's command mode is lost, in ~/.inputrc and from the application.
#
# One would guess: what a user binds in inputrc, or an application binds before reading it, holds in every keymap alike.
# What happens: while it initialises, readline binds the arrow keys (ESC [ A …) in the vi command map last. That makes a
#   keymap of Esc there, and what Esc alone runs is set to a function that does nothing, over any binding there was. In
#   the emacs and vi insertion maps the same step keeps the binding.
# Why it matters: "Esc cancels" is what a vi user of a chat client expects in command mode. The application must look
#   after rl_initialize() and set the entry ANYOTHERKEY itself, or treat a lone Esc before readline sees it.
# Source: readline 8.2 readline.c, bind_arrow_keys (it unbinds Esc in vi_movement_keymap, so that it may be pressed again);
#   bind.c, rl_generic_bind (a function that becomes a prefix moves to ANYOTHERKEY).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb libreadline8 '8.2-1.3*'
cat > bound.py <<'PYTHON'
import ctypes, os, sys
library = ctypes.CDLL(sys.argv[1])
class Entry(ctypes.Structure): _fields_ = [("type", ctypes.c_ubyte), ("function", ctypes.c_void_p)]  # KEYMAP_ENTRY
ANYOTHERKEY, ISKMAP = 256, 1
Command = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int)
def address(name): return ctypes.cast(getattr(library, name), ctypes.c_void_p).value
ours = Command(lambda count, key: 0)
names = {ctypes.cast(ours, ctypes.c_void_p).value: "the application's", address("rl_kill_full_line"): "inputrc's",
         address("_rl_null_function"): "nothing", address("rl_vi_movement_mode"): "vi-movement-mode", None: "unbound"}
maps = {"emacs": "emacs_standard_keymap", "vi-insert": "vi_insertion_keymap", "vi-command": "vi_movement_keymap"}
library.rl_bind_keyseq_in_map.argtypes = [ctypes.c_char_p, Command, ctypes.c_void_p]
where = {name: ctypes.addressof(ctypes.c_char.in_dll(library, symbol)) for name, symbol in maps.items()}
if sys.argv[2] == "application":
    for keymap in where.values(): assert library.rl_bind_keyseq_in_map(b"\\e", ours, keymap) == 0
library.rl_initialize()
def escape(keymap):
    entry = (Entry * 257).from_address(keymap)[27]
    if entry.type == ISKMAP: entry = (Entry * 257).from_address(entry.function)[ANYOTHERKEY]
    return names.get(entry.function, "another")
print("; ".join(f"{name}: {escape(keymap)}" for name, keymap in where.items()))
PYTHON
for map in emacs vi-insert vi-command; do printf 'set keymap %s\n"\\e": kill-whole-line\n' "$map"; done > inputrc
library=root/lib/x86_64-linux-gnu/libreadline.so.8
application=$(TERM=xterm INPUTRC=/dev/null timeout 20 python3 bound.py "$library" application)
user=$(TERM=xterm INPUTRC=$work/inputrc timeout 20 python3 bound.py "$library" user)
printf 'a lone Esc, bound everywhere by the application: %s\na lone Esc, bound everywhere by inputrc:         %s\n' "$application" "$user"
[ "$application" = "emacs: the application's; vi-insert: the application's; vi-command: nothing" ] &&
    [ "$user" = "emacs: inputrc's; vi-insert: inputrc's; vi-command: nothing" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

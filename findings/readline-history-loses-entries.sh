#!/usr/bin/env bash
# GNU history 8.2 (readline, Debian 12): a history file with times keeps an entry of two lines, and loses "#1 …".
#
# One would guess: write_history() and read_history() give back what add_history() was given.
# What happens:
#   - as it is by default, an entry with a newline comes back as two entries;
#   - with history_write_timestamps (and history_comment_char '#', which it needs) that entry comes back whole, but one
#     that begins with # and a digit is taken for a time and is gone: "#1 of the list?" is such an entry.
# Why it matters: prompts to a model have several lines, and begin with "#1" as soon as someone speaks of an issue or a
#   heading. Neither form holds a chat's history; keep a format of one's own.
# Source: readline 8.2 histfile.c, read_history_range and HIST_TIMESTAMP_START; the manual tells of the first only.
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
timeout 30 python3 - root/lib/x86_64-linux-gnu/libhistory.so.8 <<'PYTHON'
import ctypes, sys
history = ctypes.CDLL(sys.argv[1])
class Entry(ctypes.Structure): _fields_ = [("line", ctypes.c_char_p), ("time", ctypes.c_char_p), ("data", ctypes.c_void_p)]
history.history_list.restype = ctypes.POINTER(ctypes.POINTER(Entry))
asked = [b"first", b"two\nlines", b"#1 of the list?", b"last"]
def back_from_file(times):
    ctypes.c_int.in_dll(history, "history_write_timestamps").value = int(times)
    ctypes.c_char.in_dll(history, "history_comment_char").value = b"#" if times else b"\0"
    history.clear_history()
    for line in asked: history.add_history(line)
    assert history.write_history(b"file") == 0
    history.clear_history()
    assert history.read_history(b"file") == 0
    entries, count = history.history_list(), ctypes.c_int.in_dll(history, "history_length").value
    return [entries[i].contents.line for i in range(count)]
plain, timed = back_from_file(False), back_from_file(True)
print("given:   ", asked)
print("default: ", plain)
print("with times:", timed)
assert plain == [b"first", b"two", b"lines", b"#1 of the list?", b"last"], "behaviour changed"
assert timed == [b"first", b"two\nlines", b"last"], "behaviour changed"
PYTHON
echo "as described"

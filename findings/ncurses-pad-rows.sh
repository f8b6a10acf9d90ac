#!/usr/bin/env bash
# ncurses 6.4 (Debian 12): a pad, the window "not restricted by the screen size", ends at 32,767 rows.
#
# One would guess: newpad() takes any size that memory allows; a chat's history is what pads are for.
# What happens: newpad(32767, 80) works, newpad(32768, 80) returns NULL, with gigabytes free: sizes are `short`
#   (NCURSES_SIZE_T).
# Why it matters: a week's conversation or one pasted log file is that long. Keep the text in a model of your own and
#   draw the rows that show.
# Source: ncurses curses.h, NCURSES_SIZE_T; newpad in base/lib_pad.c; curs_pad(3X) names no limit.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb libncursesw6 '6.4-4*'
deb libtinfo6 '6.4-4*'
cat > pads.py <<'PYTHON'
import ctypes, sys
curses, libc = ctypes.CDLL("libncursesw.so.6"), ctypes.CDLL(None)
for name in ("newterm", "newpad"): getattr(curses, name).restype = ctypes.c_void_p
libc.fopen.restype = ctypes.c_void_p
screen = curses.newterm(b"xterm", ctypes.c_void_p(libc.fopen(b"/dev/null", b"w")), ctypes.c_void_p(libc.fopen(b"/dev/null", b"r")))
assert screen
print(" ".join(f"{rows}:{'made' if curses.newpad(rows, 80) else 'NULL'}" for rows in (32766, 32767, 32768, 40000)))
PYTHON
seen=$(LD_LIBRARY_PATH="$work/root/lib/x86_64-linux-gnu" timeout 30 python3 pads.py)
echo "newpad(rows, 80): $seen"
[ "$seen" = "32766:made 32767:made 32768:NULL 40000:NULL" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

#!/usr/bin/env bash
# How wide is ☰? Python's wcwidth 0.9.4 and rich 15.0.0 say 2, glibc 2.36 and tmux 3.3a (Debian 12) say 1.
#
# One would guess: the width of a character that is older than terminals' Unicode support is settled.
# What happens: Unicode 16.0 (2024) made the trigrams U+2630–2637, U+268A–268F and U+1D300–1D356 wide, with U+4DC0–4DFF,
#   which glibc had wide already. Libraries with tables of 2024 or later count 2 where terminals draw 1.
# Why it matters: ☰ is how models write "open the menu", besides the Book of Changes. A program that measures by a
#   bundled library puts every later column of the line one cell off, and leaves rubbish behind; measure by the C
#   library that the terminal uses too, or ask the terminal (CSI 6n).
# Source: EastAsianWidth.txt 15.1.0 and 16.0.0; wcwidth/table_wide.py; rich/_unicode_data.
set -euo pipefail
work=$(mktemp -d)
export TMUX_TMPDIR="$work" LC_ALL=C.UTF-8
trap 'tmux -L finding kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
[ "$(tmux -V)" = 'tmux 3.3a' ] || { echo 'needs tmux 3.3a'; exit 2; }
[ "$(getconf GNU_LIBC_VERSION)" = 'glibc 2.36' ] || { echo 'needs glibc 2.36'; exit 2; }
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check wcwidth==0.9.4 rich==15.0.0
characters=(☰ ⚊ 𝌀 ䷀ 中)
columns() { # columns CHARACTER: how far tmux's cursor moves
    tmux -L finding -f /dev/null new-session -d -x 20 -y 2 "printf '%s' '$1'; touch written; exec sleep 20"
    for _ in $(seq 100); do [ -e written ] && [ "$(tmux -L finding display -p '#{cursor_x}')" != 0 ] && break; sleep 0.05; done
    tmux -L finding display -p '#{cursor_x}'
    tmux -L finding kill-server
    rm -f written
}
seen=$(for character in "${characters[@]}"; do
    venv/bin/python - "$character" "$(columns "$character")" <<'PYTHON'
import ctypes, locale, sys, rich.cells, wcwidth
locale.setlocale(locale.LC_ALL, "")
character, tmux = sys.argv[1:]
print(character, "wcwidth", wcwidth.wcwidth(character), "rich", rich.cells.cell_len(character),
      "glibc", ctypes.CDLL(None).wcwidth(ord(character)), "tmux", tmux)
PYTHON
done)
echo "$seen"
[ "$seen" = "☰ wcwidth 2 rich 2 glibc 1 tmux 1
⚊ wcwidth 2 rich 2 glibc 1 tmux 1
𝌀 wcwidth 2 rich 2 glibc 1 tmux 1
䷀ wcwidth 2 rich 2 glibc 2 tmux 2
中 wcwidth 2 rich 2 glibc 2 tmux 2" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

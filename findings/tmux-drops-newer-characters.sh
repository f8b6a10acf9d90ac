#!/usr/bin/env bash
# tmux 3.3a on Debian 12 swallows characters younger than the C library's tables: nothing is shown, nothing moves.
#
# One would guess: a character without a known width is drawn as something: itself, a box, U+FFFD.
# What happens: glibc 2.36 ends at Unicode 14, so wcwidth() is -1 for later characters, and tmux (built without
#   utf8proc) throws them away. Among them are the Chinese characters of extension H (U+31350…, Unicode 15.0)
#   and I (U+2EBF0…, 15.1), rare ones that stand in names, the ideographic description U+31EF, and the newest emoji.
# Why it matters: a reply's text is silently shortened on the screen and in what is copied from it. A client that
#   finds wcwidth() < 0 for a printable character must draw a replacement, or its user cannot know that one is missing.
# Source: tmux 3.3a utf8.c, utf8_width and utf8_from_data; localedata of glibc 2.36 ("unicode" 14.0.0).
set -euo pipefail
work=$(mktemp -d)
export TMUX_TMPDIR="$work" LC_ALL=C.UTF-8
trap 'tmux -L finding kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
[ "$(tmux -V)" = 'tmux 3.3a' ] || { echo 'needs tmux 3.3a'; exit 2; }
[ "$(getconf GNU_LIBC_VERSION)" = 'glibc 2.36' ] || { echo 'needs glibc 2.36'; exit 2; }
python3 - > text <<'PYTHON'
for name, character in (("14.0, melting face", "\U0001FAE0"), ("15.0, extension H", "\U00031350"), ("15.1, extension I", "\U0002EBF0"),
                        ("15.1, description", "\u31EF"), ("16.0, tired face", "\U0001FAE9")):
    print(f"{name}: [{character}]")
PYTHON
tmux -L finding -f /dev/null new-session -d -x 60 -y 10 "cat text; echo end; exec sleep 30"
for _ in $(seq 100); do
    shown=$(tmux -L finding capture-pane -p)
    [[ $shown == *end* ]] && break
    sleep 0.1
done
shown=$(sed '/^end/,$d' <<< "$shown")
width() { python3 -c 'import ctypes, locale; locale.setlocale(locale.LC_ALL, ""); print(ctypes.CDLL(None).wcwidth(int("'"$1"'", 16)))'; }
echo "written:"; cat text
echo "shown by tmux:"; echo "$shown"
widths="$(width 1FAE0) $(width 31350) $(width 2EBF0) $(width 31EF) $(width 1FAE9)"
echo "wcwidth: $widths"
[ "$widths" = "2 -1 -1 -1 -1" ] && [ "$shown" = "14.0, melting face: [$(printf '\U0001FAE0')]
15.0, extension H: []
15.1, extension I: []
15.1, description: []
16.0, tired face: []" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

#!/usr/bin/env bash
# tmux 3.3a (Debian 12): a bracketed paste of several lines arrives with carriage returns, not newlines.
#
# One would guess: between ESC[200~ and ESC[201~ stands the text of the buffer, byte for byte.
# What happens: paste-buffer replaces each LF by CR unless -r is given, with -p too (the default key uses -p). Most
#   terminals do the same with a paste of their own; a CR LF of the source becomes CR CR.
# Why it matters: a composer that inserts the paste as it came holds CRs: one line that overwrites itself on the screen,
#   and text the model reads as one line. Turning CR into LF makes two lines of each CRLF; both forms must be expected.
# Source: tmux 3.3a cmd-paste-buffer.c (the separator is "\r" by default), also in tmux(1).
set -euo pipefail
work=$(mktemp -d)
export TMUX_TMPDIR="$work" LC_ALL=C.UTF-8
trap 'tmux -L finding kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
[ "$(tmux -V)" = 'tmux 3.3a' ] || { echo 'needs tmux 3.3a'; exit 2; }
cat > receive.py <<'PYTHON'
import os, select, termios, tty
old = termios.tcgetattr(0)
tty.setraw(0)
os.write(1, b"\x1b[?2004hready")
got = b""
while not got.endswith(b"\x1b[201~") and select.select([0], [], [], 10)[0]: got += os.read(0, 4096)
termios.tcsetattr(0, termios.TCSANOW, old)
with open("got.new", "w") as file: file.write(ascii(got.decode()))
os.rename("got.new", "got")
PYTHON
tmux -L finding -f /dev/null new-session -d -x 60 -y 10 'python3 receive.py'
for _ in $(seq 100); do [[ $(tmux -L finding capture-pane -p) == *ready* ]] && break; sleep 0.1; done
printf 'one\ntwo\r\nthree' | tmux -L finding load-buffer -
key=$(tmux -L finding list-keys -T prefix | grep -E ' \] ' | tr -s ' ')
tmux -L finding paste-buffer -p
for _ in $(seq 100); do [ -e got ] && break; sleep 0.1; done
printf 'the default key: %s\nreceived: %s\n' "$key" "$(cat got)"
[[ $key == *'paste-buffer -p'* ]] && [ "$(cat got)" = "'\\x1b[200~one\\rtwo\\r\\rthree\\x1b[201~'" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

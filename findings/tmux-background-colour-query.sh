#!/usr/bin/env bash
# tmux 3.3a (Debian 12) understands "what is the background colour?" and says nothing, until someone sets window-style.
#
# One would guess: OSC 11 with "?" is either answered by tmux for the terminal outside, or unknown to it; and once it
#   is answered, the answer is the colour on the screen.
# What happens: with an ordinary configuration no answer comes, whatever the terminal outside would say (the question
#   never reaches it). After `set -g window-style bg=#102030` tmux answers, in an application that was silent before.
# Why it matters: a client that waits for the answer to choose light or dark colours waits out its time limit at every
#   start in tmux. Ask together with a question that is always answered (`CSI c`), and stop when that answer comes.
# Source: tmux 3.3a input.c, input_osc_11 and input_osc_colour_reply (a default colour has no reply); 3.4 asks outside.
set -euo pipefail
work=$(mktemp -d)
export TMUX_TMPDIR="$work" LC_ALL=C.UTF-8
trap 'tmux -L inner kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
[ "$(tmux -V)" = 'tmux 3.3a' ] || { echo 'needs tmux 3.3a'; exit 2; }
cat > ask.py <<'PYTHON'
# Asks for the background, then for the device attributes, and writes what came before the latter's answer.
import os, select, sys, termios, tty
old = termios.tcgetattr(0)
tty.setraw(0)
os.write(1, b"\x1b]11;?\x1b\\\x1b[c")
answer = b""
while b"\x1b[?" not in answer and select.select([0], [], [], 5)[0]:
    answer += os.read(0, 4096)
termios.tcsetattr(0, termios.TCSANOW, old)
with open(sys.argv[1] + ".new", "w") as file: file.write(ascii(answer.decode()))
os.rename(sys.argv[1] + ".new", sys.argv[1])
PYTHON
cat > outside.py <<'PYTHON'
# A terminal that would answer: white background. Attaches to the inner tmux; counts the questions that reach it.
import os, pty, re, sys
pid, master = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execvp("tmux", ["tmux", "-L", "inner", "attach"])
while True:
    try: data = os.read(master, 65536)
    except OSError: break
    if b"\x1b]11;?" in data:
        open("asked-outside", "w").close()
        os.write(master, b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
    if re.search(rb"\x1b\[0?c", data): os.write(master, b"\x1b[?62;22c")
PYTHON
tmux -L inner -f /dev/null new-session -d -x 80 -y 24
timeout 60 python3 outside.py &
outside=$!
for _ in $(seq 100); do [ -n "$(tmux -L inner list-clients)" ] && break; sleep 0.1; done
ask() { # ask FILE: the answers as Python text
    tmux -L inner new-window -d "python3 ask.py $1"
    for _ in $(seq 100); do [ -e "$1" ] && break; sleep 0.1; done
    cat "$1"
}
plain=$(ask plain)
tmux -L inner set -g window-style 'bg=#102030'
styled=$(ask styled)
tmux -L inner kill-server
wait "$outside" 2> /dev/null || true
outside_asked=no
if [ -e asked-outside ]; then outside_asked=yes; fi
printf 'as it is:          %s\nwith window-style: %s\nthe terminal outside was asked: %s\n' "$plain" "$styled" "$outside_asked"
[ "$plain" = "'\\x1b[?1;2c'" ] && [ "$styled" = "'\\x1b]11;rgb:1010/2020/3030\\x1b\\\\\\x1b[?1;2c'" ] &&
    [ "$outside_asked" = no ] || { echo "behaviour changed"; exit 1; }
echo "as described"

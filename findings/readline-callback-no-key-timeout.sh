#!/usr/bin/env bash
# GNU readline 8.2 (Debian 12): `keyseq-timeout` has no effect in the callback interface; a lone Esc waits for a further key.
#
# One would guess: the variable that bounds the wait after an ambiguous prefix works however readline gets its input.
# What happens, with a function bound to Esc and another to Esc x, and keyseq-timeout 100 ms: readline() runs the first
#   after that time. A program that calls rl_callback_read_char() when input is ready sees nothing for as long as no
#   further key comes, and an x two seconds later still completes the longer sequence.
# Why it matters: a full-screen program with its own poll loop must time a lone Esc itself; setting the variable, or
#   telling users to, changes nothing there.
# Source: readline 8.2 readline.c, _rl_dispatch_subseq: with RL_STATE_CALLBACK it keeps its state and returns; only the
#   other branch asks _rl_input_queued for the timeout. The manual describes the variable without this exception.
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
cat > escape.py <<'PYTHON'
import ctypes, os, select, sys, threading, time
readline, libc = ctypes.CDLL(sys.argv[1]), ctypes.CDLL(None)
libc.fdopen.restype = readline.readline.restype = ctypes.c_void_p
reader, writer = os.pipe()
for name, stream in (("rl_instream", libc.fdopen(reader, b"r")), ("rl_outstream", libc.fdopen(os.open(os.devnull, os.O_WRONLY), b"w")),
                     ("rl_prep_term_function", None), ("rl_deprep_term_function", None)):
    ctypes.c_void_p.in_dll(readline, name).value = stream
ran = []
Command = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int)
escape = Command(lambda count, key: ran.append("Esc") or 0)
longer = Command(lambda count, key: ran.append("Esc x") or 0)
readline.rl_variable_bind(b"keyseq-timeout", b"100")
readline.rl_bind_keyseq(b"\\e", escape)
readline.rl_bind_keyseq(b"\\ex", longer)
if sys.argv[2] == "callback":
    handler = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(lambda line: None)
    readline.rl_callback_handler_install(b"", handler)
    def serve(seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if select.select([reader], [], [], 0.02)[0]: readline.rl_callback_read_char()
    os.write(writer, b"\x1b"); serve(2)
    print(f"after 2 s: {ran}", end="; "); os.write(writer, b"x"); serve(0.2)
    print(f"after an x: {ran}")
else:
    def type_keys():
        os.write(writer, b"\x1b"); time.sleep(2)
        print(f"after 2 s: {ran}", end="; "); os.write(writer, b"x\r")
    threading.Thread(target=type_keys).start()
    readline.readline(b"")
    print(f"after an x: {ran}")
PYTHON
library=root/lib/x86_64-linux-gnu/libreadline.so.8
whole=$(TERM=xterm INPUTRC=/dev/null timeout 20 python3 escape.py "$library" readline)
callback=$(TERM=xterm INPUTRC=/dev/null timeout 20 python3 escape.py "$library" callback)
printf 'readline():               %s\nrl_callback_read_char():  %s\n' "$whole" "$callback"
[ "$whole" = "after 2 s: ['Esc']; after an x: ['Esc']" ] && [ "$callback" = "after 2 s: []; after an x: ['Esc x']" ] ||
    { echo "behaviour changed"; exit 1; }
echo "as described"

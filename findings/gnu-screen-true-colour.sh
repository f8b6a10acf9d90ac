#!/usr/bin/env bash
# GNU screen 4.9.0 (Debian 12) reads the numbers of a 24-bit colour as bold, italic, underline, blink and reverse.
#
# One would guess: a terminal that does not know `CSI 38;2;R;G;B m` ignores it, so the worst case is no colour.
# What happens: screen knows 38;5;N only. Of 38;2;1;4;7 it takes each number for an attribute of its own: 2 dims, 1 is
#   bold, 4 underlines, 7 reverses. The form with colons (38:2::1:4:7) fares alike, and a curly underline (4:3) is
#   italic and underlined. Which text is unreadable depends on which colour was chosen.
# Why it matters: COLORTERM=truecolor survives into screen, ssh and sudo, so a client that trusts it paints blinking,
#   reversed text. In a TERM that begins with "screen" (and no TMUX) only indexed colours are safe.
# Source: screen ansi.c, SelectRendition.
# Needs: tmux 3.3a, as the terminal that reads screen's screen back, and the locale C.UTF-8.
set -euo pipefail
work=$(mktemp -d)
export TMUX_TMPDIR="$work" LC_ALL=C.UTF-8
trap 'tmux -L finding kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb screen '4.9.0-4*'
[ "$(tmux -V)" = 'tmux 3.3a' ] || { echo 'needs tmux 3.3a'; exit 2; }
mkdir -m 700 sockets
echo 'startup_message off' > screenrc
cat > paint.sh <<'SH'
printf '\033[38;2;1;4;7mSEMICOLONS\033[0m \033[38:2::1:4:7mCOLONS\033[0m \033[4:3mCURLY\033[0m \033[38;5;196mINDEXED\033[0m done\n'
exec sleep 30
SH
tmux -L finding -f /dev/null new-session -d -x 80 -y 10 \
    "SCREENDIR=$work/sockets TERM=screen-256color $work/root/usr/bin/screen -U -c $work/screenrc sh $work/paint.sh"
for _ in $(seq 100); do
    line=$(tmux -L finding capture-pane -p -e | sed -n '1{s/\x1b/ESC/g;p}')
    [[ $line == *done* ]] && break
    sleep 0.1
done
echo "screen shows: $line"
for part in 'ESC[1;2;4;7mSEMICOLONS' 'ESC[1;4;7mCOLONS' 'ESC[3;4mCURLY' 'ESC[38;5;196mINDEXED'; do
    [[ $line == *"$part"* ]] || { echo "behaviour changed: no $part"; exit 1; }
done
echo "as described"

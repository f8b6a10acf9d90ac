#!/usr/bin/env bash
# cmark-gfm 0.29.0.gfm.6 (Debian 12): positions in the source that do not exist.
#
# One would guess: with --sourcepos every node tells where it stands in the text, and its end is at or after its start.
# What happens:
#   - a link made by the autolink extension, and the text in it, have no position at all (0:0 in the API); the text
#     before and after it has;
#   - a list followed by blank lines "ends" on the last of them in column 0: 1:1-4:0.
# Why it matters: a client that renders a growing reply keeps finished blocks by their positions. One that computes the
#   text of a node from them reads outside the line, or copies nothing for a link. Treat 0 as "unknown", not as a place.
# Source: cmark-gfm extensions/autolink.c (nodes are made without positions); src/blocks.c, finalize.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb cmark-gfm '0.29.0.gfm.6-6*'
deb libcmark-gfm0.29.0.gfm.6 '0.29.0.gfm.6-6*'
deb libcmark-gfm-extensions0.29.0.gfm.6 '0.29.0.gfm.6-6*'
nodes() { LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" root/usr/bin/cmark-gfm -e autolink -t xml --sourcepos; }
list=$(printf -- '- one\n- two\n\n\nafter\n' | nodes)
link=$(printf 'see https://example.org/ now\n' | nodes)
written=$(printf 'see <https://example.org/> now\n' | nodes)
grep '<list ' <<< "$list"
grep -A1 '<link ' <<< "$link"
grep -A1 '<link ' <<< "$written"
grep -q '<list sourcepos="1:1-4:0"' <<< "$list" && grep -q '<link destination=' <<< "$link" &&
    grep -q '<link sourcepos="1:5-1:26"' <<< "$written" || { echo "behaviour changed"; exit 1; }
echo "as described"

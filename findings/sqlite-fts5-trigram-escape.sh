#!/usr/bin/env bash
# SQLite 3.40.1 (Debian 12): LIKE on an FTS5 trigram table loses the index as soon as it has an ESCAPE clause.
#
# One would guess: a trigram table speeds up `body LIKE '%word%'`, with or without ESCAPE, whose character need not occur.
# What happens: EXPLAIN QUERY PLAN shows the pattern handed to FTS5 ("L0") without ESCAPE and a scan of every row with it.
#   The rows are the same, so no test of results notices.
# Why it matters: words typed by a user hold % and _, so a careful search always writes ESCAPE, and with it searches a
#   large history row by row. Use MATCH for three characters or more, or GLOB, whose characters are escaped by brackets.
# Source: sqlite src/whereexpr.c, isAuxiliaryVtabOperator: only functions of two arguments reach a virtual table.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb sqlite3 '3.40.1-2*'
deb libsqlite3-0 '3.40.1-2*'
sqlite() { LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" root/usr/bin/sqlite3 -init /dev/null -batch "$@"; }
sqlite words.db "CREATE VIRTUAL TABLE search USING fts5(body, tokenize='trigram');
    INSERT INTO search VALUES ('an upright photograph'), ('a red square'), ('100% sure');"
plan() { sqlite words.db "EXPLAIN QUERY PLAN SELECT * FROM search WHERE $1" | sed -n 's/.*INDEX //p'; }
rows() { sqlite words.db "SELECT body FROM search WHERE $1"; }
plain="body LIKE '%photo%'" escaped="body LIKE '%photo%' ESCAPE '\\'" glob="body GLOB '*photo*'"
for condition in "$plain" "$escaped" "$glob"; do
    printf '%-32s index %-5s rows: %s\n' "$condition" "$(plan "$condition")" "$(rows "$condition")"
done
[ "$(plan "$plain") $(plan "$escaped") $(plan "$glob")" = "0:L0 0: 0:G0" ] || { echo "behaviour changed"; exit 1; }
[ "$(rows "$plain")" = "$(rows "$escaped")" ]
echo "as described"

#!/usr/bin/env bash
# Debian 12's sqlite3 3.40.1 shell offers .recover, which fails on every file, a sound one too.
#
# One would guess: the salvage command of a distribution's own SQLite shell works, so "run sqlite3 FILE .recover" is
#   good advice for a damaged store.
# What happens: it prints BEGIN and some PRAGMA lines, then "SQL logic error (1)" and exits 1. `.recover` reads pages through the
#   sqlite_dbpage table, which the shell takes from the shared library, and Debian builds that without
#   SQLITE_ENABLE_DBPAGE_VTAB.
# Why it matters: a chat client cannot send its users there, nor run it for them; it needs a salvage of its own, or
#   backups. The output, piped into a new database as the manual shows, gives an empty store and no further message.
# Source: sqlite.org/cli.html "Recover Data From a Corrupted Database"; sqlite.org/dbpage.html.
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
sqlite() { LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" root/usr/bin/sqlite3 -init /dev/null -batch "$@" 2>&1; }
sqlite sound.db "CREATE TABLE message(id INTEGER PRIMARY KEY, body TEXT); INSERT INTO message(body) VALUES ('hello');"
check=$(sqlite sound.db 'PRAGMA integrity_check')
status=0
recovered=$(sqlite sound.db .recover) || status=$?
table=$(sqlite sound.db 'SELECT count(*) FROM sqlite_dbpage' || true)
sqlite sound.db .recover | sqlite new.db > /dev/null || true
tables=$(sqlite new.db 'SELECT count(*) FROM sqlite_schema')
printf 'integrity_check: %s\n.recover (exit %s):\n%s\nsqlite_dbpage: %s\ntables in the database made of it: %s\n' \
    "$check" "$status" "$recovered" "$table" "$tables"
[ "$check" = ok ] && [ "$status" -ne 0 ] && [[ $recovered == *"SQL logic error"* ]] && [[ $table == *"no such table"* ]] &&
    [ "$tables" = 0 ] || { echo "behaviour changed"; exit 1; }
echo "as described"

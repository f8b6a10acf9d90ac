#!/usr/bin/env bash
# SQLite 3.40.1 (Debian 12): VACUUM makes an external-content FTS5 index find the wrong rows, and the checks pass.
#
# One would guess: VACUUM does not change what a query returns; or, having read that it "may" renumber rows without an
#   INTEGER PRIMARY KEY, that any table with a text key is at risk; and that integrity checks would tell.
# What happens, for fts5(body, content='message') kept by the documented triggers, after one deleted row:
#   - a table without any index is renumbered: searching for "cherry" returns the message "durian";
#   - `id TEXT PRIMARY KEY` (which makes an index), or VACUUM INTO instead of VACUUM, happens to keep the numbers;
#   - PRAGMA integrity_check says ok, and FTS5's own 'integrity-check' passes: it does not compare the index with its
#     content table unless rank = 1 is given as well. Then it reports SQLITE_CORRUPT.
# Why it matters: a message store with a full-text index loses its search silently on the day someone compacts it. Give
#   the content table an INTEGER PRIMARY KEY, and check with rank = 1.
# Source: sqlite.org/lang_vacuum.html; vacuum.c and insert.c (xferOptimization: OP_NewRowid without an index);
#   sqlite.org/fts5.html "The 'integrity-check' Command".
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
store() { # store FILE KEY: four messages, the second deleted again
    sqlite "$1" "CREATE TABLE message(id TEXT $2, body TEXT);
        CREATE VIRTUAL TABLE search USING fts5(body, content='message');
        CREATE TRIGGER added AFTER INSERT ON message BEGIN
            INSERT INTO search(rowid, body) VALUES (new.rowid, new.body); END;
        CREATE TRIGGER gone AFTER DELETE ON message BEGIN
            INSERT INTO search(search, rowid, body) VALUES ('delete', old.rowid, old.body); END;
        INSERT INTO message VALUES ('a', 'apple'), ('b', 'banana'), ('c', 'cherry'), ('d', 'durian');
        DELETE FROM message WHERE id = 'b';"
}
found() { sqlite "$1" "SELECT message.body FROM search JOIN message ON message.rowid = search.rowid WHERE search MATCH 'cherry';"; }
store no-index.db ''
before=$(found no-index.db)
sqlite no-index.db "VACUUM INTO 'copy.db'"
sqlite no-index.db VACUUM
store text-key.db 'PRIMARY KEY'
sqlite text-key.db VACUUM
echo "a search for cherry: before VACUUM: $before; after: $(found no-index.db);" \
    "after VACUUM INTO: $(found copy.db); after VACUUM with a text key: $(found text-key.db)"
pragma=$(sqlite no-index.db 'PRAGMA integrity_check')
plain=$(sqlite no-index.db "INSERT INTO search(search) VALUES ('integrity-check')" && echo passes)
ranked=$(sqlite no-index.db "INSERT INTO search(search, rank) VALUES ('integrity-check', 1)" && echo passes || true)
echo "integrity_check: $pragma; FTS5 integrity-check: $plain; the same with rank = 1: $ranked"
[ "$before $(found no-index.db) $(found copy.db) $(found text-key.db)" = "cherry durian cherry cherry" ] &&
    [ "$pragma $plain" = "ok passes" ] && [[ $ranked == *malformed* ]] || { echo "behaviour changed"; exit 1; }
echo "as described"

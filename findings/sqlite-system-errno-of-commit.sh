#!/usr/bin/env bash
# SQLite up to 3.42 (apsw 3.42.0.0 from PyPI; Debian 12 has 3.40.1): sqlite3_system_errno() is 0 after a write that COMMIT
# makes has failed. 3.43.0 and later give the system's number.
#
# One would guess: the function, which is there to tell the system's error behind SQLITE_IOERR, tells it for the one write
#   that most often fails, that of the journal or of the write-ahead log.
# What happens: up to 3.42.0 it stays 0 in both journal modes, inside an explicit transaction and without; the VFS knows the
#   number and gives it by SQLITE_FCNTL_LAST_ERRNO, in WAL mode only on the log's own file
#   (SQLITE_FCNTL_JOURNAL_POINTER).
# Why it matters: a used-up quota (EDQUOT) and a limit of file sizes (EFBIG) are "disk I/O error" to SQLite; a program that
#   wants to say which, and that Debian 12 builds, has to ask the files.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > grow.py << 'PYTHON'
import apsw, errno, resource, signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for mode in ("delete", "wal"):
    connection = apsw.Connection(f"{mode}.db")
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA journal_mode={mode}")
    cursor.execute("CREATE TABLE t(x)")
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        while True:
            cursor.execute("INSERT INTO t VALUES(zeroblob(3000))")
    except apsw.IOError as error:
        number = (connection.systemerrno if hasattr(connection, "systemerrno") else connection.system_errno)
        extended = error.extendedresult & 0xFFFF
        print(apsw.sqlitelibversion(), mode, "extended", extended, "system", errno.errorcode.get(number, number))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
PYTHON
for version in 3.42.0.0 3.43.0.0; do
    python3 -m venv "$version"
    "$version/bin/pip" -q install --only-binary :all: "apsw==$version" 2> /dev/null ||
        { echo "needs a Python for which apsw $version has a wheel (3.11)"; exit 2; }
    "$version/bin/python" grow.py | tee -a seen
    rm -f -- *.db*
done
diff - seen << 'SEEN' || { echo "behaviour changed"; exit 1; }
3.42.0 delete extended 778 system 0
3.42.0 wal extended 778 system 0
3.43.0 delete extended 778 system EFBIG
3.43.0 wal extended 778 system EFBIG
SEEN
echo "as described"

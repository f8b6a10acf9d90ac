#!/usr/bin/env bash
# llm 0.36: its log keeps the familiar tables empty, and two conversations share the rows of their messages.
#
# One would guess: logs.db has a row in `responses` for each answer, joined to `conversations`, as it was for years;
#   and a message belongs to a conversation and has a time.
# What happens: since 0.32 (the old tables are still made, and stay empty) an answer is a row in `turns`, a conversation
#   a row in `threads` that knows only its last message, and messages form a tree by hash of content and parent, without
#   time or owner. Two conversations that begin with the same words and answer are one chain of rows: four answers
#   below make seven messages, not nine, and the first pair is older than the second conversation it also belongs to.
# Why it matters: an importer that reads the old tables finds an empty log and reports success; one that walks
#   `messages` merges strangers or gives them the wrong dates. Walk back from threads.tip_message_hash, and take times
#   from `turns`.
# Source: llm/migrations.py, m023_message_store and m026_message_tree_view.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; }; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check llm==0.36
cat > echo.py <<'PYTHON'
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        data = json.dumps({"id": "c", "object": "chat.completion", "created": 1, "model": "echo", "choices": [
            {"index": 0, "message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
    def log_message(self, *_): pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
print(server.server_port, flush=True)
server.serve_forever()
PYTHON
python3 echo.py > port &
server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
export LLM_USER_PATH="$work/user" OPENAI_API_KEY=none
mkdir user
cat > user/extra-openai-models.yaml <<YAML
- {model_id: echo, model_name: echo, can_stream: false, api_base: "http://127.0.0.1:$(cat port)/v1"}
YAML
ask() { timeout 60 venv/bin/llm -m echo "$@" > /dev/null; }
ask 'hi'                # first conversation
ask 'hi'                # second conversation, same words
ask -c 'and now?'       # … which goes on
ask -s 'be kind' 'hi'   # third conversation
venv/bin/python - <<'PYTHON'
import importlib.metadata, sqlite3
log = sqlite3.connect("user/logs.db")
count = {table: log.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
         for table in ("conversations", "responses", "threads", "turns", "messages")}
chain = """WITH RECURSIVE chain(thread, hash) AS (SELECT id, tip_message_hash FROM threads
    UNION ALL SELECT thread, parent_hash FROM chain JOIN messages USING (hash) WHERE parent_hash IS NOT NULL)"""
owners = [row[0] for row in log.execute(chain + "SELECT count(DISTINCT thread) FROM chain GROUP BY hash ORDER BY 1 DESC")]
columns = [row[1] for row in log.execute("PRAGMA table_info(messages)")]
print("llm", importlib.metadata.version("llm"), "rows:", count)
print("columns of messages:", columns)
print("conversations that each message belongs to:", owners)
assert count == {"conversations": 0, "responses": 0, "threads": 3, "turns": 4, "messages": 7}, "behaviour changed"
assert columns == ["hash", "parent_hash", "role", "provider_metadata"], "behaviour changed"
assert owners == [2, 2, 1, 1, 1, 1, 1], "behaviour changed"
PYTHON
echo "as described"

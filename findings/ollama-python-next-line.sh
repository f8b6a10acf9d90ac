#!/usr/bin/env bash
# ollama (Python) 0.6.3: one U+0085 in a reply ends the stream with a JSON error.
#
# One would guess: newline-delimited JSON is split at newlines, and every character JSON allows may stand in a string.
# What happens: the client asks httpx for text lines; httpx splits where str.splitlines() does, which is also at
#   U+0085 NEXT LINE, U+2028 and U+2029. JSON allows all three raw in a string, so the object is torn in the middle.
#   Ollama's server is Go, whose encoder escapes U+2028 and U+2029 but sends U+0085 as it is; other servers of this
#   API escape none. (U+0085 is what a byte of Windows-1252's ellipsis becomes in text decoded as Latin-1.)
# Why it matters: NDJSON and SSE must be split on bytes (LF, CR, CRLF), before decoding. A client that asks its HTTP
#   library for "lines" works until a reply holds such a character.
# Source: ollama/_client.py, Client._request (r.iter_lines()); httpx/_decoders.py, LineDecoder.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check ollama==0.6.3 httpx==0.28.1
timeout 120 venv/bin/python - <<'PYTHON'
import json, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import ollama

class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        text = json.loads(self.rfile.read(int(self.headers["content-length"])))["messages"][0]["content"]
        self.send_response(200)
        self.send_header("content-type", "application/x-ndjson")
        self.end_headers()
        for content, done in (("echo: ", False), (text, False), ("", True)):
            line = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "done": done,
                    "message": {"role": "assistant", "content": content}}
            self.wfile.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    def log_message(self, *_): pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = ollama.Client(host=f"http://127.0.0.1:{server.server_port}")

def reply(text):
    try:
        return "".join(part.message.content for part in client.chat("m", [{"role": "user", "content": text}], stream=True))
    except json.JSONDecodeError as error:
        return f"JSONDecodeError: {error.msg}"

seen = {name: reply(f"a{name}b".encode().decode("unicode_escape")) for name in (r"\u4e2d", r"\u0085", r"\u2028", r"\u2029")}
for name, outcome in seen.items():
    print(name, "->", ascii(outcome))
assert seen[r"\u4e2d"] == "echo: a中b"
assert all(seen[n].startswith("JSONDecodeError") for n in (r"\u0085", r"\u2028", r"\u2029")), "behaviour changed"
PYTHON
echo "as described"

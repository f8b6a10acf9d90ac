#!/usr/bin/env bash
# openai (Python) 3.51.0: a stream that is no stream ends as an empty reply, without an error.
#
# One would guess: create(stream=True) answered with HTTP 200 and `application/json` (a relay that ignores `stream`,
#   or one that reports its error with status 200) either gives the reply or raises.
# What happens: the iterator ends at once. A whole completion, an {"error": …} object and a login page all read as a
#   reply of no words. A stream that stops before finish_reason and [DONE] ends just as quietly.
# Why it matters: a chat client on top of this library shows an empty or a half answer as a finished one, and a server
#   tested only against it can be wrong in ways that its author never sees. Read Content-Type and finish_reason.
# Source: openai/_streaming.py, SSEDecoder and Stream.__stream__: lines that are no event are skipped, the end of the
#   body is the end of the loop, and the content type is not looked at.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check openai==3.51.0
timeout 120 venv/bin/python - <<'PYTHON'
import json, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import openai

whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [
    {"index": 0, "message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]}
piece = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [
    {"index": 0, "delta": {"content": "Hel"}, "finish_reason": None}]}
failure = {"error": {"message": "no such model", "type": "invalid_request_error", "code": "model_not_found"}}
answers = {
    "whole completion": ("application/json", json.dumps(whole)),
    "error object": ("application/json", json.dumps(failure)),
    "login page": ("text/html", "<html><body>Please sign in</body></html>"),
    "cut stream": ("text/event-stream", f"data: {json.dumps(piece)}\n\n"),
    "error as an event": ("text/event-stream", f"data: {json.dumps(failure)}\n\n"),
}

class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        kind, body = answers[request["model"]]
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(body.encode())
    def log_message(self, *_): pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none", max_retries=0)

def reply(name):
    try:
        chunks = client.chat.completions.create(model=name, stream=True, messages=[{"role": "user", "content": "hi"}])
        return [(c.choices[0].delta.content, c.choices[0].finish_reason) for c in chunks]
    except openai.APIError as error:
        return f"APIError: {error.message}"

print("openai", openai.__version__)
seen = {name: reply(name) for name in answers}
for name, outcome in seen.items():
    print(f"{name:18} -> {outcome}")
assert seen == {
    "whole completion": [], "error object": [], "login page": [],  # expected: the reply, or an error
    "cut stream": [("Hel", None)],                                 # expected: an error at the end
    "error as an event": "APIError: no such model",                # the one form that is noticed
}, "behaviour changed"
PYTHON
echo "as described"

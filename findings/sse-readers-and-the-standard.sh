#!/usr/bin/env bash
# Three readers of server-sent events in Python, one valid stream: none gives the events that the standard gives.
#   httpx-sse 0.4.3, sseclient-py 1.9.0, openai 3.51.0
#
# One would guess: the three libraries by which most Python programs read LLM streams agree on a valid stream.
# What happens, against WHATWG HTML §9.2.6:
#   - a leading byte order mark is to be stripped; all three lose the first event instead ("data" becomes "\ufeffdata");
#   - a block with an `id` but no `data` is no event; httpx-sse and openai hand out one with empty data, which
#     openai's client then parses as JSON: a reply that carries an id-only keep-alive dies with JSONDecodeError;
#   - an event that the end of the stream leaves without its blank line is to be dropped; sseclient-py hands it out.
# Why it matters: whoever checks a server or a parser against "what the SDK does" copies one of three mistakes.
# Source: html.spec.whatwg.org §9.2.6 "Interpreting an event stream"; httpx_sse/_decoders.py, sseclient/__init__.py
#   (events), openai/_streaming.py (SSEDecoder.decode).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check openai==3.51.0 httpx==0.28.1 httpx-sse==0.4.3 sseclient-py==1.9.0
timeout 120 venv/bin/python - <<'PYTHON'
import json, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import httpx, httpx_sse, openai, sseclient
from openai._streaming import SSEDecoder

stream = "\ufeffdata: first\n\ndata: second\n\nid: 7\n\ndata: third\n\ndata: unfinished".encode()
standard = ["first", "second", "third"]

with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(
        200, headers={"content-type": "text/event-stream"}, content=stream))) as client:
    with httpx_sse.connect_sse(client, "GET", "http://loopback/") as source:
        by_httpx_sse = [event.data for event in source.iter_sse()]
by_sseclient = [event.data for event in sseclient.SSEClient(iter([stream])).events()]
by_openai = [event.data for event in SSEDecoder().iter_bytes(iter([stream]))]

print("standard    ", standard)
print("httpx-sse   ", by_httpx_sse)
print("sseclient-py", by_sseclient)
print("openai      ", by_openai)
assert by_httpx_sse == ["second", "", "third"]
assert by_sseclient == ["second", "third", "unfinished"]
assert by_openai == ["second", "", "third"]

class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        chunk = json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [
            {"index": 0, "delta": {"content": "Hello"}, "finish_reason": "stop"}]})
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        self.wfile.write(f": a comment is fine\n\nid: 1\n\ndata: {chunk}\n\ndata: [DONE]\n\n".encode())
    def log_message(self, *_): pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none", max_retries=0)
try:
    chunks = list(client.chat.completions.create(model="m", stream=True, messages=[{"role": "user", "content": "hi"}]))
    outcome = f"{len(chunks)} chunk"
except json.JSONDecodeError as error:
    outcome = f"JSONDecodeError: {error}"
print("openai, a reply that begins with a block of only an id ->", outcome)
assert outcome.startswith("JSONDecodeError"), "behaviour changed"
PYTHON
echo "as described"

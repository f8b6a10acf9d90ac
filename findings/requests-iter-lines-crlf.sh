#!/usr/bin/env bash
# requests 2.34.2: iter_lines() makes an empty line out of a CRLF that two reads tear apart.
#
# One would guess: the lines of a response do not depend on how the network cut it into pieces.
# What happens: if one piece ends in CR and the next begins with LF, the LF alone counts as one more, empty line.
# Why it matters: in server-sent events an empty line ends the event. `event: error CRLF data: …` torn there becomes an
#   event without data followed by data without its name. It shows only under load, when pieces fall that way. Any
#   reader that splits each piece by itself has it; feed bytes to a parser that remembers a pending CR.
# Source: requests/models.py, Response.iter_lines: bytes.splitlines() per chunk, and `pending` keeps a line's text only.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check requests==2.34.2 urllib3==2.5.0 httpx==0.28.1
timeout 120 venv/bin/python - <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import httpx, requests

class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        pieces = [b"event: error\r\ndata: busy\r\n\r\n"] if self.path == "/whole" else \
                 [b"event: error\r", b"\ndata: busy\r\n\r\n"]
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for piece in pieces + [b""]:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()
    def log_message(self, *_): pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"
whole = list(requests.get(base + "/whole", stream=True, timeout=10).iter_lines())
torn = list(requests.get(base + "/torn", stream=True, timeout=10).iter_lines())
reference = list(httpx.get(base + "/torn").iter_lines())
print("requests", requests.__version__)
print("in one piece ", whole)
print("in two pieces", torn)
print("httpx, two   ", reference)
assert whole == [b"event: error", b"data: busy", b""]
assert torn == [b"event: error", b"", b"data: busy", b""], "behaviour changed"
assert reference == ["event: error", "data: busy", ""]
PYTHON
echo "as described"

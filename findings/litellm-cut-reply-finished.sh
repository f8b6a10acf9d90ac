#!/usr/bin/env bash
# LiteLLM 1.108.7 rewrites how a reply ended: cut becomes "stop", an unknown reason becomes "stop", a refusal vanishes.
#
# One would guess: a gateway passes on a chat completion stream as it came, or reports that it broke.
# What happens:
#   - the server ends its stream after two words, with neither finish_reason nor [DONE] (a worker killed behind a load
#     balancer that closes cleanly): LiteLLM appends a chunk with finish_reason "stop" (its proxy then adds [DONE]);
#   - a finish_reason that it does not know arrives as "stop";
#   - the text in delta.refusal, where OpenAI's models put a refusal, is gone: the user sees an empty reply.
# Why it matters: "no finish_reason means cut short" is the only sign of a lost ending in this protocol, and behind this
#   gateway it is never seen. A client cannot tell a half answer from a whole one there, and must not promise to.
# Source: litellm/litellm_core_utils/streaming_handler.py (finish_reason_handler; the end of iteration), and
#   litellm/litellm_core_utils/core_helpers.py (map_finish_reason).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check litellm==1.108.7
LITELLM_LOCAL_MODEL_COST_MAP=True timeout 180 venv/bin/python - <<'PYTHON'
import json, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def chunk(delta, reason=None):
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}

replies = {
    "cut short": [chunk({"role": "assistant", "content": "Hel"}), chunk({"content": "lo"})],
    "odd reason": [chunk({"role": "assistant", "content": "Hello"}), chunk({}, "insufficient_system_resource"), "[DONE]"],
    "length": [chunk({"role": "assistant", "content": "Hello"}), chunk({}, "length"), "[DONE]"],
    "refusal": [chunk({"role": "assistant", "content": "", "refusal": None}), chunk({"refusal": "I cannot"}),
                chunk({"refusal": " do that."}), chunk({}, "stop"), "[DONE]"],
}

class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        name = json.loads(self.rfile.read(int(self.headers["content-length"])))["messages"][0]["content"]
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for data in replies[name]:
            self.wfile.write(f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n".encode())
    def log_message(self, *_): pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
import importlib.metadata, litellm

def through_litellm(name):
    stream = litellm.completion(model="openai/m", api_base=f"http://127.0.0.1:{server.server_port}/v1", api_key="none",
                                stream=True, num_retries=0, messages=[{"role": "user", "content": name}])
    choices = [c for part in stream for c in part.choices]
    text = "".join(c.delta.content or "" for c in choices)
    refusal = "".join(getattr(c.delta, "refusal", None) or "" for c in choices)
    return text, refusal, [c.finish_reason for c in choices if c.finish_reason]

print("litellm", importlib.metadata.version("litellm"))
seen = {name: through_litellm(name) for name in replies}
for name, (text, refusal, reasons) in seen.items():
    print(f"{name:10} -> text {text!r}, refusal {refusal!r}, finish reasons {reasons}")
assert seen["length"] == ("Hello", "", ["length"])
assert seen["cut short"] == ("Hello", "", ["stop"]), "behaviour changed"    # expected: no reason, or an error
assert seen["odd reason"] == ("Hello", "", ["stop"]), "behaviour changed"   # expected: the reason as it came
assert seen["refusal"] == ("", "", ["stop"]), "behaviour changed"           # expected: the refusal's text
PYTHON
echo "as described"

#!/usr/bin/env bash
# llm 0.36 fails on a complete answer that has no `usage`, although the field is optional.
#
# One would guess: a client that takes any OpenAI-compatible server does without the token counts.
# What happens: asked without streaming, llm prints "Error: 'NoneType' object has no attribute 'model_dump'" in place of
#   the answer and exits 1. The same server, streaming without usage, is fine.
# Why it matters: `usage` is not among the required fields of CreateChatCompletionResponse, and small servers omit it. A
#   server must send it all the same to be usable from llm, and a client must not copy the assumption.
# Source: llm/default_plugins/openai_models.py, Chat.execute; OpenAI's OpenAPI description, CreateChatCompletionResponse.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; }; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check llm==0.36
cat > server.py <<'PYTHON'
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        reply = {"id": "c", "created": 1, "model": request["model"]}
        choice = {"index": 0, "finish_reason": "stop"}
        words = {"role": "assistant", "content": "Hello"}
        if request.get("stream"):
            reply |= {"object": "chat.completion.chunk", "choices": [choice | {"delta": words}]}
            kind, text = "text/event-stream", f"data: {json.dumps(reply)}\n\ndata: [DONE]\n\n"
        else:
            reply |= {"object": "chat.completion", "choices": [choice | {"message": words}]}
            if request["model"] == "counts": reply["usage"] = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
            kind, text = "application/json", json.dumps(reply)
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(text.encode())
    def log_message(self, *_): pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
print(server.server_port, flush=True)
server.serve_forever()
PYTHON
python3 server.py > port &
server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
export LLM_USER_PATH="$work/user" OPENAI_API_KEY=none
mkdir user
for model in counts does-not-count; do
    echo "- {model_id: $model, model_name: $model, api_base: 'http://127.0.0.1:$(cat port)/v1'}"
done > user/extra-openai-models.yaml
ask() { timeout 60 venv/bin/llm "$@" hi 2>&1 || echo "(exit $?)"; }
venv/bin/llm --version
plain=$(ask --no-stream -m does-not-count)
seen="with usage: $(ask --no-stream -m counts)
streamed without usage: $(ask -m does-not-count)
plain without usage: $plain"
echo "$seen"
[ "$seen" = "with usage: Hello
streamed without usage: Hello
plain without usage: Error: 'NoneType' object has no attribute 'model_dump'
(exit 1)" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

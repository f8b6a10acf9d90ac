#!/usr/bin/env bash
# LiteLLM proxy 1.108.7: its files endpoint lists, reads and takes away, and answers 500 to every file that is put there.
#
# One would guess: a proxy whose GET /v1/files answers 200 serves files; where it takes none, a client is told by 404,
#   405 or 501, and a 500 is worth another try.
# What happens: listing, contents and POST /v1/vector_stores go through to the server of OPENAI_BASE_URL (not to the
#   api_base of a model). POST /v1/files is a 500 at every try, "files_settings is not set, set it on your config.yaml
#   file.", and with a model named in target_model_names a 500 with another reason, "Managed files hook not found".
#   Nothing of either reaches the upstream.
# Why it matters: a client that probes by listing believes that it can upload, and one that sends a 500 again sends
#   twenty megabytes three times. Only the failed upload tells, and the document must go inside the request then.
# Source: litellm/proxy/openai_files_endpoints/files_endpoints.py, create_file (files_config) and route_create_file.
set -euo pipefail
work=$(mktemp -d)
running=()
trap '[ ${#running[@]} -eq 0 ] || kill "${running[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check 'litellm[proxy]==1.108.7'
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
upstream=$(port)
proxy=$(port)
key=sk-$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
cat > upstream.py <<'PYTHON'
import http.server, json, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, value):
        print(self.command, self.path, file=open("asked", "a"))
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        self.answer({"object": "list", "data": [], "has_more": False, "first_id": None, "last_id": None})
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"id": "file-1", "object": "file", "bytes": 3, "created_at": 1, "filename": "a.txt", "purpose": "user_data", "status": "processed"})
    def log_message(self, *arguments): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
PYTHON
cat > config.yaml <<YAML
model_list:
  - model_name: gpt
    litellm_params: {model: openai/gpt-4o, api_base: "http://127.0.0.1:$upstream/v1", api_key: none}
general_settings: {master_key: $key}
YAML
touch asked
python3 upstream.py "$upstream" &
running+=($!)
env -u DATABASE_URL OPENAI_API_KEY=none OPENAI_BASE_URL="http://127.0.0.1:$upstream/v1" LITELLM_LOCAL_MODEL_COST_MAP=True venv/bin/litellm --config config.yaml --host 127.0.0.1 \
    --port "$proxy" --telemetry False > proxy.log 2>&1 &
running+=($!)
for _ in $(seq 180); do
    curl -s -m 2 -o /dev/null "http://127.0.0.1:$proxy/health/liveliness" && break
    kill -0 "${running[1]}" || { cat proxy.log; exit 1; }
    sleep 1
done
printf 'abc' > a.txt
call() {
    name=$1
    shift
    curl -s -m 30 -o "$name.body" -w '%{http_code}' -H "Authorization: Bearer $key" "$@" > "$name.status"
    echo "$name: $(cat "$name.status") $(head -c 160 "$name.body")"
}
base=http://127.0.0.1:$proxy/v1
call list "$base/files"
call content "$base/files/file-1/content"
call library "$base/vector_stores" -H 'Content-Type: application/json' -d '{"name":"x"}'
call put "$base/files" -F purpose=user_data -F file=@a.txt
call again "$base/files" -F purpose=user_data -F file=@a.txt
call named "$base/files" -F purpose=user_data -F file=@a.txt -F target_model_names=gpt
python3 - <<'PYTHON'
def status(name): return open(name + ".status").read()
for name in ["list", "content", "library"]:
    assert status(name) == "200", "behaviour changed: " + name
for name, words in [("put", "files_settings is not set"), ("again", "files_settings is not set"),
                    ("named", "Managed files hook not found")]:
    assert status(name) == "500", "behaviour changed: status of " + name
    assert words in open(name + ".body").read(), "behaviour changed: words of " + name
asked = open("asked").read().split("\n")
assert "GET /v1/files" in asked and "POST /v1/vector_stores" in asked, "behaviour changed: what goes through"
assert "POST /v1/files" not in asked, "behaviour changed: a file goes through"
PYTHON
echo "as described"

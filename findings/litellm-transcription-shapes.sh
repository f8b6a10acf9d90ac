#!/usr/bin/env bash
# LiteLLM proxy 1.108.7: a transcript asked for as srt, vtt or text comes back as JSON with the file inside.
#
# One would guess: a proxy of the API hands on what response_format asks for, so `-F response_format=srt -o talk.srt`
#   writes a file of subtitles, and the Content-Type is the upstream's text/plain.
# What happens: the proxy asks its upstream for the form that was wanted, gets it as text/plain, and answers
#   application/json, {"text":"1\n00:00:00,000 --> …","usage":null}, for srt, vtt and text alike.
# Why it matters: a client that writes the body to a file writes JSON under the name of a subtitle file, and one that
#   reads JSON takes time lines for words. Both must be told by what came: JSON or not, then "-->" inside or not.
# Source: litellm/proxy/proxy_server.py, audio_transcriptions (the answer is a TranscriptionResponse whatever was asked).
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
import http.server, re, sys
ANSWERS = {"srt": b"1\n00:00:00,000 --> 00:00:01,000\nGood day\n\n", "text": b"Good day\n",
           "vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood day\n\n"}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"]))
        wanted = re.search(rb'name="response_format"\r\n\r\n(\w+)', form).group(1).decode()
        print(wanted, file=open("asked", "a"))
        body = ANSWERS[wanted]
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *arguments): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
PYTHON
cat > config.yaml <<YAML
model_list:
  - model_name: ear
    litellm_params: {model: openai/whisper-1, api_base: "http://127.0.0.1:$upstream/v1", api_key: none}
general_settings: {master_key: $key}
YAML
python3 upstream.py "$upstream" &
running+=($!)
env -u DATABASE_URL LITELLM_LOCAL_MODEL_COST_MAP=True venv/bin/litellm --config config.yaml --host 127.0.0.1 \
    --port "$proxy" --telemetry False > proxy.log 2>&1 &
running+=($!)
for _ in $(seq 180); do
    curl -s -m 2 -o /dev/null "http://127.0.0.1:$proxy/health/liveliness" && break
    kill -0 "${running[1]}" || { cat proxy.log; exit 1; }
    sleep 1
done
python3 -c 'import wave; w = wave.open("a.wav", "wb"); w.setnchannels(1); w.setsampwidth(2); w.setframerate(8000); w.writeframes(bytes(16000)); w.close()'
for form in srt vtt text; do
    curl -s -m 30 -o "$form.body" -w '%{content_type}' "http://127.0.0.1:$proxy/v1/audio/transcriptions" \
        -H "Authorization: Bearer $key" -F file=@a.wav -F model=ear -F "response_format=$form" > "$form.type"
    echo "$form: $(cat "$form.type") $(cat "$form.body")"
done
python3 - <<'PYTHON'
import json
assert open("asked").read().split() == ["srt", "vtt", "text"], "behaviour changed: what the upstream is asked"
for form, inside in {"srt": "00:00:00,000 --> ", "vtt": "WEBVTT", "text": "Good day"}.items():
    assert open(form + ".type").read() == "application/json", "behaviour changed: type of " + form
    assert inside in json.load(open(form + ".body"))["text"], "behaviour changed: body of " + form
PYTHON
echo "as described"

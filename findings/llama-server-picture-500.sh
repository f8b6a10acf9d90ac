#!/usr/bin/env bash
# llama.cpp's server (xllamacpp 2026.10.11549) answers a picture for a text model with 500, so SDKs send it three times.
#
# One would guess: "this model takes no pictures" is a 400: the request is at fault, and sending it again is useless.
# What happens: HTTP 500, type "server_error", message "image input is not supported - hint: …". The OpenAI SDK retries
#   every 500 twice by default, with all its megabytes of base64. An unknown part type is answered with 400.
# Why it matters: retrying by status alone is wrong for the most widely used local server. Read the words first; and ask
#   GET /v1/models, whose architecture.input_modalities tells beforehand.
# Source: llama.cpp tools/server, oaicompat_chat_params_parse (an exception that is no std::invalid_argument becomes 500).
# Note: xllamacpp is the way to llama.cpp's own server code as a package from PyPI.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check xllamacpp==2026.10.11549 gguf==0.19.0 numpy openai==3.51.0
cat > serve.py <<'PYTHON'
# A model of 27,000 random weights that knows bytes and the word "Hello", and llama.cpp's server for it.
import gguf, json, numpy, urllib.error, urllib.request, xllamacpp
words = [b"<unk>", b"<s>", b"</s>"] + [b"<0x%02X>" % byte for byte in range(256)] + [b"\xe2\x96\x81", b"Hello"]
width, HELLO = 32, len(words) - 1
model = gguf.GGUFWriter("tiny.gguf", "llama")
model.add_context_length(256); model.add_embedding_length(width); model.add_block_count(1)
model.add_feed_forward_length(64); model.add_head_count(4); model.add_head_count_kv(4)
model.add_layer_norm_rms_eps(1e-5); model.add_rope_dimension_count(8); model.add_vocab_size(len(words))
model.add_tokenizer_model("llama"); model.add_token_list(words)
model.add_token_scores([0.0] * 259 + [-1.0] * 2); model.add_token_types([2, 3, 3] + [6] * 256 + [1] * 2)
model.add_bos_token_id(1); model.add_eos_token_id(2); model.add_unk_token_id(0)
random = numpy.random.default_rng(1)
def tensor(name, *shape): model.add_tensor(name, (random.standard_normal(shape) / 2).astype(numpy.float32))
for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
    model.add_tensor(name + ".weight", numpy.ones(width, numpy.float32))
for name in ("token_embd", "output"): tensor(name + ".weight", len(words), width)
for name in "qkv": tensor(f"blk.0.attn_{name}.weight", width, width)
tensor("blk.0.attn_output.weight", width, width); tensor("blk.0.ffn_down.weight", width, 64)
for name in ("gate", "up"): tensor(f"blk.0.ffn_{name}.weight", 64, width)
model.write_header_to_file(); model.write_kv_data_to_file(); model.write_tensors_to_file(); model.close()

parameters = xllamacpp.CommonParams()
parameters.model.path, parameters.hostnames, parameters.port = "tiny.gguf", ["127.0.0.1"], 0
parameters.n_ctx, parameters.n_parallel, parameters.cpuparams.n_threads = 256, 1, 1
parameters.warmup, parameters.verbosity = False, -1
parameters.chat_template = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant:"
server = xllamacpp.Server(parameters)
only_hello = {str(HELLO): 100}
def post(path, **body):
    request = urllib.request.Request(server.listening_address + path, json.dumps(body).encode(), {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer: status, text = answer.status, answer.read().decode()
    except urllib.error.HTTPError as error: status, text = error.code, error.read().decode()
    if not body.get("stream"): return status, json.loads(text)
    return status, [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]
PYTHON
timeout 120 venv/bin/python - 2> server.log <<'PYTHON'
import threading, urllib.request, json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import openai
from serve import post, server
pixel = ("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
def message(part): return [{"role": "user", "content": [{"type": "text", "text": "What is this?"}, part]}]
picture = message({"type": "image_url", "image_url": {"url": pixel}})
status, answer = post("/v1/chat/completions", messages=picture)
odd, _ = post("/v1/chat/completions", messages=message({"type": "hologram"}))
with urllib.request.urlopen(server.listening_address + "/v1/models", timeout=10) as models:
    modalities = json.load(models)["data"][0]["architecture"]["input_modalities"]

requests = []
class Counter(BaseHTTPRequestHandler):  # stands before the server and counts
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        requests.append(len(body))
        status, answer = post(self.path, **json.loads(body))
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
    def log_message(self, *_): pass
counter = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
threading.Thread(target=counter.serve_forever, daemon=True).start()
client = openai.OpenAI(base_url=f"http://127.0.0.1:{counter.server_port}/v1", api_key="none")
try: client.chat.completions.create(model="m", messages=picture)
except openai.InternalServerError: pass
print("a picture:", status, answer["error"]["type"], "-", answer["error"]["message"])
print("an unknown part:", odd)
print("input_modalities:", modalities)
print("requests by the OpenAI SDK for one picture:", len(requests))
assert (status, answer["error"]["type"], odd, modalities, len(requests)) == (500, "server_error", 400, ["text"], 3), "behaviour changed"
PYTHON
echo "as described"

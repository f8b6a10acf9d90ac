#!/usr/bin/env bash
# llama.cpp's server (xllamacpp 2026.10.11549): /v1/responses drops a JSON schema without a word; chat holds replies to it.
#
# One would guess: text.format of /v1/responses (json_schema with strict, or json_object) does what response_format does
#   on /v1/chat/completions of the same server, where a grammar lets no other token through; or it is refused, as
#   previous_response_id and input_file are ("llama.cpp does not support …", 400).
# What happens: 200, status "completed", and free text. The conversion of a Responses request to a chat request copies
#   every field it does not know, so text.format arrives at a reader that looks for response_format alone. The proof that
#   nothing else differs: response_format, which /v1/responses does not have, is obeyed when it is sent there.
# Why it matters: a program that asked for JSON with strict: true parses the reply without a check, since a server that
#   takes the schema promises it. Check the reply against the schema, or send both spellings to this server.
# Source: llama.cpp tools/server (the conversion of Responses requests to chat requests); OpenAI's OpenAPI description,
#   CreateResponse.text.
# Note: xllamacpp is the way to llama.cpp's own server code as a package from PyPI.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check xllamacpp==2026.10.11549 gguf==0.19.0 numpy
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
import importlib.metadata, json
from serve import HELLO, post
schema = {"type": "object", "properties": {"done": {"const": True}}, "required": ["done"], "additionalProperties": False}
# The model would say "Hello" for ever; a grammar is the only thing that keeps it from that.
only_hello = {"logit_bias": {str(HELLO): 50}, "temperature": 0}
strict = {"type": "json_schema", "name": "answer", "strict": True, "schema": schema}
chat_format = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}

def text(response): return response["output"][0]["content"][0]["text"]
def is_answer(text):
    try: return json.loads(text) == {"done": True}
    except json.JSONDecodeError: return False

_, chat = post("/v1/chat/completions", messages=[{"role": "user", "content": "hi"}], max_tokens=60,
               response_format=chat_format, **only_hello)
chat_text = chat["choices"][0]["message"]["content"]
free_status, free = post("/v1/responses", model="m", input="hi", max_output_tokens=8, text={"format": strict}, **only_hello)
object_status, loose = post("/v1/responses", model="m", input="hi", max_output_tokens=8,
                            text={"format": {"type": "json_object"}}, **only_hello)
_, odd = post("/v1/responses", model="m", input="hi", max_output_tokens=60, response_format=chat_format, **only_hello)
refused, _ = post("/v1/responses", model="m", input="hi", previous_response_id="resp_1")
print("xllamacpp", importlib.metadata.version("xllamacpp"))
print("chat, response_format:     ", repr(chat_text))
print("responses, text.format:    ", free_status, free.get("status"), repr(text(free)))
print("responses, json_object:    ", object_status, loose.get("status"), repr(text(loose)))
print("responses, response_format:", repr(text(odd)))
print("responses, previous_response_id:", refused)
assert is_answer(chat_text)
assert free_status == 200 and free["status"] == "completed" and text(free).startswith("Hello"), "behaviour changed"
assert object_status == 200 and text(loose).startswith("Hello"), "behaviour changed"
assert is_answer(text(odd)), "behaviour changed"
assert refused == 400, "behaviour changed"
PYTHON
echo "as described"

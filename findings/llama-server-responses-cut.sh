#!/usr/bin/env bash
# llama.cpp's server (xllamacpp 2026.10.11549): /v1/responses calls a reply "completed" that it cut at max_output_tokens.
#
# One would guess: where /v1/chat/completions says finish_reason "length", /v1/responses says status "incomplete" with
#   incomplete_details.reason "max_output_tokens", as OpenAI's does.
# What happens: status is "completed" on the response and on its item, incomplete_details is absent, and a stream ends in
#   response.completed. Only the count of tokens, equal to the limit, hints at the cut. The stream's events also lack
#   output_index, content_index and sequence_number, which OpenAI's schema requires: only item_id links them.
# Why it matters: a client that prefers /v1/responses shows half an answer as a whole one. Compare usage.output_tokens
#   with the limit sent, and collect parts by item_id.
# Source: llama.cpp tools/server (the conversion of chat replies to Responses); OpenAI's OpenAPI description, Response.
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
from serve import post, only_hello
_, chat = post("/v1/chat/completions", messages=[{"role": "user", "content": "hi"}], max_tokens=4, logit_bias=only_hello)
_, response = post("/v1/responses", model="m", input="hi", max_output_tokens=4, logit_bias=only_hello)
_, events = post("/v1/responses", model="m", input="hi", max_output_tokens=4, logit_bias=only_hello, stream=True)
print("chat:", chat["choices"][0]["message"]["content"], "- finish_reason", chat["choices"][0]["finish_reason"])
print("responses:", response["output"][0]["content"][0]["text"], "- status", response["status"],
      "- item", response["output"][0]["status"], "- incomplete_details", response.get("incomplete_details"),
      "- output tokens", response["usage"]["output_tokens"])
print("stream:", " ".join(event["type"] for event in events))
deltas = [event for event in events if event["type"] == "response.output_text.delta"]
print("keys of a delta:", sorted(deltas[0]))
assert chat["choices"][0]["finish_reason"] == "length"
assert response["status"] == response["output"][0]["status"] == "completed", "behaviour changed"
assert response.get("incomplete_details") is None, "behaviour changed"
assert response["usage"]["output_tokens"] == 4
assert events[-1]["type"] == "response.completed" and events[-1]["response"]["status"] == "completed", "behaviour changed"
assert not {"output_index", "content_index", "sequence_number"} & set(deltas[0]), "behaviour changed"
PYTHON
echo "as described"

#!/usr/bin/env bash
# llama.cpp's server (xllamacpp 2026.10.11549): one request, two texts, depending on `stream`.
#
# One would guess: the pieces of a streamed reply, put together, are the reply that comes without streaming.
# What happens:
#   - when the last message is the assistant's (to continue a reply that was cut), the server continues it. Streamed, the
#     pieces hold only what is new; not streamed, content begins with the words that were sent, then what is new;
#   - when the limit falls inside a character of several bytes, streaming leaves the torn bytes out, and the plain reply
#     ends in U+FFFD.
# Why it matters: a client that offers "continue" appends to what it has. Right for the stream, this doubles the text on
#   the plain path; cutting off a common beginning, right there, may eat new words of a stream.
# Source: llama.cpp tools/server; seen only.
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
def both(messages, **body):
    body |= {"messages": messages, "seed": 1}
    _, pieces = post("/v1/chat/completions", stream=True, **body)
    _, whole = post("/v1/chat/completions", **body)
    return ("".join(p["choices"][0]["delta"].get("content") or "" for p in pieces if p["choices"]),
            whole["choices"][0]["message"]["content"], whole["usage"]["completion_tokens"])
user = {"role": "user", "content": "hi"}
plain = both([user], max_tokens=2, logit_bias=only_hello)
continued = both([user, {"role": "assistant", "content": "The answer is "}], max_tokens=2, logit_bias=only_hello)
torn = both([user], max_tokens=2, logit_bias={str(3 + 0xE4): 100})  # the first byte of many Chinese characters, twice
for name, (streamed, whole, tokens) in {"a reply": plain, "continued": continued, "torn": torn}.items():
    print(f"{name:9} streamed {streamed!a:14} plain {whole!a:26} tokens made {tokens}")
assert plain == ("HelloHello", "HelloHello", 2)
assert continued == ("HelloHello", "The answer is HelloHello", 2), "behaviour changed"
assert torn[0] == "" and torn[1].endswith("\ufffd"), "behaviour changed"
PYTHON
echo "as described"

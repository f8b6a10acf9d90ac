#!/usr/bin/env bash
# transformers 5.24.0: each tool call that "transformers serve" streams on /v1/responses ends in OpenAI's SDK raising.
#
# One would guess: a stream of /v1/responses that holds a tool call can be read by openai-python, whose own types the
#   server builds its events from.
# What happens: after the call's response.output_item.done the server opens a message once more, with the id of the first
#   message and at the output_index of the call, and sends response.output_text.done with the whole text again (or with
#   "" where the model only called). openai-python 3.57.0 raises RuntimeError "Duplicate response output index 1."; a
#   reader that goes by items shows the text twice. response.completed then lists the message once, and before the call;
#   the same request without a stream, and /v1/chat/completions, are right.
# Why it matters: the call has arrived whole before the exception, so a client must not give the reply up for the rest; and
#   it must take a second item of a known id as that item, or let response.completed say what the reply was.
# Source: transformers src/transformers/cli/serving/response.py (_streaming: "ensure a message section exists" looks at
#   message_open, which the call has closed; tool_call and finish_message share output_index).
# Note: torch is some 200 MB where a wheel for CPU is at hand, else several GB with CUDA's libraries.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check torch==2.13.0 "transformers[serving]==5.24.0" tokenizers==0.23.3 openai==3.57.0
export HF_HUB_OFFLINE=1 HF_HOME="$work/hub" CUDA_VISIBLE_DEVICES=
venv/bin/python - 2> model.log <<'PYTHON'
# A Qwen2 model whose last token alone chooses the next: after the prompt it says two words and calls a tool.
import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import GenerationConfig, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM
END, CALL = "<|im_end|>", '<tool_call>\n{"name": "time", "arguments": {}}\n</tool_call>'
bytes_ = sorted(pre_tokenizers.ByteLevel.alphabet())
inner = Tokenizer(models.BPE(vocab={byte: i for i, byte in enumerate(bytes_)}, merges=[]))
inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
inner.decoder = decoders.ByteLevel()
inner.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in ("<|im_start|>", END)])
inner.add_tokens([AddedToken(t, normalized=False) for t in ("One moment.", CALL)])
tokenizer = PreTrainedTokenizerFast(tokenizer_object=inner, eos_token=END, pad_token=END)
tokenizer.chat_template = (
    "{% if tools %}<|im_start|>system\n{{ tools | tojson }}<|im_end|>\n{% endif %}{% for m in messages %}<|im_start|>"
    "{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
size, end = 320, tokenizer.convert_tokens_to_ids(END)
config = Qwen2Config(vocab_size=size, hidden_size=size, intermediate_size=32, num_hidden_layers=1, num_attention_heads=10,
                     num_key_value_heads=10, max_position_embeddings=1024, tie_word_embeddings=False, eos_token_id=end)
model = Qwen2ForCausalLM(config).float()
newline = tokenizer.encode("\n")[-1]
moment, call = tokenizer.convert_tokens_to_ids(["One moment.", CALL])
with torch.no_grad():
    model.model.layers[0].self_attn.o_proj.weight.zero_()
    model.model.layers[0].mlp.down_proj.weight.zero_()
    model.model.embed_tokens.weight.copy_(torch.eye(size))
    model.lm_head.weight.zero_()
    for last, following in ((newline, moment), (moment, call), (call, end)): model.lm_head.weight[following, last] = 1
model.generation_config = GenerationConfig(do_sample=False, eos_token_id=end, pad_token_id=end)
model.save_pretrained("model")
tokenizer.save_pretrained("model")
PYTHON
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/transformers serve "$work/model" --host 127.0.0.1 --port "$port" --device cpu > server.log 2>&1 &
server=$!
for _ in $(seq 120); do curl -sf "http://127.0.0.1:$port/health" > /dev/null && break; kill -0 "$server"; sleep 1; done
timeout 120 venv/bin/python - "http://127.0.0.1:$port/v1" "$work/model" <<'PYTHON'
import importlib.metadata, json, sys, urllib.request
import openai
base, model = sys.argv[1:]
tools = [{"type": "function", "name": "time", "description": "Tells the time.", "parameters": {"type": "object", "properties": {}}}]
body = {"model": model, "input": "What time is it?", "tools": tools}
def post(**more):
    request = urllib.request.Request(base + "/responses", json.dumps(body | more).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer: return answer.read().decode()

whole = json.loads(post(stream=False))
events = [json.loads(line[6:]) for line in post(stream=True).splitlines() if line.startswith("data: {")]
added = [(e["output_index"], e["item"]["type"], e["item"]["id"]) for e in events if e["type"] == "response.output_item.added"]
texts = [e["text"] for e in events if e["type"] == "response.output_text.done"]
last = events[-1]
client = openai.OpenAI(base_url=base, api_key="none", max_retries=0)
seen, error = [], None
try:
    with client.responses.stream(**body) as stream: seen = [event.type for event in stream]
except RuntimeError as exception: error = str(exception)

for package in ("transformers", "openai", "torch"): print(package, importlib.metadata.version(package))
print("without a stream:", [item["type"] for item in whole["output"]])
print("items of the stream:", [(index, kind) for index, kind, _ in added], "texts:", texts)
print("the two messages have one id:", added[0][2] == added[2][2])
print("response.completed:", [item["type"] for item in last["response"]["output"]])
print("openai-python:", error)
assert [item["type"] for item in whole["output"]] == ["message", "function_call"]
assert [(index, kind) for index, kind, _ in added] == [(0, "message"), (1, "function_call"), (1, "message")], "behaviour changed"
assert added[0][2] == added[2][2] and texts == ["One moment."] * 2, "behaviour changed"
assert [item["type"] for item in last["response"]["output"]] == ["message", "function_call"], "behaviour changed"
assert error == "Duplicate response output index 1.", "behaviour changed"
PYTHON
echo "as described"

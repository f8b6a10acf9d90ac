#!/usr/bin/env bash
# LiteLLM proxy 1.108.7: no key is answered with a bare 500, a wrong key with 400 "No connected db.".
#
# One would guess: 401 in both cases, with an error object that speaks of the key.
# What happens (a proxy with a master key and no database, its usual small set-up):
#   - without an Authorization header: HTTP 500, text/plain, "Internal Server Error";
#   - with a wrong key: HTTP 400, type "no_db_connection", message "No connected db.".
# Why it matters: by the status alone a client retries the first (as every SDK does with 500) and calls the second a
#   malformed request. A client that knows it sent no key, or sees no_db_connection, should point at the key.
# Source: litellm/proxy/auth/user_api_key_auth.py (a key that is not the master key is looked up in the database).
set -euo pipefail
work=$(mktemp -d)
proxy=
trap '[ -z "$proxy" ] || { kill "$proxy" 2>/dev/null; wait "$proxy" 2>/dev/null || true; }; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check 'litellm[proxy]==1.108.7'
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
key=sk-$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
cat > config.yaml <<YAML
model_list:
  - model_name: echo
    litellm_params: {model: openai/echo, api_key: none, mock_response: "Hello"}
general_settings: {master_key: $key}
YAML
env -u DATABASE_URL LITELLM_LOCAL_MODEL_COST_MAP=True venv/bin/litellm --config config.yaml --host 127.0.0.1 \
    --port "$port" --telemetry False > proxy.log 2>&1 &
proxy=$!
ask() { # ask [HEADER]: prints status, content type and body
    curl -s -m 20 -w '\n%{http_code} %{content_type}' "http://127.0.0.1:$port/v1/chat/completions" \
        -H 'Content-Type: application/json' ${1:+-H "$1"} \
        -d '{"model":"echo","messages":[{"role":"user","content":"hi"}]}' || true
}
for _ in $(seq 120); do
    curl -s -m 2 -o /dev/null "http://127.0.0.1:$port/health/liveliness" && break
    kill -0 "$proxy" || { cat proxy.log; exit 1; }
    sleep 1
done
right=$(ask "Authorization: Bearer $key")
missing=$(ask)
wrong=$(ask 'Authorization: Bearer sk-not-this-one')
printf 'right key:\n%s\n\nno key:\n%s\n\nwrong key:\n%s\n' "$right" "$missing" "$wrong"
grep -q '"content":"Hello"' <<< "$right"
grep -q '^Internal Server Error$' <<< "$missing"
grep -q '^500 text/plain' <<< "$missing"
grep -q '"type":"no_db_connection"' <<< "$wrong"
grep -q '^400 application/json' <<< "$wrong"
echo "as described"

#!/usr/bin/env bash
# fastmcp 4.2.3 with mcp 2.3.0 (PyPI): `ctx.elicit` fails between fastmcp's own client and server, as both are by default.
#
# One would guess: a tool that asks the user by `await ctx.elicit(...)` works where client and server are the same release
#   and the client has an elicitation handler.
# What happens: the client's default mode takes the protocol's revision of 2026-07-28, in which a server sends no requests
#   of its own; the tool fails with "elicitation via server-initiated requests is unavailable", and the handler is
#   never called. With mode="legacy" on the client the same two answer. Nothing at the tool's definition warns.
# Why it matters: a client that speaks the new revision first, as the specification asks, meets servers whose questions
#   worked yesterday and fail today as errors of the tool; it has to fall back for them, or to say so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip -q install 'fastmcp==4.2.3' 'mcp==2.3.0' 2> /dev/null
venv/bin/pip list 2> /dev/null | grep -E '^(fastmcp|mcp) '
cat > server.py << 'PYTHON'
from fastmcp import Context, FastMCP

app = FastMCP("names")


@app.tool
async def who(ctx: Context) -> str:
    """Asks the user for a name."""
    answer = await ctx.elicit("Your name?", response_type=str)
    return f"{answer.action} {answer.data}"


app.run(show_banner=False)
PYTHON
cat > client.py << 'PYTHON'
import asyncio, pathlib
from fastmcp import Client


async def call(mode):
    asked = []

    async def handle(message, response_type, params, context):
        asked.append(message)
        return {"value": "Mo"}

    async with Client(pathlib.Path("server.py"), elicitation_handler=handle, mode=mode) as client:
        result = await client.call_tool("who", {}, raise_on_error=False)
        print(f"{mode}: error {result.is_error}, handler called {len(asked)} times: {result.content[0].text}")


for mode in ("auto", "legacy"):
    asyncio.run(call(mode))
PYTHON
timeout 120 venv/bin/python client.py 2> /dev/null | tee seen
grep -q '^auto: error True, handler called 0 times: elicitation via server-initiated requests is unavailable' seen &&
    grep -q '^legacy: error False, handler called 1 times: accept Mo' seen || { echo "behaviour changed"; exit 1; }
echo "as described"

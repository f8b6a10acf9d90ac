#!/usr/bin/env bash
# MCP's Python SDK 2.3.0: what a tool returns or raises, and what of it reaches the model.
#
# One would guess: a tool that raises tells the model why; one that returns an empty list answers "[]"; a list is one
#   answer; and structured content is there for a dictionary, the most structured of results.
# What happens, through the SDK's own client:
#   - an exception arrives as "Error executing tool NAME": its reason is left out (only ToolError's text is passed on);
#   - [] and None arrive as a success without any content; ["a", "b"] as two blocks of text;
#   - a function annotated `-> int` has structured content {"result": 3}, one annotated `-> dict` has none.
# Why it matters: a client that hands the model the joined text of the blocks gives it "" where a search found nothing,
#   "ab" for two results, and no reason to act on. It should say "no output" itself, keep blocks apart, and prefer
#   structured content where there is some.
# Source: mcp/server/mcpserver/tools/base.py (UnexpectedToolError), mcp/server/mcpserver/utilities/func_metadata.py.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check mcp==2.3.0
timeout 120 venv/bin/python - 2> server.log <<'PYTHON'
import asyncio, importlib.metadata
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
server = MCPServer("results")
@server.tool()
def broken() -> str: raise FileNotFoundError("no such picture: cat.png")
@server.tool()
def refused() -> str: raise ToolError("no such picture: cat.png")
@server.tool()
def empty() -> list[str]: return []
@server.tool()
def nothing(): return None
@server.tool()
def two() -> list[str]: return ["a", "b"]
@server.tool()
def number() -> int: return 3
@server.tool()
def record() -> dict: return {"width": 40}

async def ask():
    async with Client(server) as client:
        seen = {}
        for name in ("broken", "refused", "empty", "nothing", "two", "number", "record"):
            result = await client.call_tool(name, {})
            seen[name] = (result.is_error, [block.text for block in result.content], result.structured_content)
        return seen
seen = asyncio.run(ask())
print("mcp", importlib.metadata.version("mcp"), "(error, texts, structured content)")
for name, outcome in seen.items(): print(f"{name:8}", outcome)
assert seen["broken"] == (True, ["Error executing tool broken"], None), "behaviour changed"
assert seen["refused"][0] and "cat.png" in seen["refused"][1][0]
assert seen["empty"] == (False, [], {"result": []}) and seen["nothing"] == (False, [], None), "behaviour changed"
assert seen["two"][1] == ["a", "b"] and seen["number"][2] == {"result": 3} and seen["record"][2] is None, "behaviour changed"
PYTHON
echo "as described"

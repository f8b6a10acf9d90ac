#!/usr/bin/env bash
# llm 0.36 compares vectors of different sizes by their first numbers, and a text about something else is the nearest.
#
# One would guess: a search over vectors of which some have another length fails, skips them, or says so; a dot product of 3
#   and 6 numbers is not defined.
# What happens: cosine_similarity() pairs the numbers with zip(), which ends with the shorter vector, and divides by the
#   lengths of the whole ones. Each row gets a plausible score. And one vector of zeros (a text without a known word)
#   ends the whole search with an error of SQLite that names neither row nor cause.
# Why it matters: a collection knows its model by name only, and behind one name a relay or a new release gives another size
#   (text-embedding-3 has `dimensions`). Keep the size beside the model, and never compare across it.
# Source: llm/__init__.py, cosine_similarity; llm/embeddings.py, Collection.similar_by_vector.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check llm==0.36
export LLM_USER_PATH="$work/user"
venv/bin/python - <<'PYTHON'
import importlib.metadata, llm, sqlite_utils, sys

class Words(llm.EmbeddingModel):
    """Counts words: six of them, and after its upgrade only three."""
    model_id = "words"
    words = ["cat", "dog", "fish", "tax", "bank", "loan"]

    def embed_batch(self, texts):
        for text in texts: yield [float(text.split().count(word)) for word in self.words]

print("llm", importlib.metadata.version("llm"))
notes = llm.Collection("notes", sqlite_utils.Database(memory=True), model=Words())
notes.embed("pets", "cat dog", store=True)
notes.embed("a pet and much money", "cat tax tax bank bank loan loan", store=True)
Words.words = ["tax", "bank", "loan"]
notes.embed("only money", "tax", store=True)
Words.words = ["cat", "dog", "fish", "tax", "bank", "loan"]
found = [(entry.id, round(entry.score, 2)) for entry in notes.similar("cat", number=3)]
print("nearest to cat:", found)
notes.embed("neither", "umbrella", store=True)
try:
    notes.similar("cat", number=3)
    failure = None
except Exception as error:
    failure = f"{type(error).__name__}: {error}"
print("with a vector of zeros:", failure)
if found[0] != ("only money", 1.0) or failure != "OperationalError: user-defined function raised exception":
    sys.exit("behaviour changed")
PYTHON
echo "as described"

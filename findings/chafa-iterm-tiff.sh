#!/usr/bin/env bash
# chafa 1.12.4 (Debian 12): its "iterm" mode sends TIFF, uncompressed, scaled up, whatever the picture was.
#
# One would guess: `chafa -f iterm photo.jpg` passes on the file, or a PNG of it, which is what this protocol is for.
# What happens: the picture is enlarged to the cells asked for and sent as an uncompressed TIFF with four bytes a pixel. A
#   JPEG of 900 bytes becomes 273,000 bytes of base64 at 40×20 cells. (-f kitty sends as many raw pixels.)
# Why it matters: terminals that took the protocol over from iTerm2 need not decode TIFF, and a slow line carries three
#   hundred times more than needed. A client that has the file should write this sequence itself.
# Source: chafa/chafa-iterm2-canvas.c (the TIFF tags); iterm2.com/documentation-images.html ("any format that macOS supports").
# Needs, besides what is fetched: the libraries that chafa depends on, installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb chafa '1.12.4-1*'
deb libchafa0 '1.12.4-1*'
deb libmagickwand-6.q16-6 '8:6.9.11.60+dfsg-1.6*'
deb libmagickcore-6.q16-6 '8:6.9.11.60+dfsg-1.6*'
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pillow==13.0.0
venv/bin/python -c 'from PIL import Image; Image.linear_gradient("L").resize((64, 64)).convert("RGB").save("photo.jpg")'
LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" root/usr/bin/chafa -f iterm --size 40x20 photo.jpg > sent
venv/bin/python - <<'PYTHON'
import base64, io, os, re
from PIL import Image
sent = open("sent", "rb").read()
sequence = re.search(rb"\x1b\]1337;File=([^:]*):([A-Za-z0-9+/=]+)", sent)
data = base64.b64decode(sequence[2])
picture = Image.open(io.BytesIO(data))
print("arguments:", sequence[1].decode())
print(f"photo.jpg {os.path.getsize('photo.jpg')} bytes, 64×64; sent {len(sequence[2])} bytes of base64: {picture.format} "
      f"{picture.info.get('compression')}, {picture.size[0]}×{picture.size[1]}, {picture.mode}")
assert picture.format == "TIFF" and picture.info["compression"] == "raw" and picture.mode == "RGBA", "behaviour changed"
assert picture.size[0] > 64 and len(data) > 4 * picture.size[0] * picture.size[1], "behaviour changed"
PYTHON
echo "as described"

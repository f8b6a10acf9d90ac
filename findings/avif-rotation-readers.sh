#!/usr/bin/env bash
# One AVIF with a rotation property, three answers: avifdec 0.11.1 loses it, Pillow 13.0.0 invents Exif, libheif turns.
#
# One would guess: what a decoder hands out is the picture, so every decoder gives the same width and height.
# What happens, for a 40×20 picture with `irot` (20×40 when shown) and no Exif at all:
#   - heif-convert (libheif 1.15.1) gives 20×40;
#   - Pillow gives 40×20 and an Exif block that the file does not hold, Orientation 8, so that exif_transpose() helps;
#   - avifdec, libavif's own tool, gives a 40×20 PNG and says nothing: the rotation is lost.
# Why it matters: "decode, then apply Exif orientation" is right for JPEG, wrong twice over for libheif (it has turned
#   already) and not enough for libavif (avifImage.transformFlags is the caller's duty). Which one a program must do
#   depends on the library it links, not on the file.
# Source: avif/avif.h, avifImage ("avifImageRotation … must be applied by the caller"); PIL/AvifImagePlugin.py, _open.
# Needs, besides what is fetched: the codecs that libheif1 and libavif15 depend on, installed (apt install libheif1 libavif15).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb libheif1 '1.15.1-1*'
deb libheif-examples '1.15.1-1*'
deb libavif15 '0.11.1-1*'
deb libavif-bin '0.11.1-1*'
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pillow==13.0.0
tools() { LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" "$work/root/usr/bin/$@"; }
venv/bin/python -c 'from PIL import Image; Image.new("RGB", (40, 20), "red").save("flat.png")'
tools avifenc --irot 1 flat.png turned.avif > /dev/null
tools heif-convert turned.avif by-libheif.png > /dev/null
tools avifdec turned.avif by-avifdec.png > /dev/null
venv/bin/python - <<'PYTHON'
from PIL import Image, ImageOps
def look(path):
    image = Image.open(path)
    return image.size, dict(image.getexif()), ImageOps.exif_transpose(image).size
assert b"Exif" not in open("turned.avif", "rb").read()
seen = {"libheif": look("by-libheif.png"), "Pillow": look("turned.avif"), "avifdec": look("by-avifdec.png")}
for name, (size, exif, after) in seen.items():
    print(f"{name:8} size {size}, Exif {exif}, size after exif_transpose {after}")
assert seen == {"libheif": ((20, 40), {}, (20, 40)), "Pillow": ((40, 20), {0x112: 8}, (20, 40)),
                "avifdec": ((40, 20), {}, (40, 20))}, "behaviour changed"
PYTHON
echo "as described"

#!/usr/bin/env bash
# Which way is up? Three readers disagree as soon as the orientation is not in a JPEG's Exif.
#   Pillow 13.0.0, libvips 8.18.7 (pyvips-binary), ImageMagick 6.9.11-60 (Debian 12)
#
# One would guess: "apply the orientation" (exif_transpose, autorot, -auto-orient) means the same everywhere.
# What happens, for a picture stored 40×20 with Orientation 6 (20×40 when shown):
#   - Exif in a JPEG: all three turn it;
#   - Exif in a PNG (`eXIf`) or in a WebP: Pillow and libvips turn it, ImageMagick leaves it lying;
#   - only XMP (tiff:Orientation, no Exif, as some editors leave it) in a JPEG: Pillow alone turns it, because its
#     getexif() reports tag 274 as if it were in Exif.
# Why it matters: a picture that a chat client shows upright in its preview and sends lying (or the reverse) is a
#   puzzle for its user. Preview and upload must come from one decoder, and turned pixels must carry no tag of either kind.
# Source: PIL/Image.py, Image.getexif (the "XMP tags" part); for ImageMagick, seen only.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
version='8:6.9.11.60+dfsg-1.6*'
deb imagemagick-6.q16 "$version"
deb libmagickcore-6.q16-6 "$version"
deb libmagickwand-6.q16-6 "$version"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pillow==13.0.0 pyvips==3.2.0 pyvips-binary==8.18.7
venv/bin/python - <<'PYTHON'
import io, struct
from PIL import Image
picture, exif = Image.new("RGB", (40, 20), "red"), Image.Exif()
exif[0x112] = 6
for name in ("exif.jpg", "exif.png", "exif.webp"):
    picture.save(name, exif=exif)
plain = io.BytesIO()
picture.save(plain, "JPEG")
packet = (b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
          b"'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:tiff='http://ns.adobe.com/tiff/1.0/' "
          b'tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>')
data = plain.getvalue()
open("xmp.jpg", "wb").write(data[:2] + b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet + data[2:])
PYTHON
seen=$(for file in exif.jpg exif.png exif.webp xmp.jpg; do
    python=$(venv/bin/python - "$file" <<'PYTHON'
import sys, pyvips
from PIL import Image, ImageOps
turned = pyvips.Image.new_from_file(sys.argv[1]).autorot()
print("Pillow %dx%d" % ImageOps.exif_transpose(Image.open(sys.argv[1])).size, "libvips %dx%d" % (turned.width, turned.height))
PYTHON
    )
    magick=$(LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" root/usr/bin/convert-im6.q16 "$file" -auto-orient -format '%wx%h' info:)
    echo "$file $python ImageMagick $magick"
done)
echo "$seen"
[ "$seen" = "exif.jpg Pillow 20x40 libvips 20x40 ImageMagick 20x40
exif.png Pillow 20x40 libvips 20x40 ImageMagick 40x20
exif.webp Pillow 20x40 libvips 20x40 ImageMagick 40x20
xmp.jpg Pillow 20x40 libvips 40x20 ImageMagick 40x20" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

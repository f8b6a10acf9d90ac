#!/usr/bin/env bash
# heif-enc 1.15.1 (libheif, Debian 12) makes a sideways HEIC out of an upright phone photo; avifenc 0.11.1 does not.
#
# One would guess: a JPEG whose Exif says "turn me" (Orientation 6, every portrait photo) is still upright as HEIC.
# What happens: heif-enc copies the pixels as stored and the Exif block as it is, and writes no `irot` property. In HEIF
#   the properties `irot` and `imir` decide and Exif orientation is informative only, so every reader shows
#   40×20 for a picture that is 20×40. avifenc writes `irot` from the same Exif: its file is upright.
# Why it matters: a program that makes HEIC or AVIF with libheif must turn the pixels or set the property itself; one
#   that reads HEIC must not "help" by applying Exif, or a file by a phone (irot and Exif 6) turns twice.
# Source: ISO/IEC 23008-12 (Exif orientation is not to be applied); libheif examples/heif_enc.cc.
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
venv/bin/python - <<'PYTHON'
from PIL import Image
exif = Image.Exif()
exif[0x112] = 6  # turn by 90° clockwise: a picture 20 wide and 40 high
Image.new("RGB", (40, 20), "red").save("phone.jpg", exif=exif)
PYTHON
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" PATH="$work/root/usr/bin:$PATH"
heif-enc phone.jpg -o by-heif-enc.heic > /dev/null
avifenc phone.jpg by-avifenc.avif > /dev/null
size() { heif-info "$1" | sed -n 's/^image: \([0-9]*x[0-9]*\) .*/\1/p'; }
property() { if grep -qa irot "$1"; then echo "irot"; else echo "no irot"; fi; }
echo "as the Exif of phone.jpg wants it: 20x40"
echo "by-heif-enc.heic: $(size by-heif-enc.heic), $(property by-heif-enc.heic), $(heif-info by-heif-enc.heic | grep -o 'Exif: .*')"
echo "by-avifenc.avif:  $(size by-avifenc.avif), $(property by-avifenc.avif)"
heif-convert by-heif-enc.heic back.png > /dev/null
back=$(venv/bin/python -c 'from PIL import Image; print("%dx%d" % Image.open("back.png").size)')
echo "back from HEIC:   $back"
[ "$(size by-heif-enc.heic) $(property by-heif-enc.heic) $back" = "40x20 no irot 40x20" ] &&
    [ "$(size by-avifenc.avif) $(property by-avifenc.avif)" = "20x40 irot" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

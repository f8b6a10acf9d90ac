#!/usr/bin/env bash
# One valid 16-bit grey PNG, three greys: libpng's simplified API, Pillow and netpbm disagree by half the range.
#   libpng 1.6.39 (Debian 12), Pillow 13.0.0, netpbm 11.01
#
# One would guess: sample 0x8080 of 0xFFFF becomes 128 of 255, whatever the reader.
# What happens, for a file without gAMA, sRGB or iCCP chunk (most scans, depth maps and scientific pictures):
#   - netpbm gives 128;
#   - png_image_finish_read() takes the 16-bit file for linear light and gives 186: everything is washed out. The flag
#     PNG_IMAGE_FLAG_16BIT_sRGB, to be set between begin_read and finish_read, gives 128; 8-bit files do not need it;
#   - Pillow opens it as mode "I;16", and convert("L") or convert("RGB") clips at 255 instead of scaling: all white.
# Why it matters: both are the shortest way to turn "any picture" into what a model or a terminal takes, and neither
#   reports anything. Such a picture reaches the model pale or as a blank sheet.
# Source: png.h, PNG_IMAGE_FLAG_16BIT_sRGB; Pillow src/libImaging/Convert.c (I;16 to L).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb libpng16-16 '1.6.39-2*'
deb netpbm '2:11.01.00-2*'
deb libnetpbm11 '2:11.01.00-2*'
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pillow==13.0.0
cat > make.py <<'PYTHON'
import struct, zlib
def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
for bits, sample in ((16, b"\x80\x80"), (8, b"\x80")):
    rows = (b"\0" + sample * 8) * 8
    open(f"grey{bits}.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, bits, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
PYTHON
python3 make.py
cat > simplified.py <<'PYTHON'
import ctypes, sys
class Image(ctypes.Structure):  # png_image, png.h
    _fields_ = [("opaque", ctypes.c_void_p)] + [(n, ctypes.c_uint32) for n in
        ("version", "width", "height", "format", "flags", "colormap_entries", "warning_or_error")] + [("message", ctypes.c_char * 64)]
png = ctypes.CDLL("libpng16.so.16")
RGBA, FLAG_16BIT_SRGB = 3, 4
def grey(path, flags):
    data, image = open(path, "rb").read(), Image(version=1)
    assert png.png_image_begin_read_from_memory(ctypes.byref(image), data, ctypes.c_size_t(len(data))), image.message
    image.format, image.flags = RGBA, image.flags | flags
    pixels = ctypes.create_string_buffer(image.width * image.height * 4)
    assert png.png_image_finish_read(ctypes.byref(image), None, pixels, 0, None), image.message
    return pixels.raw[0]
print(grey("grey8.png", 0), grey("grey16.png", 0), grey("grey16.png", FLAG_16BIT_SRGB))
PYTHON
libpng=$(python3 simplified.py)
pillow=$(venv/bin/python -c 'from PIL import Image
grey = Image.open("grey16.png")
print(grey.mode, grey.convert("L").getpixel((0, 0)), *grey.convert("RGB").getpixel((0, 0)))')
netpbm=$(root/usr/bin/pngtopam grey16.png | root/usr/bin/pamdepth 255 2>/dev/null | tail -c 1 | od -An -tu1 | tr -d ' ')
echo "netpbm: $netpbm"
echo "libpng, simplified API (8-bit file, 16-bit file, 16-bit file with the flag): $libpng"
echo "Pillow (mode, convert L, convert RGB): $pillow"
[ "$netpbm" = 128 ] && [ "$libpng" = "128 186 128" ] && [ "$pillow" = "I;16 255 255 255 255" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

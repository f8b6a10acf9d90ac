#!/usr/bin/env bash
# Little CMS 2.14 (Debian 12): with default flags a 16-bit RGB transform is up to 23/255 wrong, the 8-bit one under 1/255.
#
# One would guess: TYPE_RGB_16 is the careful path and TYPE_RGB_8 the quick one.
# What happens, for profiles of primaries and a gamma (Adobe RGB, Display P3, ProPhoto: most pictures that have one):
#   8-bit input goes through the exact matrix and curves; 16-bit input is resampled to a 33-point cube, which cannot
#   follow a colour where it is clipped at the edge of sRGB. Saturated colours are off by 10/255 from Adobe RGB and
#   23/255 from ProPhoto. cmsFLAGS_NOOPTIMIZE gives exact values; cmsFLAGS_HIGHRESPRECALC helps little.
# Why it matters: a program that decodes to 16 bits "to lose nothing", converts to sRGB and then reduces to 8 loses
#   twenty times more than one that converts 8-bit pixels.
# Source: lcms2 src/cmsopt.c, OptimizeMatrixShaper ("only works on 8 bit input") and OptimizeByResampling.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb liblcms2-2 '2.14-2*'
LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" timeout 120 python3 - <<'PYTHON'
import ctypes, itertools, struct
lcms = ctypes.CDLL("liblcms2.so.2")
class xyY(ctypes.Structure): _fields_ = [(n, ctypes.c_double) for n in ("x", "y", "Y")]
class Triple(ctypes.Structure): _fields_ = [(n, xyY) for n in ("red", "green", "blue")]
pointer, word = ctypes.c_void_p, ctypes.c_uint32
for name, arguments in {"cmsCreate_sRGBProfile": [], "cmsBuildGamma": [pointer, ctypes.c_double],
                        "cmsCreateRGBProfile": [ctypes.POINTER(xyY), ctypes.POINTER(Triple), ctypes.POINTER(pointer)],
                        "cmsCreateTransform": [pointer, word, pointer, word, word, word]}.items():
    getattr(lcms, name).restype, getattr(lcms, name).argtypes = pointer, arguments
lcms.cmsDoTransform.argtypes = [pointer, ctypes.c_char_p, ctypes.c_char_p, word]

def profile(gamma, white, *primaries):
    curve = lcms.cmsBuildGamma(None, gamma)
    return lcms.cmsCreateRGBProfile(ctypes.byref(xyY(*white, 1)), ctypes.byref(Triple(*(xyY(*p, 1) for p in primaries))),
                                    (pointer * 3)(curve, curve, curve))
D65, D50 = (0.3127, 0.3290), (0.3457, 0.3585)
profiles = {
    "Adobe RGB": profile(563 / 256, D65, (.64, .33), (.21, .71), (.15, .06)),
    "Display P3": profile(2.2, D65, (.68, .32), (.265, .69), (.15, .06)),
    "ProPhoto RGB": profile(1.8, D50, (.7347, .2653), (.1596, .8404), (.0366, .0001)),
}
sRGB = lcms.cmsCreate_sRGBProfile()
RGB_8, RGB_16, NOOPTIMIZE = 4 << 16 | 3 << 3 | 1, 4 << 16 | 3 << 3 | 2, 0x0100
pixels = list(itertools.product(range(0, 256, 15), repeat=3))

def converted(source, bits, flags):
    layout, scale = ("B", 1) if bits == 8 else ("H", 257)
    shape = f"={3 * len(pixels)}{layout}"
    into = struct.pack(shape, *(value * scale for pixel in pixels for value in pixel))
    out = ctypes.create_string_buffer(len(into))
    kind = RGB_8 if bits == 8 else RGB_16
    lcms.cmsDoTransform(lcms.cmsCreateTransform(source, kind, sRGB, kind, 0, flags), into, out, len(pixels))
    return [value / scale for value in struct.unpack(shape, out.raw)]

def error(of, reference): return max(abs(a - b) for a, b in zip(of, reference))
print("Little CMS", lcms.cmsGetEncodedCMMversion(), "- greatest error against NOOPTIMIZE at 16 bits, in 1/255")
for name, source in profiles.items():
    exact = converted(source, 16, NOOPTIMIZE)
    at8, at16 = error(converted(source, 8, 0), exact), error(converted(source, 16, 0), exact)
    print(f"{name:12} to sRGB: 8-bit {at8:.2f}, 16-bit {at16:.2f}")
    assert at8 < 1 and at16 > 8, "behaviour changed"
    assert name != "ProPhoto RGB" or at16 > 15, "behaviour changed"
PYTHON
echo "as described"

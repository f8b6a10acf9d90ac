#!/usr/bin/env bash
# puremagic 1.30 calls an HEIC photo "video/mp4"; llm 0.36, which asks it, tells its user of a film.
#
# One would guess: the type that a detector reads from the bytes of IMG_0001.heic is image/heic, or at worst unknown.
# What happens: HEIC and MP4 both are ISO base media files. Two signatures match with the same confidence, and the one for
#   MP4 comes first, even for from_file() with the name's .heic at hand. AVIF, the same container, is told rightly;
#   libmagic (file 5.44) tells both.
# Why it matters: photos of phones are HEIC. A client that sends what the detector says sends `data:video/mp4`, one that
#   filters by it (as llm does, which takes no HEIC either) speaks of video to someone who attached a photo. Read the
#   brands of the `ftyp` box oneself.
# Source: puremagic/magic_data.json (ftyp entries) and puremagic/main.py; llm/utils.py, mimetype_from_path.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb file '1:5.44-3*'
deb libmagic1 '1:5.44-3*'
deb libmagic-mgc '1:5.44-3*'
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check puremagic==1.30 llm==0.36 pillow==13.0.0 pillow-heif==1.8.1
venv/bin/python - <<'PYTHON'
import pillow_heif, PIL.Image
pillow_heif.register_heif_opener()
picture = PIL.Image.new("RGB", (40, 20), "red")
for name in ("photo.heic", "photo.avif", "photo.jpg"): picture.save(name)
PYTHON
seen=$(for name in photo.heic photo.avif photo.jpg; do
    libmagic=$(LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" \
        root/usr/bin/file -m root/usr/lib/file/magic.mgc -b --mime-type "$name")
    venv/bin/python -c 'import sys, puremagic, llm.utils as llm; n = sys.argv[1]
print(n, "puremagic", puremagic.from_file(n, mime=True), "llm", llm.mimetype_from_path(n), "libmagic", sys.argv[2])' "$name" "$libmagic"
done)
echo "$seen"
export LLM_USER_PATH="$work/user" OPENAI_API_KEY=none
mkdir user
echo '- {model_id: seeing, model_name: seeing, vision: true, api_base: "http://127.0.0.1:9/v1"}' > user/extra-openai-models.yaml
refusal=$(timeout 60 venv/bin/llm -m seeing -a photo.heic 'What is this?' 2>&1 || true)
echo "llm -a photo.heic: $refusal"
[ "$seen" = "photo.heic puremagic video/mp4 llm video/mp4 libmagic image/heic
photo.avif puremagic image/avif llm image/avif libmagic image/avif
photo.jpg puremagic image/jpeg llm image/jpeg libmagic image/jpeg" ] &&
    [[ $refusal == *"'video/mp4'"* ]] || { echo "behaviour changed"; exit 1; }
echo "as described"

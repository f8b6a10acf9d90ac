#!/usr/bin/env bash
# Of two Opus files one behind the other, a valid file of 5 s, soundfile 0.14.0 gives the first 2 s and no error.
#
# One would guess: speech that came in two answers may be joined by writing one .opus behind the other, since Ogg allows
#   it (a chained file) and Opus asks players to go on; or at worst a reader refuses it, or tells of more than it read.
# What happens: soundfile's read() ends after the first link and says nothing, and its info() tells 2 s. mutagen and tinytag
#   tell 2 s as well. PyAV (FFmpeg) decodes all 5 s, and tells 3 s, the length of the last link.
# Why it matters: who checks a joined file by its told length believes that half is lost, who measures with soundfile
#   before a transcription loses the half, and no two of them agree. Join the samples and encode anew.
# Source: RFC 3533 section 4 (chained streams), RFC 7845 section 5.1.3 (durations) and section 7.2; libsndfile src/ogg_opus.c.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check soundfile==0.14.0 av==18.1.0 mutagen==1.48.1 tinytag==2.3.2 numpy==2.4.6
venv/bin/python - <<'PYTHON'
import av, mutagen.oggopus, numpy, soundfile, sys, tinytag

def tone(name, seconds, hertz):
    with av.open(name, "w", format="ogg") as file:
        stream = file.add_stream("libopus", rate=48000, layout="mono")
        wave = numpy.sin(numpy.arange(48000 * seconds) * 2 * numpy.pi * hertz / 48000)
        for start in range(0, len(wave), 960):
            block = (wave[None, start:start + 960] * 8000).astype("int16")
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 48000, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))

tone("first.opus", 2, 440)
tone("second.opus", 3, 880)
with open("chained.opus", "wb") as file:
    file.write(open("first.opus", "rb").read() + open("second.opus", "rb").read())

samples, rate = soundfile.read("chained.opus")
with av.open("chained.opus") as file:
    decoded = sum(frame.samples for frame in file.decode(audio=0)) / 48000
    told = file.duration / 1_000_000
seen = {
    "soundfile reads": len(samples) / rate,
    "soundfile tells": soundfile.info("chained.opus").duration,
    "mutagen tells": mutagen.oggopus.OggOpus("chained.opus").info.length,
    "tinytag tells": tinytag.TinyTag.get("chained.opus").duration,
    "PyAV decodes": decoded,
    "PyAV tells": told,
}
print("soundfile", soundfile.__version__, "with", soundfile.__libsndfile_version__, "· av", av.__version__, "with libavformat",
      ".".join(map(str, av.library_versions["libavformat"])), "· mutagen", mutagen.version_string, "· tinytag", tinytag.__version__)
for what, seconds in seen.items(): print(f"{what} {seconds:.2f} s")
expected = {"soundfile reads": 2, "soundfile tells": 2, "mutagen tells": 2, "tinytag tells": 2, "PyAV decodes": 5, "PyAV tells": 3}
if any(abs(seen[what] - seconds) > 0.1 for what, seconds in expected.items()):
    sys.exit("behaviour changed")
PYTHON
echo "as described"

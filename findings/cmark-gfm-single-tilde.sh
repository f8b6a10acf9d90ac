#!/usr/bin/env bash
# cmark-gfm 0.29.0.gfm.6 (Debian 12) strikes out prices: one tilde on each side is enough.
#
# One would guess: strikethrough is ~~two tildes~~, and the ranges of Chinese and Japanese prose (5~10 元) are text.
# What happens: two ranges in a sentence make a pair of single tildes, and everything between is struck out. GitHub's
#   parser does this unless CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE is set; markdown-it-py and mistune, also "GFM", do not.
# Why it matters: models write ranges so, most of all in Chinese, where no space stands beside the tilde. A reply then
#   reads as if it withdrew its figures. Set the option.
# Source: cmark-gfm extensions/strikethrough.c; cmark-gfm.h, CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
deb() { # deb NAME VERSION: unpacks Debian 12's package below ./root and states its exact version
    apt-get -qq download "$1=$2" 2> /dev/null || { echo "needs Debian 12's package lists: no $1 $2"; exit 2; }
    dpkg -x "$1"_*.deb root
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$1"_*.deb
}
deb cmark-gfm '0.29.0.gfm.6-6*'
deb libcmark-gfm0.29.0.gfm.6 '0.29.0.gfm.6-6*'
deb libcmark-gfm-extensions0.29.0.gfm.6 '0.29.0.gfm.6-6*'
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check markdown-it-py==4.3.0 mistune==3.4.0
text='价格 5~10 元，时间 3~4 天'
cmark() { LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" root/usr/bin/cmark-gfm -e strikethrough "$@" <<< "$text"; }
plain=$(cmark)
double=$(cmark --strikethrough-double-tilde)
others=$(venv/bin/python - "$text" <<'PYTHON'
import sys, markdown_it, mistune
print(markdown_it.MarkdownIt("commonmark").enable("strikethrough").render(sys.argv[1]).strip())
print(mistune.create_markdown(plugins=["strikethrough"])(sys.argv[1]).strip())
PYTHON
)
printf 'cmark-gfm:              %s\nwith the double option: %s\nmarkdown-it-py, mistune:\n%s\n' "$plain" "$double" "$others"
[ "$plain" = '<p>价格 5<del>10 元，时间 3</del>4 天</p>' ] && [ "$double" = "<p>$text</p>" ] &&
    [ "$others" = "<p>$text</p>
<p>$text</p>" ] || { echo "behaviour changed"; exit 1; }
echo "as described"

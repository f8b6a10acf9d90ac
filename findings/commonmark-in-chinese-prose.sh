#!/usr/bin/env bash
# Chinese prose and (GitHub-flavoured) CommonMark: bold stays asterisks, and a bare link swallows the rest of the sentence.
#   cmark-gfm 0.29.0.gfm.6 (Debian 12), markdown-it-py 4.3.0, mistune 3.4.0
#
# One would guess: `**…**` is bold, and a bare URL ends at a full stop, in Chinese as in English.
# What happens, in three parsers alike, as the specification says:
#   - `这是**粗体。**测试` is not bold: a closing run of asterisks after punctuation must be followed by a space or by
#     punctuation, and Chinese puts neither there;
#   - `https://example.com/a。然后再说` is one link to the end of the line: only ASCII punctuation ends a GFM autolink, so
#     `。`, `，` and every word up to the next space go into the address.
# Why it matters: models write both all day. A client that trusts its parser shows asterisks to Chinese readers and
#   opens addresses that do not exist; it needs rules of its own before or after the parser.
# Source: spec.commonmark.org 0.31.2 §6.2 (right-flanking delimiter run); github.github.com/gfm §6.9 (extended autolinks).
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
cmark() { LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" root/usr/bin/cmark-gfm -e autolink <<< "$1"; }
markdown_it() { venv/bin/python -c 'import sys, markdown_it; print(markdown_it.MarkdownIt("commonmark").render(sys.argv[1]).strip())' "$1"; }
mistune() { venv/bin/python -c 'import sys, mistune; print(mistune.create_markdown(plugins=["url"])(sys.argv[1]).strip())' "$1"; }
failed=0
expect() { # expect PARSER TEXT HTML
    local seen
    seen=$("$1" "$2")
    printf '%-12s %s -> %s\n' "$1" "$2" "$seen"
    [ "$seen" = "$3" ] || { echo "behaviour changed: was $3"; failed=1; }
}
for parser in cmark markdown_it mistune; do
    expect "$parser" '这是**粗体**测试' '<p>这是<strong>粗体</strong>测试</p>'
    expect "$parser" '这是**粗体。**测试' '<p>这是**粗体。**测试</p>'
done
address='https://example.com/a%E3%80%82%E7%84%B6%E5%90%8E%E5%86%8D%E8%AF%B4'
for parser in cmark mistune; do
    expect "$parser" '见 https://example.com/a。然后再说' "<p>见 <a href=\"$address\">https://example.com/a。然后再说</a></p>"
    expect "$parser" 'See https://example.com/a. Then' '<p>See <a href="https://example.com/a">https://example.com/a</a>. Then</p>'
done
[ "$failed" = 0 ]
echo "as described"

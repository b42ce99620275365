#!/bin/sh
# Makes the pictures of the README anew: opens the samples in a window on a screen of its own, works in them as a
# reader would, and takes pictures. Look at them before you keep them.
#
#   sh tests/pictures/make.sh [PROGRAM]
#
# PROGRAM is the program to take pictures of; without it, it is built.
set -eu
cd "$(dirname "$0")/../.."
pictures=$PWD/tests/pictures

for tool in Xvfb xdotool import convert; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: sh .ci/system tests installs it." >&2; exit 1; }
done

if [ $# -gt 0 ]; then
    program=$(realpath "$1")
else
    cargo build --release --locked
    program=$PWD/target/release/duidu
fi

desk=$(mktemp -d)
screen= ; reader=
clear_away() {
    [ -z "$reader" ] || kill "$reader" 2>/dev/null || true
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$desk"
}
trap clear_away EXIT
trap 'exit 1' INT TERM

# --- the desk and the hand ------------------------------------------------------------------------------------

# The screen takes the first number that is free, and keeps what is on it when a program ends.
mkfifo "$desk/number"
Xvfb -displayfd 3 -screen 0 1240x800x24 -noreset -nolisten tcp 3>"$desk/number" 2>/dev/null &
screen=$!
read -r number <"$desk/number"
export DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1 DUIDU_HOME="$desk/home" LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY WAYLAND_SOCKET

# Changes what is kept: `set_to theme Dark`.
set_to() { sed -i "s/^\( *$1: \).*/\1$2,/" "$DUIDU_HOME/config/state.ron"; }

# Starts the program with files, or with what was open before.
start() {
    "$program" "$@" &
    reader=$!
    window=$(xdotool search --sync --onlyvisible --pid "$reader" | head -n 1)
    xdotool windowfocus "$window"
    rest
}

# Leaves the program, which keeps everything.
leave() {
    keys ctrl+q
    wait "$reader"
    reader=
}

# As long as the window needs to be done, on a slow machine.
rest() { sleep 2; }

keys() {
    for key in "$@"; do
        xdotool windowfocus "$window" key "$key"
        sleep 0.4
    done
}

write() {
    sleep 1
    xdotool windowfocus "$window" type --delay 300 "$1"
    sleep 1
}

point() { xdotool mousemove --window "$window" "$1" "$2"; sleep 0.1; }

click() { point "$1" "$2"; xdotool click 1; sleep 0.4; }

# Selects from one point of the window to another.
drag() {
    point "$1" "$2"; xdotool mousedown 1; sleep 0.1
    point $((($1 + $3) / 2)) $((($2 + $4) / 2))
    point "$3" "$4"; xdotool mouseup 1; sleep 0.4
}

# The pointer stands aside, so that it lights up nothing.
picture() {
    point 700 796
    rest
    rest
    import -window "$window" png:- | convert - -dither None -colors 128 -strip \
        -define png:compression-level=9 "PNG8:$pictures/$1.png"
}

# --- the pictures ---------------------------------------------------------------------------------------------

mkdir -p "$DUIDU_HOME/config"
printf '(settings: (\n theme: Light,\n language: Some(English),\n))\n' >"$DUIDU_HOME/config/state.ron"
cp assets/samples/*.zh-Han* assets/samples/*.big5.txt "$desk"

# A document as it is written, with highlights, a note and a tag.
start "$desk/rural-reading-initiative.zh-Hans.txt" "$desk/village-reading-initiative.zh-Hant-TW.txt" \
    "$desk/river-repair-declaration.zh-Hant-HK.md" "$desk/river-repair-notice.zh-Hans.html" \
    "$desk/classic-note.big5.txt"
keys ctrl+Tab
drag 420 302 676 302; keys 1 n; write 'compare: the association says the same'; keys Escape
drag 632 369 660 402; keys 3 Escape Escape
drag 322 510 500 510; keys 2 n; write 'who signs'
keys Tab; write '共读/参与'; keys Return Escape Escape
picture window

# The same place in Taiwan's characters, on paper, with a note in hand and the interface in Traditional.
leave
set_to theme Paper
set_to language 'Some(Traditional)'
start
keys alt+3
click 500 302
picture traditional

# Finding, in the dark.
leave
set_to theme Dark
set_to language 'Some(English)'
start
keys ctrl+Tab ctrl+Tab ctrl+f
write '修复'
picture dark
leave

# Two initiatives read against each other, at a desk of their own.
export DUIDU_HOME="$desk/compared"
mkdir -p "$DUIDU_HOME/config"
printf '(settings: (\n theme: Light,\n language: Some(English),\n))\n' >"$DUIDU_HOME/config/state.ron"
start "$desk/village-reading-initiative.zh-Hant-TW.txt" "$desk/rural-reading-initiative.zh-Hans.txt"
keys F2
rest
keys Return
rest
keys j j j j
rest
picture comparison
leave

#!/usr/bin/env python3
"""How long a reader waits for the first page, and what memory the program takes: a real window, real files.

    cargo build --release && benches/startup.py [--runs 7] [--sizes 1,10,100] [--file FILE]... [target/release/duidu]

With --file, these are opened instead of texts of the sizes.

Needs Xvfb and python3 on Linux; no graphics card. The program draws on a screen that Xvfb keeps in a file,
and this script looks at that file every two milliseconds: there is no screenshot to wait for. The time is
from the start of the process until text stands in the reading area; the screen was empty before. Memory is
taken when it has not grown for a second and a half: `anonymous` is the program's own, `file-backed` are
pages of the program and its libraries, which the system can take back and share.

What a start takes depends on what else the machine does; compare figures of one run. `processor` is what
all threads of the program have worked until then, the drawing that a graphics card does elsewhere included.
"""

import argparse
import mmap
import os
import pathlib
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

WIDTH, HEIGHT = 1240, 800
# Within the reading area whatever the panels: left, top, right, bottom.
PAGE = (420, 140, 800, 700)
# A page of text has many times as many dark points as a message or a spinner.
INK = 4000
PATIENCE = 60.0


class Screen:
    """A screen in a file, in the format of xwd."""

    def __init__(self, folder):
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder),
             "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.name = ":" + self.server.stdout.readline().decode().strip()
        with open(folder / "Xvfb_screen0", "rb") as file:
            self.points = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self.points[:100])
        self.start, self.line = header[0] + header[19] * 12, header[12]

    def ink(self):
        """How many points of the page are far from the colour that most of them have. Green says enough."""
        left, top, right, bottom = PAGE
        rows = range(top, bottom, 2)
        green = b"".join(
            self.points[self.start + row * self.line + left * 4 + 1:self.start + row * self.line + right * 4:4]
            for row in rows)
        counts = [0] * 256
        for value, count in zip(*tally(green)):
            counts[value] = count
        ground = counts.index(max(counts))
        return 2 * sum(count for value, count in enumerate(counts) if abs(value - ground) > 90)

    def close(self):
        self.server.terminate()
        self.server.wait()


def tally(values):
    kinds = set(values)
    return list(kinds), [values.count(kind) for kind in kinds]


def write_text(path, size, common):
    """A text of numbered paragraphs; common characters, the first of the list oftener than the last."""
    dice = random.Random(size)
    pool = "".join(common[dice.randrange(dice.randrange(len(common)) + 1)] for _ in range(400_000))
    written, number = 0, 0
    with open(path, "w", encoding="utf-8") as file:
        while written < size:
            number += 1
            start, length = dice.randrange(len(pool) - 300), dice.randrange(40, 260)
            words = "，".join(pool[at:at + 17] for at in range(start, start + length, 17))
            heading = f"第{number}章 河边的事\n\n" if number % 40 == 1 else ""
            paragraph = f"{heading}　　{words}。这是第{number}件。\n\n"
            written += len(paragraph.encode())
            file.write(paragraph)


def memory(pid):
    fields = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status") if ":" in line)
    return [int(fields[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile")]


def settled(pid):
    """Memory once it has come to rest, and its highest point before."""
    most, since, last = 0.0, time.monotonic(), 0.0
    while time.monotonic() - since < 1.5:
        own, _ = memory(pid)
        most = max(most, own)
        if abs(own - last) > 0.5:
            since, last = time.monotonic(), own
        time.sleep(0.02)
    return memory(pid) + [most]


def processor_time(pid):
    """Milliseconds of all its threads, also those that ended."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def start(program, path, home, screen):
    while screen.ink() > 0:
        time.sleep(0.05)
    surroundings = dict(os.environ, DISPLAY=screen.name, DUIDU_HOME=str(home), LIBGL_ALWAYS_SOFTWARE="1")
    surroundings.pop("WAYLAND_DISPLAY", None)
    begun = time.monotonic()
    process = subprocess.Popen([program, str(path)], env=surroundings, stderr=subprocess.DEVNULL)
    try:
        while screen.ink() < INK:
            if process.poll() is not None or time.monotonic() - begun > PATIENCE:
                sys.exit(f"no text came into sight: {path}")
            time.sleep(0.002)
        waited, worked = (time.monotonic() - begun) * 1000, processor_time(process.pid)
        return waited, worked, settled(process.pid)
    finally:
        process.kill()
        process.wait()


def texts(sizes, folder, common):
    """Texts of so many MB, each made when it is its turn."""
    for size in map(int, sizes.split(",")):
        path = folder / f"{size}.txt"
        write_text(path, size * 1_000_000, common)
        yield f"{size} MB", path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--sizes", default="1,10,100", help="of the texts, in MB")
    parser.add_argument("--file", type=pathlib.Path, action="append", default=[], help="to open instead")
    parser.add_argument("program", nargs="?", default="target/release/duidu")
    asked = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parent.parent
    common = (root / "fonts/tgh.txt").read_text(encoding="utf-8").splitlines()[0]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="duidu-startup-"))
    screen = Screen(folder)
    print(f"{'text':>12}{'first start':>14}{'median':>10}{'most':>10}{'processor':>11}  ms "
          f"{'anonymous':>10}{'highest':>10}{'file-backed':>12}  MB")
    try:
        for name, path in asked.file and [(file.name, file) for file in asked.file] or texts(asked.sizes, folder, common):
            home = folder / f"home {name}"
            runs = []
            for _ in range(asked.runs + 1):
                shutil.rmtree(home / "config", ignore_errors=True)
                runs.append(start(asked.program, path, home, screen))
            first, *times = [run[0] for run in runs]
            worked = statistics.median(run[1] for run in runs[1:])
            own, shared, most = (statistics.median(values) for values in zip(*(run[2] for run in runs)))
            print(f"{name:>12}{first:>14.0f}{statistics.median(times):>10.0f}{max(times):>10.0f}"
                  f"{worked:>11.0f}     {own:>10.0f}{most:>10.0f}{shared:>12.0f}", flush=True)
    finally:
        screen.close()
        shutil.rmtree(folder, ignore_errors=True)


main()

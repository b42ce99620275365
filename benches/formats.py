#!/usr/bin/env python3
"""How long Duidu takes to say the text of long documents, against programs that people have, and how right each is.

    cargo bench --locked --no-default-features --bench formats --no-run && benches/formats.py [--runs 5] [target/release/duidu]

Makes one text of about 300 pages, in every format (with LibreOffice and pandoc), and reads it with `duidu read` and with
whichever of pandoc, LibreOffice, pdftotext and ebook-convert is there. Every figure is the median of whole processes:
`ms` on the wall and `processor ms`, of all threads and children. `missing` counts characters of the source, numbers of
headings included, that are not said, or others in their place; `too many` those that stand nowhere in the source;
`elsewhere` single ones that are said in another place, as beside a note at the foot of its page. What plain text draws
tables, lists and raised signs with counts for nothing. What a machine does besides changes the times, hardly their ratio: the
programs take turns.

The time to the first page is measured by the bench `formats` itself, which is run at the end where it is built.
"""

import argparse
import os
import pathlib
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "kept"))
import own
from align import Compared, bare
from measure import Case

CHAPTERS = 250
EPUB_BYTES = 5_000_000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "duidu-formats")
    parser.add_argument("program", nargs="?", default=ROOT / "target/release/duidu", type=pathlib.Path)
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    text, files = documents(options.folder)
    print("| format | program | ms | processor ms | times as long as Duidu | missing | too many | elsewhere |\n|---|---|---|---|---|---|---|---|")
    for file in files:
        compare(options, text, file)
    first_pages(files)


def documents(folder):
    """The text, and the files that hold it."""
    themes = own.WORDS.read_text("utf-8").splitlines()
    text = own.write_text(5, themes, CHAPTERS)
    source = folder / "long.fodt"
    source.write_text(own.flat_odt(text, 1), "utf-8")
    files = [own.converted(source, ending) for ending in ("odt", "docx", "pdf")]
    page = folder / "long.html"
    page.write_text("<!DOCTYPE html><html><head><meta charset='utf-8'><title>" + text.title + "</title></head><body>"
                    + own.wiki(text)[0] + "</body></html>", "utf-8")
    return text, [file for file in [page, book(text, folder), *files] if file]


def book(text, folder):
    """An EPUB of several megabytes, most of them pictures, as in those that are sold."""
    file = folder / "long.epub"
    if not file.exists() and shutil.which("pandoc"):
        page = folder / "for the book.html"
        page.write_text(f"<html><head><title>{text.title}</title></head><body>{own.body_html(text)}</body></html>", "utf-8")
        subprocess.run(["pandoc", page, "-o", file, "--metadata", f"title={text.title}"], check=True, capture_output=True)
        with zipfile.ZipFile(file, "a") as packed:
            packed.writestr("EPUB/media/pictures.jpg", random.Random(1).randbytes(EPUB_BYTES - file.stat().st_size))
    return file if file.exists() else None


# ---- Programs ---------------------------------------------------------------------------------------------


def peers(file, scratch):
    """The programs that say the text of a file: name, command, and where the text is then."""
    ending = file.suffix[1:]
    if ending != "pdf":
        yield "pandoc", ["pandoc", file, "-t", "plain", "--wrap=none", "-o", scratch / "a.txt"], scratch / "a.txt"
    if ending == "pdf":
        yield "pdftotext", ["pdftotext", file, scratch / "b.txt"], scratch / "b.txt"
    if ending in ("odt", "docx"):
        profile = f"-env:UserInstallation={(file.parent / 'profile').resolve().as_uri()}"
        yield ("soffice", ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", scratch, file],
               scratch / f"{file.stem}.txt")
    yield "ebook-convert", ["ebook-convert", file, scratch / "c.txt"], scratch / "c.txt"


def compare(options, text, file):
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        out = scratch / "duidu.txt"
        programs = [("duidu", [options.program, "read", file], out)]
        programs += [peer for peer in peers(file, scratch) if shutil.which(peer[0]) and peer[0] != "ebook-convert" or
                     peer[0] == "ebook-convert" and shutil.which("ebook-convert") and file.suffix != ".odt"]
        times = {name: [] for name, _, _ in programs}
        for _ in range(options.runs):
            for name, command, _ in programs:
                times[name].append(timed(command, out if name == "duidu" else None))
        own_time = statistics.median(wall for wall, _ in times["duidu"])
        for name, _, said in programs:
            wall, work = (statistics.median(figures) for figures in zip(*times[name]))
            missing, extra, elsewhere = wrong_characters(text, file, said.read_text("utf-8", errors="replace"))
            print(f"| {file.suffix[1:].upper()} | {name} | {wall * 1000:.0f} | {work * 1000:.0f} | {wall / own_time:.1f} "
                  f"| {missing:,} | {extra:,} | {elsewhere:,} |", flush=True)


def timed(command, out):
    """The seconds that a command takes on the wall, and of all processors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with open(out or os.devnull, "wb") as target:
        subprocess.run(command, stdout=target, stderr=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wrong_characters(text, file, said):
    """Characters missing, too many and elsewhere, against the source; what stands around the text should not be said."""
    case = Case("", "", file, text.blocks(), typeset=True)
    # As text, not as headings: these are shown with their numbers.
    source = case.settled((block.text, 0) for block in case.blocks if block.part == "body")
    compared = Compared(source, case.settled([(undrawn(said), 0)]))
    missing, extra = signs(source, compared.missing), signs(compared.read, compared.extra)
    return (missing - extra).total(), (extra - missing).total(), (missing & extra).total()


def signs(text, stretches):
    return Counter(sign for start, end in stretches for sign in text[start:end])


def undrawn(said):
    """A text without what plain text draws tables, lists and raised signs with."""
    for drawn, meant in ((r"-{3,}", ""), (r"(?m)^\s*- +", ""), (r"\^\(([^)\n]*)\)", r"\1")):
        said = re.sub(drawn, meant, said)
    return said


def first_pages(files):
    built = sorted((ROOT / "target/release/deps").glob("formats-*"), key=lambda file: file.stat().st_mtime)
    built = [file for file in built if os.access(file, os.X_OK) and file.suffix != ".d"]
    if built:
        subprocess.run([built[-1], *files], check=True)
    else:
        print("The bench `formats` is not built: no time to the first page.")


if __name__ == "__main__":
    main()

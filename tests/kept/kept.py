#!/usr/bin/env python3
"""What Duidu keeps of documents, and what it sets aside, against the sources of the same documents.

    cargo build --release --no-default-features && tests/kept/kept.py [options] [target/release/duidu]

Fetches Chinese documents that Debian and PyPI hold into a folder of its own (`--folder`; nothing of them comes into the
repository), makes others itself, reads each with `duidu read --json`, and prints per format, or with `--files` per file:

    kept        share of the characters of the body that stand in what is read, white space apart
    changed     characters in whose place others stand
    extra       characters that are read and stand nowhere in the source
    chrome      share of the characters around the text (navigation, running heads) that are set aside
    headings    precision, recall, and the share whose level is that of the source

`--show WORD` prints what is missing, extra or wrong in files whose group or name holds the word.
Needs python3; apt-get and pip where documents are fetched; LibreOffice and pandoc where they are made.
"""

import argparse
import itertools
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import own
import packages
from measure import HEAD, Figures, measure


def main():
    options = arguments()
    lacking = [] if options.offline else packages.fetch(options.folder)
    for package in lacking:
        print(f"not fetched (is there a network?): {package}")
    groups = {}
    made = own.cases(options.folder / "made", options.program)
    for case in itertools.chain(packages.cases(options.folder), made):
        label = f"{case.group}: {case.name}"
        if options.only and options.only not in f"{label} {case.file.name}":
            continue
        figures = measure(options.program, case, options.show)
        if options.files:
            print(figures.row(f"{label}: {case.file.name}"), flush=True)
        groups.setdefault(case.group, {}).setdefault(case.name, Figures()).add(figures)
    report(groups)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "duidu-kept")
    parser.add_argument("--offline", action="store_true", help="fetch nothing")
    parser.add_argument("--files", action="store_true", help="a row for each file")
    parser.add_argument("--only", metavar="WORD", help="only files with this in their group or name")
    parser.add_argument("--show", action="store_true", help="print what is missing, extra or wrong")
    parser.add_argument("program", nargs="?", default="target/release/duidu", type=pathlib.Path)
    options = parser.parse_args()
    options.program, options.folder = options.program.resolve(), options.folder.resolve()
    return options


def report(groups):
    print(HEAD)
    for group, names in sorted(groups.items()):
        whole = Figures()
        for name, figures in sorted(names.items()):
            whole.add(figures)
            print(figures.row(f"{group}: {name}"))
        print(whole.row(f"**{group}**"))
        for failure in whole.failed:
            print(f"not read: {failure}")


if __name__ == "__main__":
    main()

"""What Duidu keeps of a document, against what its source says."""

import json
import re
import subprocess
from collections import Counter, defaultdict

from align import Compared, bare, moved

# Numbers of tables and the like, which stand above or below them.
LABELS = re.compile("(?:表格?|图|圖|例|Table|Figure|Example)[0-9A-Z]+(?:[.-][0-9]+)*[.:：]")
# Quotation marks, bullets, brackets of note marks and the point after a number of sections.
DRESSING = re.compile("[\"'`\u201c\u201d\u2018\u2019\u2022\u2013\u25e6•·]|[\\[\\]]|(?<=[0-9]\\.[0-9])\\.|,(?=\u201c)")
# The shortest stretch by which text that should have been set aside is known again.
CHROME = 3


class Case:
    """A file, and the blocks of its source (`tree.Block`). `headings` says whether the source marks them; `typeset` that
    a program set the file from the source, with numbers, quotation marks and bullets of its own."""

    def __init__(self, group, name, file, blocks, headings=True, typeset=False):
        self.group, self.name, self.file, self.blocks = group, name, file, blocks
        self.headings, self.typeset = headings, typeset

    def source(self, part):
        return self.settled((block.text, block.level) for block in self.blocks if block.part == part)

    def settled(self, blocks):
        """The words of blocks (text, level); of a typeset file without what programs set as they like."""
        if not self.typeset:
            return bare("".join(text for text, _ in blocks))
        return "".join(DRESSING.sub("", plain(text) if level else LABELS.sub("", bare(text))) for text, level in blocks)


class Figures:
    """Counts that add up over files."""

    NAMES = ("files", "body", "kept", "changed", "extra", "chrome", "let_in", "headings", "found", "told", "level")

    def __init__(self, **counts):
        for name in self.NAMES:
            setattr(self, name, counts.get(name, 0))
        self.failed = counts.get("failed", [])

    def add(self, other):
        for name in self.NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failed = self.failed + other.failed

    def row(self, label):
        cells = [label, str(self.files), f"{self.body:,}", share(self.kept, self.body), str(self.changed),
                 f"{self.extra:,}", share(self.chrome - self.let_in, self.chrome), share(self.found, self.told),
                 share(self.found, self.headings), share(self.level, self.found)]
        return "| " + " | ".join(cells) + " |"


HEAD = ("| of | files | body | kept | changed | extra | chrome aside | headings: precision | recall | levels |\n"
        "|---|---|---|---|---|---|---|---|---|---|")


def share(part, whole):
    return f"{part / whole:.4f}" if whole else "–"


def read(program, file):
    answer = subprocess.run([program, "read", "--json", file], capture_output=True, text=True)
    if answer.returncode:
        raise ValueError(answer.stderr.strip())
    return json.loads(answer.stdout)["blocks"]


def measure(program, case, show=False):
    try:
        said = read(program, case.file)
    except ValueError as error:
        body = sum(len(bare(block.text)) for block in case.blocks if block.part == "body")
        return Figures(files=1, body=body, failed=[f"{case.file}: {error}"])
    body, neither, chrome = (case.source(part) for part in ("body", "neither", "chrome"))
    ours = case.settled((block["text"], heading_level(block)) for block in said if is_text(block, body))
    compared = Compared(body, ours)
    _, _, extra = moved(neither, ours, [(0, len(neither))], compared.extra, CHROME)
    let_in, _, rest = moved(chrome, ours, [(0, len(chrome))], extra, CHROME)
    figures = Figures(files=1, body=len(body), kept=compared.kept, changed=compared.altered,
                      extra=total(rest), chrome=len(chrome), let_in=let_in)
    found = judge_headings(case, said, figures) if case.headings else ([], [])
    if show:
        print_details(case, compared, extra, rest, found)
    return figures


def heading_level(block):
    return block["level"] if block["kind"] in ("heading", "title") else 0


def is_text(block, body):
    """Whether a block is read as text; who wrote it and when may stand anywhere on a page."""
    return not block["aside"] and (block["kind"] != "byline" or bare(block["text"]) in body)


def total(stretches):
    return sum(end - start for start, end in stretches)


# ---- Headings ---------------------------------------------------------------------------------------------


LABEL = re.compile("^(?:(?:第[0-9A-Z一二三四五六七八九十百零]+[章节節部編编]|章[0-9]+|(?:Chapter|Appendix|附录|附錄)[0-9A-Z]+|"
                   "[0-9]+(?:\\.[0-9]+)*|[A-Z](?:\\.[0-9]+)+)[.．、:：]?)+")


def plain(heading):
    """A heading without the numbers that its source and its printer gave it."""
    bared = bare(heading).replace("\u201c", '"').replace("\u201d", '"')
    return LABEL.sub("", bared) or bared


def judge_headings(case, said, figures):
    wanted = [(plain(block.text), block.level) for block in case.blocks if block.part == "body" and block.level]
    neutral = Counter(plain(block.text) for block in case.blocks if block.part == "neither" or block.titled)
    told = [(plain(block["text"]), block["level"] if block["kind"] == "heading" else 0)
            for block in said if block["kind"] in ("heading", "title")]
    open_ones = defaultdict(list)
    for text, level in wanted:
        open_ones[text].append(level)
    wrong, levels = [], []
    for text, level in told:
        if open_ones[text]:
            levels.append((open_ones[text].pop(0), level))
        elif neutral[text]:
            neutral[text] -= 1
        else:
            wrong.append(text)
    missing = [text for text, left in open_ones.items() for _ in left]
    figures.headings, figures.found, figures.told = len(wanted), len(levels), len(levels) + len(wrong)
    figures.level = agreeing(levels)
    return wrong, missing


def agreeing(levels):
    """How many levels agree, where both sides count from where they like; the title has none."""
    untitled = [(theirs, ours) for theirs, ours in levels if ours]
    steps = Counter(theirs - ours for theirs, ours in untitled)
    return len(levels) - len(untitled) + max(steps.values(), default=0)


# ---- What to look at --------------------------------------------------------------------------------------


def print_details(case, compared, extra, rest, headings):
    print(f"== {case.group}: {case.name} ({case.file})")
    for name, text, stretches in (("missing", compared.source, compared.missing), ("let in", compared.read, extra),
                                  ("extra", compared.read, rest)):
        for start, end in stretches[:40]:
            before = text[max(0, start - 12):start]
            print(f"   {name}: …{before}⟦{text[start:min(end, start + 100)]}⟧{text[end:end + 8]}… {end - start}")
    for old, new in compared.changed[:40]:
        print(f"   changed: {old} → {new}")
    wrong, missing = headings
    print(f"   no headings: {wrong[:40]}\n   headings not found: {missing[:40]}")

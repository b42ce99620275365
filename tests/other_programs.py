#!/usr/bin/env python3
"""What other programs read in the exports of notes: each is opened by them, and what they say is compared.

    cargo build --no-default-features && tests/other_programs.py [--schemas FOLDER] [target/debug/duidu]

Needs python3. Every other program is asked only where it is there, and the table says which are not:

    apt-get install libreoffice-writer libreoffice-calc pandoc
    pip install python-docx openpyxl lxml pyld

FOLDER holds what is published: `Project.xsd` and `Codebook.xsd` of REFI-QDA, and `anno.jsonld`, the context of the W3C.
"""

import argparse
import csv
import importlib.util
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

TEXT = """# 修河倡議

## 一、上游

我們提議先在上游種樹，再清理河道裏的淤泥。每戶認領二十棵樹苗，𠀀字也要認得。

=1+1 這一行像公式。"引號"、逗號，和<尖括號>&都是話。

## 二、下游

下游的人在河邊修了一間書屋，孩子們放學以後先去讀書。
"""

NOTES = [
    ("先在上游種樹", "為什麼是上游？\n\n**要問清楚**。", ["水/河", "土"], "green"),
    ("𠀀字", "四個字節的字", [], "yellow"),
    ("=1+1 這一行像公式", "=2+3", ["@問"], "pink"),
    ('"引號"、逗號，和<尖括號>&都是話', "<b>不是</b>標籤 & 不是實體；\"也是\"話", ["a&b"], "blue"),
    ("書屋", "", ["水"], "purple"),
]


class Missing(Exception):
    """A program or a file that is not there."""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schemas", type=pathlib.Path)
    parser.add_argument("program", nargs="?", default="target/debug/duidu", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(pathlib.Path(folder), arguments.program.resolve(), arguments.schemas)
        sys.exit(0 if trial.run_all() else 1)


class Trial:
    def __init__(self, folder, program, schemas):
        self.folder, self.program, self.schemas = folder, program, schemas
        self.document = folder / "river.md"
        self.document.write_text(TEXT, encoding="utf-8")
        (folder / "notes.ron").write_text(own_notes(), encoding="utf-8")
        self.duidu("notes", "import", "notes.ron", "river.md")

    def run_all(self):
        print("| export | read by | answer |\n|---|---|---|")
        sound = True
        for export, reader, check in CHECKS:
            try:
                answer = check(self)
            except Missing as missing:
                answer = f"not tried: there is no {missing}"
            except AssertionError as wrong:
                answer, sound = f"WRONG: {wrong}", False
            print(f"| {export} | {reader} | {answer} |", flush=True)
        return sound

    def duidu(self, *words):
        environment = {"DUIDU_HOME": str(self.folder / "home"), "PATH": ""}
        return subprocess.run(
            [self.program, *words], cwd=self.folder, env=environment, check=True, capture_output=True
        ).stdout

    def export(self, name, *words):
        """The file with the notes in a format."""
        path = self.folder / name
        self.duidu("notes", "export", "river.md", "--out", str(path), "--force", *words)
        return path

    def office(self, path, kind, *words):
        """The file as LibreOffice saves it again."""
        if not shutil.which("soffice"):
            raise Missing("LibreOffice")
        out = self.folder / "office"
        home = f"-env:UserInstallation=file://{self.folder}/profile"
        command = ["soffice", home, "--headless", *words, "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return out / f"{path.stem}.{kind.split(':')[0]}"

    def published(self, name):
        path = self.schemas / name if self.schemas else None
        if not path or not path.is_file():
            raise Missing(f"{name} (see --schemas)")
        return path


def own_notes():
    notes = []
    for number, (quote, text, tags, colour) in enumerate(NOTES, 1):
        start = len(TEXT[: TEXT.index(quote)].encode())
        # A string of JSON without numbers for characters is one of RON too.
        words = {name: json.dumps(value, ensure_ascii=False) for name, value in
                 [("quote", quote), ("text", text), ("tags", tags), ("colour", colour)]}
        moment = f"2026-11-21T08:15:{number:02}Z"
        notes.append(
            f'(id: "00000000-0000-4000-8000-{number:012}", quote: {words["quote"]}, text: {words["text"]}, '
            f'position: ({start}, {start + len(quote.encode())}), tags: {words["tags"]}, '
            f'colour: {words["colour"]}, created: "{moment}", changed: "{moment}")'
        )
    return f'(schema: "duidu-notes", version: 1, documents: [(title: "修河倡議", notes: [{", ".join(notes)}])])'


def module(name):
    if importlib.util.find_spec(name.split(".")[0]) is None:
        raise Missing(f"{name} of python")
    return importlib.import_module(name)


def only_words(text):
    """Without white space and the marks that formats put around words."""
    return re.sub(r"[\s*_\\>“”\"]", "", text)


def all_there(text, found_in):
    there = only_words(found_in)
    for quote, said, tags, _ in NOTES:
        for words in [quote, *said.replace("**", "").split("\n\n"), *tags]:
            assert only_words(words) in there, f"{words!r} is missing"
    return f"all quotations, notes and tags ({len(NOTES)})"


def pandoc(path, kind, *words):
    if not shutil.which("pandoc"):
        raise Missing("pandoc")
    command = ["pandoc", "-f", kind, "-t", "plain", "--wrap=none", *words, str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# --- tables ------------------------------------------------------------------------------------------


def rows_are_notes(rows):
    """Rows as a spreadsheet has them: an apostrophe keeps a formula from being one."""
    rows = [[cell or "" for cell in row] for row in rows]
    bare = [[cell[1:] if str(cell).startswith("'") else cell for cell in row] for row in rows[1:]]
    expected = [(quote, "\n".join(sorted(tags)), text) for quote, text, tags, _ in NOTES]
    read = [(row[0], "\n".join(sorted(row[3].split("\n"))), row[5]) for row in bare]
    assert read == expected, f"{read} is not {expected}"
    return f"{len(read)} rows, cell for cell"


def csv_by_python(trial):
    text = trial.export("notes.csv", "--format", "csv").read_text(encoding="utf-8-sig")
    return rows_are_notes(list(csv.reader(io.StringIO(text, newline=""))))


def sheet_of(path):
    sheet = module("openpyxl").load_workbook(path).active
    formulas = [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    assert not formulas, f"formulas in {formulas}"
    return [[cell.value for cell in row] for row in sheet]


def csv_by_office(trial):
    path = trial.export("notes.csv", "--format", "csv")
    # Without a window nobody chooses the encoding: UTF-8, commas, quotation marks.
    return rows_are_notes(sheet_of(trial.office(path, "xlsx", "--infilter=CSV:44,34,76,1")))


def xlsx_by_python(trial):
    return rows_are_notes(sheet_of(trial.export("notes.xlsx", "--format", "xlsx")))


def xlsx_by_office(trial):
    path = trial.office(trial.export("table.xlsx", "--format", "xlsx"), "xlsx")
    return rows_are_notes(sheet_of(path))


# --- documents ---------------------------------------------------------------------------------------


def docx_by_python(trial):
    document = module("docx").Document(str(trial.export("notes.docx", "--format", "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return all_there(None, "\n".join([paragraph.text for paragraph in document.paragraphs] + cells))


def docx_by_office(trial):
    path = trial.office(trial.export("notes.docx", "--format", "docx"), "txt:Text (encoded):UTF8")
    return all_there(None, path.read_text(encoding="utf-8-sig"))


def docx_by_pandoc(trial):
    return all_there(None, pandoc(trial.export("notes.docx", "--format", "docx"), "docx"))


def with_comments(trial):
    return trial.export("commented.docx", "--format", "docx-comments", "--author", "讀者")


def comments_by_python(trial):
    document = module("docx").Document(str(with_comments(trial)))
    comments = [comment.text for comment in document.comments]
    assert {comment.author for comment in document.comments} == {"讀者"}, "another author"
    return comments_are_notes(comments)


def comments_are_notes(comments):
    assert len(comments) == len(NOTES), f"{len(comments)} comments"
    for (_, text, tags, _), comment in zip(NOTES, comments):
        for words in [*text.replace("**", "").split("\n\n"), *tags]:
            assert only_words(words) in only_words(comment), f"{words!r} is not in {comment!r}"
    return f"{len(comments)} comments"


def comments_by_office(trial):
    path = trial.office(with_comments(trial), "fodt")
    etree = module("lxml.etree")
    spaces = {"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0"}
    tree = etree.parse(str(path), etree.XMLParser(huge_tree=True))
    comments = ["".join(comment.itertext()) for comment in tree.iterfind(".//office:annotation", spaces)]
    ends = len(tree.findall(".//office:annotation-end", spaces))
    assert ends == len(NOTES), f"{ends} comments end"
    passages = [passage_of(comment, spaces) for comment in tree.iterfind(".//office:annotation", spaces)]
    assert passages == [quote for quote, *_ in NOTES], f"on {passages}"
    return comments_are_notes(comments) + " on their passages"


def passage_of(comment, spaces):
    """What stands between a comment and its end, in one paragraph."""
    office = "{" + spaces["office"] + "}"
    name, passage, within = comment.get(office + "name"), "", False
    paragraph = next(parent for parent in comment.iterancestors() if parent.tag.endswith("}p") or parent.tag.endswith("}h"))
    for event, element in walk(paragraph, office + "annotation"):
        if element.tag == office + "annotation" and element.get(office + "name") == name:
            within = within or event == "end"
        elif element.tag == office + "annotation-end" and element.get(office + "name") == name:
            return passage
        if within:
            passage += (element.text if event == "start" else element.tail) or ""
            continue
    return passage


def walk(element, closed):
    """Beginnings and ends of what is in an element, nothing of what is in those called `closed`."""
    for child in element:
        if child.tag != closed:
            yield "start", child
            yield from walk(child, closed)
        yield "end", child


def comments_by_pandoc(trial):
    if not shutil.which("pandoc"):
        raise Missing("pandoc")
    command = ["pandoc", "-f", "docx", "-t", "json", "--track-changes=all", str(with_comments(trial))]
    tree = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    comments = [text_of(span["c"][1]) for span in spans_of(tree["blocks"], "comment-start")]
    return comments_are_notes(comments)


def spans_of(tree, kind):
    if isinstance(tree, dict):
        if tree.get("t") == "Span" and kind in tree["c"][0][1]:
            yield tree
        yield from spans_of(list(tree.values()), kind)
    elif isinstance(tree, list):
        for part in tree:
            yield from spans_of(part, kind)


def text_of(tree):
    if isinstance(tree, dict):
        return tree["c"] if tree.get("t") in ("Str", "Code") and isinstance(tree["c"], str) else text_of(list(tree.values()))
    if isinstance(tree, list):
        return "".join(text_of(part) for part in tree)
    return ""


def html_by_pandoc(trial):
    path = trial.export("notes.html", "--format", "html")
    assert "<script" not in path.read_text(encoding="utf-8"), "a script"
    return all_there(None, pandoc(path, "html"))


def markdown_by_pandoc(trial):
    return all_there(None, pandoc(trial.export("notes.md", "--format", "markdown"), "gfm"))


# --- exchange ----------------------------------------------------------------------------------------


def annotations(trial):
    context = json.loads(trial.published("anno.jsonld").read_text(encoding="utf-8"))
    jsonld = module("pyld").jsonld

    def load(url, _options):
        assert url == "http://www.w3.org/ns/anno.jsonld", f"it asks for {url}"
        return {"contextUrl": None, "documentUrl": url, "document": context}

    exported = json.loads(trial.export("notes.jsonld", "--format", "json-ld").read_text(encoding="utf-8"))
    [collection] = jsonld.expand(exported, {"documentLoader": load})
    framed = jsonld.flatten(collection, None, {"documentLoader": load})
    name = "http://www.w3.org/ns/oa#"
    nodes = {node["@id"]: node for node in framed}
    exact = sorted(node[name + "exact"][0]["@value"] for node in framed if name + "exact" in node)
    assert exact == sorted(quote for quote, *_ in NOTES), f"{exact}"
    for node in framed:
        if name + "start" in node:
            start, end = (int(node[name + side][0]["@value"]) for side in ("start", "end"))
            owner = next(other for other in framed if {"@id": node["@id"]} in other.get(name + "hasSelector", []))
            quoted = [nodes[other["@id"]] for other in owner[name + "hasSelector"]]
            [quote] = [each[name + "exact"][0]["@value"] for each in quoted if name + "exact" in each]
            assert end - start == len(quote), f"{start} to {end} is not {quote!r}"
    said = [node["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"][0]["@value"] for node in framed
            if "http://www.w3.org/1999/02/22-rdf-syntax-ns#value" in node]
    expected = [words for _, text, tags, _ in NOTES for words in [text, *tags] if words]
    assert sorted(said) == sorted(expected), f"{said}"
    return f"{len(exact)} annotations with their bodies"


def valid(trial, xml, schema):
    etree = module("lxml.etree")
    checked = etree.XMLSchema(etree.parse(str(trial.published(schema))))
    tree = etree.fromstring(xml)
    assert checked.validate(tree), str(checked.error_log)
    return tree


def codebook(trial):
    path = trial.export("codes.qdc", "--format", "qdc")
    tree = valid(trial, path.read_bytes(), "Codebook.xsd")
    names = {code.get("name") for code in tree.iter("{*}Code")}
    used = {part for *_, tags, _ in NOTES for tag in tags for part in tag.split("/")}
    assert names == used, f"{names} is not {used}"
    return f"valid; {len(names)} codes"


def project(trial):
    package = zipfile.ZipFile(trial.export("project.qdpx", "--format", "qdpx"))
    tree = valid(trial, package.read("project.qde"), "Project.xsd")
    [source] = tree.iter("{*}TextSource")
    text = package.read("sources/" + source.get("plainTextPath").removeprefix("internal://")).decode()
    notes = {note.get("guid"): note.findtext("{*}PlainTextContent") for note in tree.iter("{*}Note")}
    selections = source.findall("{*}PlainTextSelection")
    quotes = [text[int(each.get("startPosition")) : int(each.get("endPosition"))] for each in selections]
    assert quotes == [quote for quote, *_ in NOTES], f"{quotes}"
    said = ["".join(notes[ref.get("targetGUID")] for ref in each.iter("{*}NoteRef")) for each in selections]
    assert said == [text for _, text, *_ in NOTES], f"{said}"
    return f"valid; {len(quotes)} selections with their notes"


CHECKS = [
    ("CSV", "python", csv_by_python),
    ("CSV", "LibreOffice Calc", csv_by_office),
    ("XLSX", "openpyxl", xlsx_by_python),
    ("XLSX", "LibreOffice Calc", xlsx_by_office),
    ("DOCX, quotations", "python-docx", docx_by_python),
    ("DOCX, quotations", "LibreOffice Writer", docx_by_office),
    ("DOCX, quotations", "pandoc", docx_by_pandoc),
    ("DOCX, comments", "python-docx", comments_by_python),
    ("DOCX, comments", "LibreOffice Writer", comments_by_office),
    ("DOCX, comments", "pandoc", comments_by_pandoc),
    ("HTML", "pandoc", html_by_pandoc),
    ("Markdown", "pandoc", markdown_by_pandoc),
    ("JSON-LD", "pyld", annotations),
    ("REFI-QDA codebook", "lxml, with the schema", codebook),
    ("REFI-QDA project", "lxml, with the schema", project),
]

if __name__ == "__main__":
    main()

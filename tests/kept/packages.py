"""Documents in Chinese that Debian and PyPI hold: fetched into a folder of their own, never kept in the repository."""

import gzip
import pathlib
import re
import shutil
import subprocess
import tarfile
import zipfile

import tree
from align import bare
from measure import Case

DEBIAN = ["debian-reference-zh-cn", "debian-reference-zh-tw", "maint-guide-zh-cn", "maint-guide-zh-tw", "debmake-doc",
          "debian-handbook", "installation-guide-amd64", "libreoffice-help-zh-cn", "libreoffice-help-zh-tw",
          "debian-edu-doc-zh-cn"]
# How many pages of a help of thousands are read.
HELP_PAGES = 60


def fetch(folder):
    """Fetches what is not there yet. Says what could not be fetched, and goes on with the rest."""
    folder.mkdir(parents=True, exist_ok=True)
    lacking = []
    for package in DEBIAN:
        place = folder / package
        if not place.is_dir() and not fetch_debian(package, folder, place):
            lacking.append(package)
    if not (folder / "gne").is_dir() and not fetch_gne(folder):
        lacking.append("gne (PyPI)")
    return lacking


def fetch_debian(package, folder, place):
    if not shutil.which("apt-get") or not succeeds(["apt-get", "download", package], folder):
        return False
    archive = max(folder.glob(f"{package}_*.deb"))
    return succeeds(["dpkg-deb", "-x", archive, place], folder)


def fetch_gne(folder):
    if not succeeds(["pip", "download", "--no-deps", "--no-binary", ":all:", "gne==0.4.3"], folder):
        return False
    with tarfile.open(folder / "gne-0.4.3.tar.gz") as archive:
        archive.extractall(folder / "gne", filter="data")
    return True


def succeeds(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def cases(folder):
    """The documents that were fetched, each with the blocks of its source."""
    for manual in MANUALS:
        if (folder / manual.package).is_dir():
            yield from manual.cases(folder / manual.package, folder / "unpacked")
    for language in ("cn", "tw"):
        yield from help_cases(folder / f"libreoffice-help-zh-{language}", f"zh-{language.upper()}")
    yield from news_cases(folder / "gne")


# ---- Manuals: HTML of DocBook, and books made of the same source ---------------------------------------------

NAVIGATION = [".navheader", ".navfooter", ".docnav"]
NEITHER = [".toc", ".list-of-tables", ".list-of-figures", ".list-of-examples", ".titlepage-legal"]


# What the PDF of a manual sets in its own way: the numbers of notes, and whether a reference says the title of what it
# refers to; and who wrote it, which stands on its title page.
RESET = ["a.footnote", "sup.footnote", "a.xref"]
BYLINES = [".authorgroup", ".author"]
# Headings of the lists that stand before its text.
SET = ["Contents", "List of Tables", "COLLABORATORS", "REVISION HISTORY"]


class Manual:
    """A manual: `pages` is a pattern of its HTML, `books` are the same text in other formats."""

    def __init__(self, package, language, pages, books=(), chrome=(), neither=()):
        self.package, self.language, self.pages, self.books = package, language, pages, books
        self.chrome, self.neither = [*NAVIGATION, *chrome], [*NEITHER, *neither]

    def cases(self, root, unpacked):
        name = f"{self.package} {self.language}" if self.language not in self.package else self.package
        # The same words, in lists that books count with digits alone, and those that a PDF of them is set with.
        whole, reset = [], []
        for page in in_order_of_book(root.glob(self.pages)):
            parsed = tree.parse(page.read_text("utf-8"))
            found = tree.blocks(parsed, ["body"], self.chrome, self.neither)
            whole += tree.blocks(parsed, ["body"], self.chrome, self.neither, letters=False)
            reset += tree.blocks(parsed, ["body"], self.chrome, [*self.neither, *BYLINES], RESET)
            yield Case("HTML, manuals", name, page, found)
        for pattern in self.books:
            for book in root.glob(pattern):
                book = ungzipped(book, unpacked)
                source = reset if book.suffix == ".pdf" else whole
                text = [block for block in source if block.part != "chrome"]
                if book.suffix == ".pdf":
                    text += [tree.Block("neither", 1, heading) for heading in SET]
                yield Case(f"{book.suffix[1:].upper()}, manuals", name, book, text, typeset=True)


def in_order_of_book(pages):
    """The front comes first, then the others as its table of contents has them."""
    pages = sorted(pages, key=lambda page: (not page.name.startswith("index"), page.name))
    named = re.findall('href="([^"#]+)', pages[0].read_text("utf-8")) if pages else []
    place = {name: at for at, name in reversed(list(enumerate(named)))}
    return pages[:1] + sorted(pages[1:], key=lambda page: place.get(page.name, len(named)))


def ungzipped(file, folder):
    if file.suffix != ".gz":
        return file
    folder.mkdir(exist_ok=True)
    target = folder / file.stem
    target.write_bytes(gzip.decompress(file.read_bytes()))
    return target


MANUALS = [
    Manual("debian-reference-zh-cn", "zh-cn", "usr/share/debian-reference/*.zh-cn.html",
           ["usr/share/debian-reference/*.zh-cn.pdf"]),
    Manual("debian-reference-zh-tw", "zh-tw", "usr/share/debian-reference/*.zh-tw.html",
           ["usr/share/debian-reference/*.zh-tw.pdf"]),
    Manual("maint-guide-zh-cn", "zh-cn", "usr/share/doc/maint-guide-zh-cn/html/*.html",
           ["usr/share/doc/maint-guide-zh-cn/*.pdf"]),
    Manual("maint-guide-zh-tw", "zh-tw", "usr/share/doc/maint-guide-zh-tw/html/*.html",
           ["usr/share/doc/maint-guide-zh-tw/*.pdf"]),
    Manual("debmake-doc", "zh-cn", "usr/share/doc/debmake-doc/html/*.zh-cn.html",
           ["usr/share/doc/debmake-doc/*.zh-cn.pdf", "usr/share/doc/debmake-doc/*.zh-cn.epub"]),
    Manual("debmake-doc", "zh-tw", "usr/share/doc/debmake-doc/html/*.zh-tw.html",
           ["usr/share/doc/debmake-doc/*.zh-tw.pdf", "usr/share/doc/debmake-doc/*.zh-tw.epub"]),
    Manual("debian-handbook", "zh-CN", "usr/share/doc/debian-handbook/html/zh-CN/*.html", chrome=["#banner"],
           neither=["p.title"]),
    Manual("debian-handbook", "zh-TW", "usr/share/doc/debian-handbook/html/zh-TW/*.html", chrome=["#banner"],
           neither=["p.title"]),
    Manual("installation-guide-amd64", "zh_CN", "usr/share/doc/installation-guide-amd64/zh_CN/*.html",
           ["usr/share/doc/installation-guide-amd64/zh_CN/*.pdf.gz"]),
    Manual("debian-edu-doc-zh-cn", "bookworm",
           "usr/share/doc/debian-edu-doc-zh-cn/debian-edu-bookworm-manual.html",
           ["usr/share/doc/debian-edu-doc-zh-cn/debian-edu-bookworm-manual.pdf",
            "usr/share/doc/debian-edu-doc-zh-cn/debian-edu-bookworm-manual.epub"]),
]


# ---- The help of LibreOffice ---------------------------------------------------------------------------------


def help_cases(root, language):
    pages = sorted(root.glob(f"usr/share/libreoffice/help/{language}/text/*/guide/*.html"))
    step = max(1, len(pages) // HELP_PAGES)
    for page in pages[::step]:
        found = tree.blocks(tree.parse(page.read_text("utf-8")), ["#DisplayArea"], neither=[".relatedtopics"])
        yield Case("HTML, help of LibreOffice", language, page, found)


# ---- Saved news pages ----------------------------------------------------------------------------------------


# Which element holds the text, by the folder or file of a page: read off the pages by hand. A page that is not named here
# (no prose, or its text not in an element of its own) is not measured.
NEWS = {
    "021news": ".article-style", "163/1.html of visiable_test": ".post_body", "163/9.html": "#content", "163": "#endText",
    "baijiahao": ".article-content", "cjddsb": ".single-content", "cjn": ".TRS_Editor", "cmse": ".TRS_Editor",
    "csdn": ".news_content", "gamersky": ".gsAreaContextArt", "gsc": ".detailCon", "guancha": ".all-txt", "gzggw": "#zoom",
    "huanqiu": ".a-con", "ifeng/3.html": "#main_content", "ifeng": ".text-3zQ3cZD4", "mingridapan": ".page_art_content",
    "njxfhn": ".post-body", "other": "#UCAP-CONTENT", "people": "#rwb_zw", "qq/2.html": "#Cnt-Main-Article-QQ",
    "qq": ".content-article", "readhub": ".summary___3oqrM", "shanxi": ".TRS_Editor", "sina/2.html": "#artibody",
    "sina/3.html": "#artibody", "sina/4.html": "#artibody", "sina": "#article", "sxmu": "#vsb_content",
    "thepaper": ".news_txt", "toutiao": ".article-content", "wechat": "#js_content", "xds": ".statuses-text",
    "xinhuanet": "#p-detail", "zyyfy": ".article_content_mix",
}
# What stands in it and is none of the text, read off by hand as well: further reports, the numbers of its pages, what the page
# itself hides, where to go on.
WITHIN = [".related_article", ".special_tag_wrap", ".zdfy", ".wap_special", ".tech-quotation", ".hide_word", ".tadd",
          "#backqqcom"]
EDITOR = re.compile("责任编辑|责编|【编辑|编辑：|原标题|纠错")
TITLE = ["h1", "figcaption", ".article-title", ".article__title"]


def news_cases(root):
    for page in sorted(root.glob("*/*test*/*/*.html")):
        place = "/".join(page.parts[-2:])
        key = f"{place} of {page.parts[-3]}"
        body = NEWS.get(key) or NEWS.get(place) or NEWS.get(page.parts[-2])
        if not body or page.parts[-3] == "test_list_page":
            continue
        root = tree.parse(page.read_text("utf-8", errors="replace"))
        titles = bare("".join("".join(filter(lambda child: isinstance(child, str), title.children)) for title in root.find(["title"])[:1]))
        found = tree.blocks(root, [body], chrome=WITHIN, neither=TITLE)
        for block in found:
            says_title = len(bare(block.text)) > 5 and titles.startswith(bare(block.text))
            if says_title or block.part == "body" and EDITOR.search(block.text):
                block.part = "neither"
        if any(block.part == "body" for block in found):
            yield Case("HTML, saved news pages", page.parts[-2], page, found, headings=False)

#!/usr/bin/env python3
"""Makes the fallback font of Duidu: DuiduSans.ttc, coverage.txt and tgh.txt, beside this file.

    python3 fonts/make.py

It needs Python 3.9 or newer with pip, `apt-get` and `dpkg` with a fresh package list (`apt-get update`), and
`cargo`. Everything is fetched into a temporary folder and checked by hash; nothing is installed.
The same sources give the same bytes on every run. It takes about two minutes.

Noto Sans CJK holds one table of glyphs and, for each region, a map from characters to glyphs. This
script keeps the maps of three regions and only the glyphs that they need, adds the few
characters that Noto Sans CJK lacks from other fonts under the same licence, and gives the result a
name of its own, as the licence asks.
"""

import bz2
import hashlib
import importlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FONTTOOLS = "4.68.0"
OPENCC = "0.5.2"  # the version of the crate opencc-sys, which carries OpenCC's dictionaries

# Where each source lies in its package, and the SHA-256 of its bytes. Debian 12 has exactly these.
PACKAGES = ["fonts-noto-cjk", "fonts-noto-core", "fonts-hanazono", "unicode-data"]
SOURCES = {
    "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc":
        "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "usr/share/fonts/truetype/noto/NotoSans-Regular.ttf":
        "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
    "usr/share/fonts/truetype/noto/NotoSansMath-Regular.ttf":
        "8242bd1e55368b27e32455260754cf9aa58f3ad7ea80664b66c21f1b09910d6c",
    "usr/share/fonts/truetype/noto/NotoSansSymbols-Regular.ttf":
        "24b615ceb7d50a2c09060664ca9e24a160c9beb6bfca0563e8359369a4bc0993",
    "usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf":
        "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688",
    "usr/share/fonts/truetype/hanazono/HanaMinA.ttf":
        "7ca87559414474848fc513a8d8eb42d5b0f8194c30c2abdfbfedff5398ec88d7",
    "usr/share/fonts/truetype/hanazono/HanaMinB.ttf":
        "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
    "usr/share/unicode/Unihan_IRGSources.txt.bz2":
        "52e6e55d22dd124d61dfbb845033fe354caf9a62ab84ac89aa0c374b0f8b99c5",
    "usr/share/unicode/Unihan_OtherMappings.txt.bz2":
        "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
}
MAIN, *DONORS = [path for path in SOURCES if "/fonts/" in path]
SOURCE_OF_HONG_KONG, SOURCE_OF_GENERAL_STANDARD = [path for path in SOURCES if "/unicode/" in path]

# The faces in their order in the collection: the ending of the name, and the face of Noto Sans CJK.
FACES = [("SC", 2), ("TC", 3), ("HK", 4)]
FAMILY = "Duidu Sans"
VERSION = "1.000"
# Seconds since 1904, the clock of OpenType: 1 January 2026.
MADE = 3_850_070_400

COPYRIGHT = (
    "Copyright 2014-2021 Adobe (http://www.adobe.com/). "
    "Copyright 2010-2018 Google LLC (Noto Sans, Noto Sans Math, Noto Sans Symbols). "
    "Copyright 2011 GlyphWiki Project (kamichi@fonts.jp), with Reserved Font Name "
    "\"Hanazono Font\", \"HanaMinA\", \"HanaMinB\"."
)
LICENCE = (
    "This Font Software is licensed under the SIL Open Font License, Version 1.1. "
    "This license is available with a FAQ at: https://openfontlicense.org"
)
DESCRIPTION = (
    "A part of Noto Sans CJK 2.004 Regular, renamed, with added characters from Noto Sans, "
    "Noto Sans Math, Noto Sans Symbols, Noto Sans Symbols 2 and Hanazono Mincho."
)

# Blocks wanted as a whole, as far as the sources have them. The Han characters come from the lists.
BLOCKS = [
    (0x0020, 0x007E, "Basic Latin"),
    (0x00A0, 0x017F, "Latin-1 and Latin Extended-A"),
    (0x01CD, 0x01DC, "Latin letters of pinyin"),
    (0x01F8, 0x01F9, "Latin letters of pinyin"),
    (0x0250, 0x036F, "phonetic letters, modifiers, combining marks"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x045F, "Cyrillic"),
    (0x0490, 0x0491, "Cyrillic, Ukrainian"),
    (0x1E3E, 0x1E3F, "Latin letters of pinyin"),
    (0x1EBC, 0x1EBD, "Latin letters of pinyin"),
    (0x2000, 0x206F, "general punctuation"),
    (0x2070, 0x209F, "superscripts and subscripts"),
    (0x20A0, 0x20CF, "currency"),
    (0x2100, 0x218F, "letter-like symbols, number forms"),
    (0x2190, 0x21FF, "arrows"),
    (0x2200, 0x22FF, "mathematical operators"),
    (0x2300, 0x23FF, "technical symbols, media controls"),
    (0x2400, 0x2426, "pictures of control characters, which Big5 has"),
    (0x2460, 0x24FF, "circled numbers and letters"),
    (0x2500, 0x25FF, "boxes, blocks, geometric shapes"),
    (0x2600, 0x27BF, "symbols and dingbats"),
    (0x27F0, 0x27FF, "long arrows"),
    (0x2E80, 0x2FDF, "radicals"),
    (0x2FF0, 0x31EF, "CJK punctuation, kana, bopomofo, strokes"),
    (0x31F0, 0x33FF, "small kana, enclosed and squared characters"),
    (0x4E00, 0x9FFF, "unified ideographs"),
    (0xF900, 0xFAD9, "compatibility ideographs"),
    (0xFE10, 0xFE1F, "vertical forms"),
    (0xFE30, 0xFE6F, "compatibility and small forms"),
    (0xFEFF, 0xFEFF, "byte order mark"),
    (0xFF00, 0xFFEF, "full-width and half-width forms"),
    (0xFFF9, 0xFFFD, "specials, with the replacement character"),
]
# Hangul inside the blocks above: letters, and circled and half-width ones. This font has no Hangul.
LEFT_OUT = set(range(0x3130, 0x3190)) | set(range(0x3200, 0x321F)) | set(range(0x3260, 0x3280)) \
    | set(range(0xFFA0, 0xFFDD))
# Variation selectors are mapped to the blank glyph of the zero-width space, so that none is drawn as a box.
SELECTORS = [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
ZERO_WIDTH_SPACE = 0x200B
ENCODINGS = ["gb2312", "gbk", "big5", "big5hkscs", "cp950"]
# OpenCC's dictionaries for Japanese and for compatibility ideographs are of no use to the program.
DICTIONARIES_LEFT_OUT = ("JP", "CJK_Compatibility")


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        need_fonttools(folder)
        fetch_packages(folder)
        standard = general_standard(folder)
        wanted = wanted_characters(folder, standard)
        collection, covered = make_collection(folder, wanted)
    (HERE / "DuiduSans.ttc").write_bytes(collection)
    (HERE / "coverage.txt").write_text(coverage_text(covered), "utf-8")
    (HERE / "tgh.txt").write_text(general_standard_text(standard), "utf-8")
    print(f"DuiduSans.ttc: {len(collection):,} bytes, {len(covered):,} characters in each face")
    print(f"in no source, assigned or not: {' '.join(ranges(wanted - covered))}")


# Fetching


def need_fonttools(folder):
    """Puts the pinned fontTools first on the path of this run alone."""
    place = folder / "python"
    run("pip", [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", place,
                f"fonttools=={FONTTOOLS}"], folder)
    sys.path.insert(0, str(place))
    importlib.invalidate_caches()


def fetch_packages(folder):
    """Downloads and unpacks the Debian packages, and checks each file that is used."""
    run("apt-get", ["apt-get", "download", "--quiet", *PACKAGES], folder)
    for package in sorted(folder.glob("*.deb")):
        run("dpkg", ["dpkg", "-x", package, folder], folder)
    for path, expected in SOURCES.items():
        found = hashlib.sha256((folder / path).read_bytes()).hexdigest()
        if found != expected:
            sys.exit(f"another version than the pinned one: {path} has SHA-256 {found}")


def fetch_dictionaries(folder):
    """The folder of OpenCC's dictionaries, as the crate opencc-sys carries them."""
    project = folder / "dictionaries"
    (project / "src").mkdir(parents=True)
    (project / "src/lib.rs").touch()
    (project / "Cargo.toml").write_text(
        '[package]\nname = "dictionaries"\nversion = "0.1.0"\nedition = "2021"\n'
        f"[target.'cfg(any())'.dependencies]\nopencc-sys = \"={OPENCC}\"\n[workspace]\n", "utf-8")
    said = run("cargo", ["cargo", "metadata", "--quiet", "--format-version", "1"], project)
    crate = next(p for p in json.loads(said)["packages"] if p["name"] == "opencc-sys")
    return pathlib.Path(crate["manifest_path"]).parent / "OpenCC/data/dictionary"


def run(what, command, folder):
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{what} failed: {done.stderr.strip()}")
    return done.stdout


# Which characters


def wanted_characters(folder, standard):
    """Every code point that each face should have."""
    wanted = {code for first, last, _ in BLOCKS for code in range(first, last + 1)} - LEFT_OUT
    wanted |= {ord(character) for character in standard}
    wanted |= unihan(folder / SOURCE_OF_HONG_KONG, "kIRG_HSource").keys()
    for encoding in ENCODINGS:
        wanted |= characters_of_encoding(encoding)
    for dictionary in fetch_dictionaries(folder).glob("*.txt"):
        if not dictionary.name.startswith(DICTIONARIES_LEFT_OUT):
            wanted |= set(map(ord, dictionary.read_text("utf-8")))
    return {code for code in wanted if not is_control_or_private(code)}


def is_control_or_private(code):
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900


def characters_of_encoding(encoding):
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            found |= set(map(ord, bytes([lead, trail]).decode(encoding, "ignore")))
    return found


def general_standard(folder):
    """The 8,105 characters of the Table of General Standard Chinese Characters, in its order."""
    numbers = unihan(folder / SOURCE_OF_GENERAL_STANDARD, "kTGH")
    position = {code: int(value.removeprefix("2013:")) for code, value in numbers.items()}
    assert sorted(position.values()) == list(range(1, 8106)), "the table is not complete"
    return "".join(map(chr, sorted(position, key=position.get)))


def unihan(path, field):
    """The values of one field of the Unihan database by code point."""
    rows = (line.rstrip("\n").split("\t") for line in bz2.open(path, "rt", encoding="utf-8"))
    return {int(row[0][2:], 16): row[2] for row in rows if len(row) == 3 and row[1] == field}


# The font


def make_collection(folder, wanted):
    """The bytes of the collection, and the code points that each of its faces has."""
    from fontTools.ttLib import TTCollection, TTFont

    source = folder / MAIN
    maps = [TTFont(source, fontNumber=number).getBestCmap() for _, number in FACES]
    maps = [{code: names[code] for code in sorted(wanted & names.keys())} for names in maps]
    shared = smaller_font(source, maps)
    missing = wanted - maps[0].keys()
    added = add_from_donors(shared, folder, missing)
    added |= dict.fromkeys(SELECTORS, added[ZERO_WIDTH_SPACE])
    name_glyph_table(shared["CFF "].cff)
    shared = saved(shared)

    collection = TTCollection()
    for (region, _), names in zip(FACES, maps):
        face = TTFont(io.BytesIO(shared), recalcTimestamp=False)
        face["cmap"] = character_map({**names, **added})
        face["name"] = names_of_face(region)
        collection.fonts.append(face)
    bytes_ = io.BytesIO()
    collection.save(bytes_, shareTables=True)
    covered = {frozenset(face.getBestCmap()) for face in collection.fonts}
    assert len(covered) == 1, "the faces differ in what they cover"
    return bytes_.getvalue(), set(covered.pop())


def smaller_font(source, maps):
    """The glyphs of all the maps in one font, without hints and what serves vertical setting.

    Kerning and ligatures go too, so that a line is as wide as the sum of its characters.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False, layout_features=["ccmp", "mark"], layout_closure=False, notdef_outline=True,
        name_IDs=["*"], recalc_timestamp=False)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    font = TTFont(source, fontNumber=FACES[0][1], recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    glyphs = {name for names in maps for name in names.values()}
    subsetter.populate(glyphs=glyphs, unicodes=maps[0].keys())
    subsetter.subset(font)
    font["head"].created = font["head"].modified = MADE
    font["head"].fontRevision = float(VERSION)
    return TTFont(io.BytesIO(saved(font)), recalcTimestamp=False)


def add_from_donors(font, folder, missing):
    """Adds glyphs for missing code points from the first donor that has each; returns their map."""
    from fontTools.ttLib import TTFont

    free_names = (f"cid{number:05}" for number in range(1, 65535)
                  if f"cid{number:05}" not in font.getReverseGlyphMap())
    added = {}
    for path in DONORS:
        donor = TTFont(folder / path, lazy=True)
        names = donor.getBestCmap()
        for code in sorted(missing & names.keys() - added.keys()):
            added[code] = next(free_names)
            append_glyph(font, added[code], donor, names[code])
    font.setGlyphOrder(font["CFF "].cff.topDictIndex[0].charset)
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    return added


def append_glyph(font, name, donor, donor_name):
    """Draws a donor's glyph, scaled to this font's em, behind the last glyph of the table."""
    top = font["CFF "].cff.topDictIndex[0]
    part = next(number for number, dictionary in enumerate(top.FDArray)
                if dictionary.FontName.endswith("-Ideographs"))
    private = top.FDArray[part].Private
    scale = font["head"].unitsPerEm / donor["head"].unitsPerEm
    width = round(donor["hmtx"][donor_name][0] * scale)
    drawn = charstring(donor, donor_name, scale, width, private, top.GlobalSubrs)

    top.CharStrings.charStrings[name] = len(top.charset)
    top.CharStrings.charStringsIndex.append(drawn)
    top.charset.append(name)
    top.FDSelect.append(part)
    bounds = drawn.calcBounds(None)
    font["hmtx"].metrics[name] = (width, int(bounds[0]) if bounds else 0)


def charstring(donor, name, scale, width, private, subroutines):
    """A TrueType outline as a CFF charstring: cubic curves within half a unit, other direction."""
    from fontTools.pens.qu2cuPen import Qu2CuPen
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    recorded = DecomposingRecordingPen(donor.getGlyphSet())
    donor.getGlyphSet()[name].draw(recorded)
    # A charstring tells its width as the difference from a usual one, or not if it is the default.
    said = None if width == private.defaultWidthX else width - private.nominalWidthX
    pen = T2CharStringPen(said, None)
    cubic = Qu2CuPen(pen, max_err=0.5, all_cubic=True, reverse_direction=True)
    recorded.replay(TransformPen(cubic, (scale, 0, 0, scale, 0, 0)))
    return pen.getCharString(private, subroutines)


def saved(font):
    bytes_ = io.BytesIO()
    font.save(bytes_, reorderTables=False)
    return bytes_.getvalue()


# Names and maps


def name_glyph_table(table):
    """Gives the glyph table, which all faces share, its new name and its copyright notice."""
    old = table.fontNames[0]
    new = f"{FAMILY.replace(' ', '')}-Regular"
    table.fontNames = [new]
    top = table.topDictIndex[0]
    top.FullName = top.FamilyName = FAMILY
    top.Notice = COPYRIGHT
    for part in top.FDArray:
        part.FontName = part.FontName.replace(old, new)


def names_of_face(region):
    from fontTools.ttLib import newTable

    family = f"{FAMILY} {region}"
    postscript = f"{family.replace(' ', '')}-Regular"
    names = newTable("name")
    texts = {
        0: COPYRIGHT, 1: family, 2: "Regular", 3: f"{VERSION};{postscript}", 4: family,
        5: f"Version {VERSION}", 6: postscript, 10: DESCRIPTION, 13: LICENCE,
        14: "https://openfontlicense.org",
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    return names


def character_map(names):
    """The map of a face twice: the BMP in the old format, and everything in the full one."""
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    table = newTable("cmap")
    table.tableVersion = 0
    table.tables = []
    basic = {code: name for code, name in names.items() if code <= 0xFFFF}
    for platform, encoding, layout, part in [
            (0, 3, 4, basic), (0, 4, 12, names), (3, 1, 4, basic), (3, 10, 12, names)]:
        subtable = CmapSubtable.newSubtable(layout)
        subtable.platformID, subtable.platEncID, subtable.language = platform, encoding, 0
        subtable.cmap = part
        table.tables.append(subtable)
    return table


# The lists


def coverage_text(covered):
    lines = [
        "# The characters that every face of DuiduSans.ttc has, written by make.py: code points in",
        f"# hexadecimal, each line one range with both its ends. {len(covered)} characters.",
        *ranges(covered),
    ]
    return "\n".join(lines) + "\n"


def ranges(codes):
    """Sorted runs of neighbouring code points, as `4E00-9FA5` or `00B7`."""
    runs = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return [f"{first:04X}" if first == last else f"{first:04X}-{last:04X}" for first, last in runs]


def general_standard_text(characters):
    """Three lines: the levels of the table, 3,500 and 3,000 and 1,605 characters."""
    return "".join(level + "\n" for level in
                   (characters[:3500], characters[3500:6500], characters[6500:]))


if __name__ == "__main__":
    main()

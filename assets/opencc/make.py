#!/usr/bin/env python3
"""Makes the tables of this folder from the dictionaries of OpenCC. README.md says what they are.

    python3 make.py [--check] [folder of the dictionaries, OpenCC/data/dictionary]

Without a folder it takes the crate opencc-sys that cargo has downloaded. With --check it writes
nothing and fails if a table differs from what it would write.
"""

import glob
import os
import sys
from collections import Counter, defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = "registry/src/*/opencc-sys-0.5.2*/OpenCC/data/dictionary"

# Dictionaries of regional words: the only ones whose entries may change the number of characters.
WORDS = ["TWPhrases", "TWPhrasesRev", "HKPhrases", "HKPhrasesRev"]

# Dictionaries of forms of characters. Those of Japanese forms are left out on purpose.
CHARACTERS = [
    "STCharacters",
    "TSCharacters",
    "TWVariants",
    "HKVariants",
    "CJK_Compatibility_Ideographs",
]

# Phrases that choose among the forms of their characters; a few hold forms the tables above lack.
PHRASES = [
    "STPhrases",
    "TSPhrases",
    "TWVariantsPhrases",
    "TWVariantsRevPhrases",
    "HKVariantsPhrases",
    "HKVariantsRevPhrases",
]


def main():
    arguments = sys.argv[1:]
    check = "--check" in arguments
    folders = [a for a in arguments if a != "--check"] or [downloaded()]
    read = lambda name: dictionary(os.path.join(folders[0], name + ".txt"))
    tables = {f"{name}.tsv": changing_length(read(name)) for name in WORDS}
    tables["regional.tsv"] = regional(read)
    tables["fold.tsv"] = folding(read)
    tables["scripts.tsv"] = scripts(read)
    stale = [name for name, lines in tables.items() if not deliver(name, lines, check)]
    if stale:
        sys.exit("differs from the dictionaries: " + ", ".join(stale))


def downloaded():
    """The dictionaries inside the crate opencc-sys in cargo's own folder."""
    home = os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))
    found = sorted(glob.glob(os.path.join(home, SOURCE)))
    if not found:
        sys.exit("opencc-sys 0.5.2 is not downloaded: run `cargo fetch --locked`, or name the folder")
    return found[0]


def dictionary(path):
    """The entries of a dictionary: its key and all its values, the one OpenCC takes first."""
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\r\n") for line in file]
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [(key, values.split()) for key, values in rows]


def changing_length(entries):
    """Lines `key TAB value` of the entries whose value has not as many characters as the key."""
    return sorted(f"{key}\t{values[0]}" for key, values in entries if len(values[0]) != len(key))


def regional(read):
    """Lines `word TAB mainland word` of Taiwan's and Hong Kong's own words of two characters or more.

    A word that the mainland uses for something else (文件 is 文檔 in Taiwan) is none of their own.
    """
    forward = [(key, values[0]) for name in WORDS[::2] for key, values in read(name)]
    reverse = [(values[0], key) for name in WORDS[1::2] for key, values in read(name)]
    differing = [(mainland, word) for mainland, word in forward + reverse if mainland != word]
    of_mainland = {mainland for mainland, _ in differing}
    # The reverse dictionaries come last, so they choose where a word stands for two of the mainland.
    own = {word: mainland for mainland, word in differing if len(word) > 1 and word not in of_mainland}
    return sorted(f"{word}\t{mainland}" for word, mainland in own.items())


def scripts(read):
    """Lines `script TAB characters`: the characters that one script has and the other lacks."""
    names = ["STCharacters", "TSCharacters", "TWVariants", "HKVariants"]
    simplified, traditional, *regional = (dict(read(name)) for name in names)
    given = lambda *tables: {value for table in tables for values in table.values() for value in values}
    shared = given(simplified, *regional) | traditional.keys()
    alone = sorted(simplified.keys() - shared)
    others = sorted(traditional.keys() - given(traditional) - simplified.keys())
    return ["simplified\t" + "".join(alone), "traditional\t" + "".join(others)]


def folding(read):
    """Lines `representative TAB other members`, one for each class of two or more characters."""
    representative = chooser(read)
    lines = []
    for members in classes(read):
        chosen = representative(members)
        others = "".join(member for member in members if member != chosen)
        lines.append(f"{chosen}\t{others}")
    return sorted(lines)


def classes(read):
    """The classes of characters that conversion may turn into one another, by union-find."""
    parent = {}

    def root(character):
        parent.setdefault(character, character)
        while parent[character] != character:
            parent[character] = parent[parent[character]]
            character = parent[character]
        return character

    for name in CHARACTERS + PHRASES:
        for key, values in read(name):
            for value in values:
                for before, after in zip(key, value, strict=True):
                    parent[root(before)] = root(after)

    members = defaultdict(list)
    for character in sorted(parent):
        members[root(character)].append(character)
    return [group for group in members.values() if len(group) > 1]


def chooser(read):
    """A function that picks the commonest Simplified form of a class.

    Simplified is what TSCharacters gives, or leaves as it is. How common a form is, the number of
    times it occurs in the keys of STPhrases tells. Rare forms that never occur fall back on how
    many members become them, then on the lowest code point.
    """
    simplified = {key: values[0] for key, values in read("TSCharacters")}
    unified = {key: values[0] for key, values in read("CJK_Compatibility_Ideographs")}
    common = Counter(character for key, _ in read("STPhrases") for character in key)

    def choose(members):
        votes = Counter()
        for member in members:
            plain = unified.get(member, member)
            votes[simplified.get(plain, plain)] += 1
        candidates = [member for member in members if votes[member]]
        return min(candidates, key=lambda c: (-common[c], -votes[c], c))

    return choose


def deliver(name, lines, check):
    """Writes a table, or tells whether it is already what it should be."""
    path = os.path.join(HERE, name)
    text = "".join(line + "\n" for line in lines)
    if not check:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        return True
    with open(path, encoding="utf-8", newline="") as file:
        return file.read() == text


if __name__ == "__main__":
    main()

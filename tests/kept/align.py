"""What of one text stands in another: character by character, without white space."""

import re
from bisect import bisect_left
from difflib import SequenceMatcher

BLANK = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
# Signs above and below their line: a page raises them by an element, a text without markup by characters of their own.
SHIFTED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ", "0123456789+-=()ni" * 2)
# What is left over is looked for elsewhere in stretches of this many characters.
MOVED = 6
SMALL = 400_000


def bare(text):
    """A text without white space and what nobody sees, its signs on one line."""
    return BLANK.sub("", text).translate(SHIFTED)


def in_order(left, right):
    """The stretches that both have in the same order, as (start in left, start in right, length)."""
    found = []
    pending = [(0, len(left), 0, len(right), 0)]
    while pending:
        a, b, c, d, step = pending.pop()
        start = common(left, right, a, b, c, d)
        if start:
            found.append((a, c, start))
            a, c = a + start, c + start
        end = common_end(left, right, a, b, c, d)
        if end:
            found.append((b - end, d - end, end))
            b, d = b - end, d - end
        if a >= b or c >= d:
            continue
        for index, length in enumerate((24, 12, 6, 4)[step:], step):
            anchors = unique_anchors(left, right, a, b, c, d, length)
            if anchors:
                split(pending, anchors, a, b, c, d, length, index)
                found.extend((p, q, length) for p, q in spaced(anchors, length))
                break
        else:
            found.extend(small_matches(left, right, a, b, c, d))
    return merged(found)


def common(left, right, a, b, c, d):
    most = min(b - a, d - c)
    length = 0
    while length < most and left[a + length] == right[c + length]:
        length += 1
    return length


def common_end(left, right, a, b, c, d):
    most = min(b - a, d - c)
    length = 0
    while length < most and left[b - 1 - length] == right[d - 1 - length]:
        length += 1
    return length


def unique_anchors(left, right, a, b, c, d, length):
    """Places of stretches that stand once on either side, in the longest order that both have."""
    ours, theirs = once(left, a, b, length), once(right, c, d, length)
    pairs = sorted((place, theirs[gram]) for gram, place in ours.items() if gram in theirs)
    tails, chosen, before = [], [], []
    for index, (_, q) in enumerate(pairs):
        at = bisect_left(tails, q)
        before.append(chosen[at - 1] if at else None)
        if at == len(tails):
            tails.append(q)
            chosen.append(index)
        else:
            tails[at], chosen[at] = q, index
    order, index = [], chosen[-1] if chosen else None
    while index is not None:
        order.append(pairs[index])
        index = before[index]
    return order[::-1]


def once(text, start, end, length):
    places, twice = {}, set()
    for place in range(start, end - length + 1):
        gram = text[place:place + length]
        if gram in places:
            twice.add(gram)
        else:
            places[gram] = place
    for gram in twice:
        del places[gram]
    return places


def spaced(anchors, length):
    """Anchors that do not overlap."""
    last = None
    for p, q in anchors:
        if last is None or p >= last[0] + length and q >= last[1] + length:
            last = (p, q)
            yield p, q


def split(pending, anchors, a, b, c, d, length, step):
    for p, q in spaced(anchors, length):
        pending.append((a, p, c, q, step))
        a, c = p + length, q + length
    pending.append((a, b, c, d, step))


def small_matches(left, right, a, b, c, d):
    if (b - a) * (d - c) > SMALL:
        return
    matcher = SequenceMatcher(None, left[a:b], right[c:d], autojunk=False)
    near = b - a + d - c < 40
    for p, q, length in matcher.get_matching_blocks():
        if length >= (1 if near else 3):
            yield a + p, c + q, length


def merged(found):
    result = []
    for p, q, length in sorted(found):
        if not length:
            continue
        if result and result[-1][0] + result[-1][2] == p and result[-1][1] + result[-1][2] == q:
            result[-1] = (*result[-1][:2], result[-1][2] + length)
        else:
            result.append((p, q, length))
    return result


class Compared:
    """What became of the characters of `source` in `read`."""

    def __init__(self, source, read):
        matches = in_order(source, read)
        self.source, self.read = source, read
        self.missing = gaps(len(source), [(p, length) for p, _, length in matches])
        self.extra = gaps(len(read), [(q, length) for _, q, length in matches])
        self.changed = changed(matches, source, read)
        altered = sum(len(old) for old, _ in self.changed)
        self.moved, self.missing, self.extra = moved(source, read, self.missing, self.extra, MOVED)
        kept = sum(length for _, _, length in matches) + self.moved
        self.kept, self.altered = kept, altered


def gaps(length, covered):
    found, at = [], 0
    for start, size in sorted(covered):
        if start > at:
            found.append((at, start))
        at = max(at, start + size)
    if at < length:
        found.append((at, length))
    return found


def changed(matches, source, read):
    """Characters that stand in the place of others: short gaps on both sides between what agrees."""
    found = []
    for (p, q, size), (r, s, after) in zip(matches, matches[1:]):
        old, new = source[p + size:r], read[q + size:s]
        if old and new and len(old) <= 4 and len(new) <= 4 and min(size, after) >= 4:
            found.append((old, new))
    return found


def moved(source, read, missing, extra, least):
    """How many of the missing characters stand elsewhere among the extra ones, and what is left of both."""
    places = {}
    for start, end in extra:
        for at in range(start, end - least + 1):
            places.setdefault(read[at:at + least], []).append((at, end))
    used = bytearray(len(read))
    gone, total = [], 0
    for start, end in missing:
        at = run = start
        while at < end:
            length, place = longest(source, read, at, end, places, used, least)
            if not length:
                at += 1
                continue
            used[place:place + length] = b"\1" * length
            if at > run:
                gone.append((run, at))
            total += length
            at = run = at + length
        if run < end:
            gone.append((run, end))
    return total, gone, unused(extra, used)


def longest(source, read, at, end, places, used, least):
    best, where = 0, 0
    for place, limit in places.get(source[at:at + least], ())[:2000]:
        length = 0
        while (at + length < end and place + length < limit and not used[place + length]
               and source[at + length] == read[place + length]):
            length += 1
        if length > best:
            best, where = length, place
    return (best, where) if best >= least else (0, 0)


def unused(stretches, used):
    left = []
    for start, end in stretches:
        run = start
        for at in range(start, end + 1):
            if at == end or used[at]:
                if at > run:
                    left.append((run, at))
                run = at + 1
    return left

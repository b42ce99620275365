"""HTML as a tree, read by Python's own parser and not by ours: what a page says, by the source's own marks."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "head", "noscript", "template", "iframe", "svg", "math", "object", "rp", "canvas",
          "select", "textarea", "title", "rt"}
INLINE = {"a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
          "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
          "ruby", "rb", "img", "time", "wbr", "section-mark"}
# What ends an element that the page forgot to end.
ENDED_BY = {
    "p": {"p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section"},
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"},
    "tr": {"tr"}, "option": {"option"},
}


class Node:
    """An element: its name, its attributes, and what it holds (elements and strings)."""

    def __init__(self, name, attributes=()):
        self.name = name
        self.attributes = {key: value or "" for key, value in attributes}
        self.children = []

    def fits(self, selector):
        """Whether it is what `selector` names: `tag`, `.class`, `#id`, `tag.class` or `[attribute=value]`."""
        tag, mark, value = split_selector(selector)
        if tag and tag != self.name:
            return False
        if mark == "#":
            return self.attributes.get("id") == value
        if mark == ".":
            return value in self.attributes.get("class", "").split()
        if mark == "[":
            key, _, wanted = value.rstrip("]").partition("=")
            return self.attributes.get(key) == wanted
        return True

    def fits_any(self, selectors):
        return any(self.fits(selector) for selector in selectors)

    def is_silent(self):
        style = self.attributes.get("style", "").replace(" ", "").lower()
        return (self.name in SILENT or "display:none" in style or "visibility:hidden" in style
                or "hidden" in self.attributes)

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find(self, selectors):
        return [node for node in self.walk() if node.fits_any(selectors)]

    def text(self):
        return "".join(child if isinstance(child, str) else "" if child.is_silent() else child.text()
                       for child in self.children)


def split_selector(selector):
    for mark in "#.[":
        if mark in selector:
            tag, _, value = selector.partition(mark)
            return tag, mark, value
    return selector, "", ""


class Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("#document")
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        while tag in ENDED_BY.get(self.open[-1].name, ()):
            self.open.pop()
        node = Node(tag, attributes)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attributes):
        # XHTML ends empty elements so, and pages written as HTML do it to elements that stay open.
        self.handle_starttag(tag, attributes)
        if tag not in VOID and self.open[-1].name == tag:
            self.open.pop()

    def handle_endtag(self, tag):
        names = [node.name for node in self.open]
        if tag in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(tag):]

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(text):
    builder = Builder()
    builder.feed(text)
    builder.close()
    return builder.root


class Block:
    """A stretch of a document: `level` of a heading, 0 of others; `part` is body, chrome or neither. `titled` is one that
    may be taken for a heading or not: the title of a box, of a table, of an item."""

    def __init__(self, part, level, text, titled=False):
        self.part, self.level, self.text, self.titled = part, level, text, titled


def counted(list, number, letters):
    """The number of an item as a list of letters (if `letters`) or digits shows it; longer ones and Roman ones are not met
    here."""
    kind = list.attributes.get("type", "1") if letters else "1"
    return chr(ord(kind) + number - 1) if kind in ("a", "A") and number <= 26 else number


def is_titled(node):
    return node.name in ("th", "dt", "caption", "strong", "b") or "title" in node.attributes.get("class", "")


def blocks(root, body, chrome=(), neither=(), reset=(), letters=True):
    """The blocks of a page. `body` names what holds its text, `chrome` what in it does not belong to it,
    `neither` what may be kept or not (a table of contents, a byline), and `reset` what a program that sets the page
    words anew, such as references: it is left out. `letters` says whether lists that the page counts by letters are."""
    found = []
    open_block = [None]

    def place(node, part, level, above):
        if node.is_silent() or node.fits_any(reset):
            return
        if part != "neither":
            if node.fits_any(neither):
                part = "neither"
            elif node.fits_any(chrome):
                part = "chrome"
            elif part == "chrome" and node.fits_any(body) and not inside[0]:
                part = "body"
        entered = part == "body" and not inside[0]
        inside[0] = inside[0] or entered
        if len(node.name) == 2 and node.name[0] == "h" and node.name[1] in "123456":
            level = int(node.name[1])
        parts = node.name not in INLINE
        if parts:
            open_block[0] = None
        number = int(node.attributes.get("start") or 1)
        for child in node.children:
            if isinstance(child, Node):
                if node.name == "ol" and child.name == "li":
                    label[0] = f"{counted(node, number, letters)}. "
                    number += 1
                place(child, part, level, node)
            elif open_block[0] is not None and open_block[0].part == part:
                open_block[0].text += child
            elif child.strip():
                open_block[0] = Block(part, level, label[0] + child, is_titled(node) or is_titled(above))
                label[0] = ""
                found.append(open_block[0])
        if parts:
            open_block[0] = None
        if entered:
            inside[0] = False

    inside = [False]
    # The number of the item that begins.
    label = [""]
    place(root, "chrome", 0, root)
    return found

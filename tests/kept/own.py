"""Documents of our own making: one text, written out as a page with all that stands around pages, and as an office document
that LibreOffice and pandoc turn into the other formats."""

import email.mime.multipart
import email.mime.text
import pathlib
import random
import shutil
import subprocess
from html import escape

from measure import Case
from tree import Block

WORDS = pathlib.Path(__file__).parent.parent / "stock" / "themes.txt"
SENTENCES = [
    "{name}不是一家一户的事，{who}说，{thing}坏了大家都不方便。", "去年春天，{who}开始{deed}，到秋天已经做完大半。",
    "有人担心{thing}会越来越少，于是提议先{deed}，再看效果。", "在{who}看来，{thing}和{other}要一起想，不能只顾一头。",
    "“先{deed}，别的以后再说。”{who}这样回答。", "我们统计了三年的记录：{thing}有{count}处，其中{few}处需要修理。",
    "说到{name}，最常听到的问题是：谁来{deed}？钱从哪里来？", "经过两次讨论，{who}同意把{thing}交给村里照看，每月检查一次。",
    "这件事做得好不好，要看{thing}，也要看{other}；两样都好，才算好。",
]
NUMBERS = "一二三四五六七八九十"
HEAD = "修订讨论稿·第三次征求意见"


class Text:
    """A text: a list of (kind, level, words); of a table the words are rows of cells, of a note what stands at the foot."""

    def __init__(self, title, parts):
        self.title, self.parts = title, parts

    def without_numbers(self):
        return Text(self.title, [(kind, level, unnumbered(level, words) if kind == "heading" else words)
                                 for kind, level, words in self.parts])

    def blocks(self, chrome="", marks="[{}]"):
        """What a reader should find in it."""
        found = [Block("body", 1, self.title)]
        number = 0
        for kind, level, words in self.parts:
            if kind == "table":
                found += [Block("body", 0, "".join(row), titled=True) for row in words]
            elif kind == "note":
                number += 1
                found[-1].text += marks.format(number)
                found.append(Block("body", 0, marks.format(number) + words))
            else:
                found.append(Block("body", level + 1 if kind == "heading" else 0, words))
        if chrome:
            found.append(Block("chrome", 0, chrome))
        return found


def write_text(seed, themes, chapters):
    dice = random.Random(seed)
    names, people, things, deeds = (words.split() for words in dice.choice(themes).strip().split("|")[1:5])

    def sentence():
        thing, other = dice.sample(things, 2)
        return dice.choice(SENTENCES).format(name=dice.choice(names), who=dice.choice(people), thing=thing, other=other,
                                             deed=dice.choice(deeds), count=dice.randint(20, 90), few=dice.randint(2, 19))

    def paragraph(least=2, most=7):
        return "".join(sentence() for _ in range(dice.randint(least, most)))

    parts = []
    for chapter in range(chapters):
        parts.append(("heading", 1, f"第{numeral(chapter + 1)}章 {dice.choice(names)}"))
        parts.append(("p", 0, paragraph()))
        for section in range(dice.randint(2, 4)):
            parts.append(("heading", 2, f"{NUMBERS[section]}、{dice.choice(deeds)}的办法"))
            for _ in range(dice.randint(2, 6)):
                parts.append(("p", 0, paragraph()))
            parts += extras(dice, section, paragraph, things, people)
    return Text(f"关于{names[0]}的{NUMBERS[seed % 10]}号报告", parts)


def numeral(number):
    """A number below 1,000 as it is written in headings."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    written = NUMBERS[hundreds - 1] + "百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else NUMBERS[tens - 1] + "十"
    elif hundreds and ones:
        written += "零"
    return written + (NUMBERS[ones - 1] if ones else "")


def extras(dice, section, paragraph, things, people):
    if section == 0:
        yield from (("li", 0, f"{thing}：{paragraph(1, 1)}") for thing in dice.sample(things, 4))
    if section == 1:
        yield "table", 0, [["名称", "数量", "负责人"]] + [[thing, str(dice.randint(3, 400)), dice.choice(people)]
                                                  for thing in dice.sample(things, 5)]
        yield "p", 0, paragraph()
        yield "note", 0, f"这里的数字由{dice.choice(people)}提供，见第{dice.randint(100, 9999)}号簿册。"
    if section == 2:
        yield "quote", 0, paragraph(2, 3)
        yield "heading", 3, f"（一）{dice.choice(things)}"
        yield "p", 0, paragraph()
    if section == 3:
        yield "p", 0, paragraph()
        yield "note", 0, f"参见{dice.choice(things)}第{dice.randint(100, 9999)}号年度记录。"


# ---- Pages ------------------------------------------------------------------------------------------------

LINKS = ["首页", "要闻", "专题", "图库", "关于我们", "站点地图", "旧版入口", "移动版"]
OTHERS = ["春耕备耕进展顺利", "夜间公交新增三条线路", "老街修缮方案公示", "山区小学迎来新图书室", "渡口停航通知", "灯会改期举行"]


def links(words, part="a"):
    return "".join(f"<li><{part} href='{place}.html'>{word}</{part}></li>" for place, word in enumerate(words))


def body_html(text):
    written, notes, number = [], [], 0
    for kind, level, words in text.parts:
        if kind == "heading":
            written.append(f"<h{level + 1}>{escape(words)}</h{level + 1}>")
        elif kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in words)
            written.append(f"<table>{rows}</table>")
        elif kind == "note":
            number += 1
            mark = f"<sup><a id='r{number}' href='#n{number}'>[{number}]</a></sup>"
            written[-1] = written[-1].replace("</p>", mark + "</p>")
            notes.append(f"<p id='n{number}'><a href='#r{number}'>[{number}]</a> {escape(words)}</p>")
        else:
            shape = {"p": "<p>{}</p>", "li": "<ul><li>{}</li></ul>", "quote": "<blockquote><p>{}</p></blockquote>"}[kind]
            written.append(shape.format(escape(words)))
    return "\n".join(written).replace("</ul>\n<ul>", "\n") + "".join(notes)


def portal(text):
    """A news site: bars above, what else there is beside, comments below."""
    chrome = ["登录", "注册", *LINKS, "分享到", "微信", "微博", "字号：大 中 小", "相关新闻", *OTHERS, "网友评论",
              "写得真好，转给家里人看看。", "不同意，夜里太吵了，应该早点收摊。", "版权所有，未经许可不得转载。", "网站备案号〇〇七"]
    page = f"""<div class="topbar"><a>登录</a> <a>注册</a></div><div id="nav"><ul>{links(LINKS)}</ul></div>
<div class="wrap"><div class="left"><h1>{escape(text.title)}</h1>
<div class="share">分享到 <a>微信</a> <a>微博</a></div><p class="size">字号：大 中 小</p>
<div id="content">{body_html(text)}</div>
<div class="comments"><h3>网友评论</h3><p>写得真好，转给家里人看看。</p><p>不同意，夜里太吵了，应该早点收摊。</p></div></div>
<div class="right"><h3>相关新闻</h3><ul>{links(OTHERS)}</ul></div></div>
<div class="foot"><p>版权所有，未经许可不得转载。</p><p>网站备案号〇〇七</p></div>"""
    return page, "".join(chrome)


def office(text):
    """A page of an office: laid out with tables, as was done long ago."""
    chrome = ["设为首页", "加入收藏", *LINKS, "当前位置：首页 > 公文 > 正文", "【打印】", "【关闭】", "上一篇：渡口停航通知", "主办：县办公室",
              "电话：〇〇〇"]
    page = f"""<table width="100%"><tr><td><a>设为首页</a> | <a>加入收藏</a></td></tr>
<tr><td><table><tr>{links(LINKS).replace("li>", "td>")}</tr></table></td></tr></table>
<table width="960"><tr><td>当前位置：<a>首页</a> &gt; <a>公文</a> &gt; 正文</td></tr>
<tr><td align="center"><h1>{escape(text.title)}</h1></td></tr><tr><td>{body_html(text)}</td></tr>
<tr><td align="right"><a>【打印】</a> <a>【关闭】</a></td></tr><tr><td>上一篇：<a>渡口停航通知</a></td></tr></table>
<table><tr><td>主办：县办公室</td></tr><tr><td>电话：〇〇〇</td></tr></table>"""
    return page, "".join(chrome)


def wiki(text):
    """A wiki: a menu at the side, a table of contents, a line of categories."""
    menu = ["随机页面", "最近更改", "上传文件", "特殊页面", "链入页面", "固定链接"]
    chrome = ["阅读", "编辑", "查看历史", *menu, "分类：", "乡村", "公共事务", "报告", "隐私政策", "免责声明", "本页面最后编辑于去年冬天。"]
    contents = [words for kind, _, words in text.parts if kind == "heading"]
    page = f"""<div id="head"><ul>{links(["阅读", "编辑", "查看历史"])}</ul></div><main><h1>{escape(text.title)}</h1>
<div id="toc"><h2>目录</h2><ul>{links(contents)}</ul></div><article>{body_html(text)}</article>
<div class="catlinks">分类：{" | ".join(f"<a>{word}</a>" for word in ["乡村", "公共事务", "报告"])}</div></main>
<nav><ul>{links(menu)}</ul></nav><footer><ul>{links(["隐私政策", "免责声明"])}</ul><p>本页面最后编辑于去年冬天。</p></footer>"""
    return page, "".join(chrome), "目录" + "".join(contents)


PAGES = [("a news site", portal), ("an office", office), ("a wiki", wiki)]


def page_cases(text, name, folder, encodings):
    for style, dress in PAGES:
        page, chrome, *neither = dress(text)
        whole = f"<!DOCTYPE html><html><head><title>{escape(text.title)}_山河网</title></head><body>{page}</body></html>"
        blocks = text.blocks(chrome) + [Block("neither", 0, "".join(neither))]
        for encoding in encodings:
            head = f"<head><meta charset='{encoding}'>"
            file = folder / f"{name} {style} {encoding}.html"
            file.write_bytes(whole.replace("<head>", head).encode(encoding, errors="xmlcharrefreplace"))
            yield Case("HTML, our own", style, file, blocks, typeset=True)
        file = folder / f"{name} {style}.mhtml"
        file.write_bytes(archived(whole))
        yield Case("MHTML, our own", style, file, blocks, typeset=True)


def archived(page):
    message = email.mime.multipart.MIMEMultipart("related", type="text/html")
    message["Subject"] = "saved"
    message["MIME-Version"] = "1.0"
    message.attach(email.mime.text.MIMEText(page, "html", "utf-8"))
    return message.as_bytes()


# ---- Office documents -------------------------------------------------------------------------------------


def unnumbered(level, heading):
    return heading.split(" ", 1)[-1] if level == 1 else heading.split("、", 1)[-1].split("）", 1)[-1]


def flat_odt(text, columns):
    """An office document in one file, with running heads and page numbers; its headings count by themselves."""
    written, number, listed = [], 0, False
    for kind, level, words in text.parts:
        if listed and kind != "li":
            written.append("</text:list>")
        if kind == "li" and not listed:
            written.append('<text:list text:style-name="Bullets">')
        listed = kind == "li"
        if kind == "heading":
            written.append(f'<text:h text:style-name="H{level}" text:outline-level="{level}">{escape(unnumbered(level, words))}</text:h>')
        elif kind == "table":
            written.append(odt_table(words))
        elif kind == "note":
            number += 1
            note = (f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
                    f"<text:note-body><text:p>{escape(words)}</text:p></text:note-body></text:note>")
            written[-1] = written[-1].replace("</text:p>", note + "</text:p>")
        else:
            shape = {"p": '<text:p text:style-name="Body">{}</text:p>', "quote": '<text:p text:style-name="Quotations">{}</text:p>',
                     "li": '<text:list-item><text:p text:style-name="Item">{}</text:p></text:list-item>'}[kind]
            written.append(shape.format(escape(words)))
    if listed:
        written.append("</text:list>")
    return FLAT.format(title=escape(text.title), head=HEAD, columns=columns, body="\n".join(written))


def odt_table(rows):
    cell = '<table:table-cell table:style-name="Cell" office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    written = "".join("<table:table-row>" + "".join(cell.format(escape(word)) for word in row) + "</table:table-row>"
                      for row in rows)
    return f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{written}</table:table>'


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" style:font-size-asian="11pt"
 style:font-name-asian="WenQuanYi Zen Hei" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/>
</style:default-style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties style:font-size-asian="20pt" fo:font-size="20pt"/></style:style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-indent="22pt"
 fo:text-align="justify"/></style:style>
<style:style style:name="Item" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"><style:paragraph-properties fo:margin-left="30pt"
 fo:margin-right="30pt"/></style:style>
<style:style style:name="H1" style:family="paragraph" style:default-outline-level="1"><style:paragraph-properties
 fo:margin-top="14pt" fo:margin-bottom="8pt" fo:keep-with-next="always"/><style:text-properties style:font-size-asian="16pt"
 fo:font-size="16pt" style:font-weight-asian="bold" fo:font-weight="bold"/></style:style>
<style:style style:name="H2" style:family="paragraph" style:default-outline-level="2"><style:paragraph-properties
 fo:margin-top="10pt" fo:margin-bottom="6pt" fo:keep-with-next="always"/><style:text-properties style:font-size-asian="13pt"
 fo:font-size="13pt" style:font-weight-asian="bold" fo:font-weight="bold"/></style:style>
<style:style style:name="H3" style:family="paragraph" style:default-outline-level="3"><style:paragraph-properties
 fo:margin-top="8pt" fo:margin-bottom="4pt" fo:keep-with-next="always"/><style:text-properties style:font-size-asian="12pt"
 fo:font-size="12pt" style:font-weight-asian="bold" fo:font-weight="bold"/></style:style>
<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-prefix="第" style:num-suffix="章 " style:num-format="一, 二, 三, ..."/>
<text:outline-level-style text:level="2" style:num-suffix="、" style:num-format="一, 二, 三, ..."/>
<text:outline-level-style text:level="3" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/>
</text:outline-style>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
</office:styles>
<office:automatic-styles>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:padding="3pt"/></style:style>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin="2cm"><style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/></style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:header><text:p>{head}</text:p></style:header>
<style:footer><text:p>第<text:page-number text:select-page="current"/>页</text:p></style:footer></style:master-page>
</office:master-styles>
<office:body><office:text><text:p text:style-name="Title">{title}</text:p>
{body}
</office:text></office:body></office:document>
"""


def office_cases(text, name, folder):
    source = folder / f"{name}.fodt"
    source.write_text(flat_odt(text, 1), "utf-8")
    double = folder / f"{name} two columns.fodt"
    double.write_text(flat_odt(text, 2), "utf-8")
    for ending in ("odt", "docx", "rtf", "epub", "html", "pdf"):
        file = converted(source, ending)
        if file:
            # The program writes no numbers of headings into books.
            written = text.without_numbers() if ending == "epub" else text
            yield Case(f"{ending.upper()}, our own", "by LibreOffice", file, written.blocks(around(file)), typeset=True)
    file = converted(double, "pdf")
    if file:
        yield Case("PDF, our own", "by LibreOffice, two columns", file, text.blocks(around(file)), typeset=True)
    for written, columns in ((source, ""), (double, ", two columns")):
        file = converted(shutil.copy(written, written.with_stem(f"{written.stem} tagged")), TAGGED)
        if file:
            yield Case("PDF with tags, our own", f"by LibreOffice{columns}", file, text.blocks(around(file)), typeset=True)


TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def around(file):
    """What stands around the text: on every page, where there are pages."""
    head = HEAD if "繁" not in file.name else HEAD.translate(str.maketrans("修订讨论征见", "修訂討論徵見"))
    if file.suffix != ".pdf":
        return "" if file.suffix in (".html", ".epub") else head
    told = subprocess.run(["pdfinfo", file], capture_output=True, text=True).stdout
    pages = int(told.partition("Pages:")[2].split()[0]) if "Pages:" in told else 0
    return "".join(f"{head}第{page + 1}页" for page in range(pages))


def converted(source, ending):
    target = source.with_suffix(f".{ending.partition(':')[0]}")
    if not target.exists() and shutil.which("soffice"):
        profile = f"-env:UserInstallation={(source.parent / 'profile').resolve().as_uri()}"
        subprocess.run(["soffice", profile, "--headless", "--convert-to", ending, "--outdir", source.parent, source],
                       capture_output=True, timeout=3600)
    return target if target.exists() else None


def pandoc_cases(text, name, folder):
    if not shutil.which("pandoc"):
        return
    page = folder / f"{name} plain.html"
    page.write_text(f"<html><head><title>{escape(text.title)}</title></head><body>"
                    f"{body_html(text)}</body></html>", "utf-8")
    for ending in ("epub", "docx", "odt"):
        file = folder / f"{name} by pandoc.{ending}"
        if not file.exists():
            subprocess.run(["pandoc", page, "-o", file, "--metadata", f"title={text.title}"], check=True, capture_output=True)
        # The title stands on a page of its own once more.
        again = [Block("neither", 1, text.title)] if ending == "epub" else []
        yield Case(f"{ending.upper()}, our own", "by pandoc", file, text.blocks() + again, typeset=True)


# ---- Notices of offices -----------------------------------------------------------------------------------

# What is below the title; the second line names the office where the first does not.
NUMBERED = ["{short}政办发〔2023〕{count}号", "{office}令第{count}号", "第 {count} 号", "{short}府水字第11200{count}號"]


def write_notice(seed, themes):
    """A notice with the number of its document below the title, and the law that it brings with its chapters and annexes."""
    dice = random.Random(seed)
    names, people, things, deeds = (words.split() for words in dice.choice(themes).strip().split("|")[1:5])
    law, office = f"{names[0]}管理办法", f"禾溪县{dice.choice(things)}局"
    number = NUMBERED[seed % len(NUMBERED)].format(short="禾", office=office, count=dice.randint(11, 99))
    parts = [("number", 0, number), ("p", 0, "各乡镇，县直各单位："),
             ("p", 0, f"《{law}》已经{office}同意，现印发给你们，请结合{dice.choice(things)}的情况认真贯彻执行。"),
             ("right", 0, office), ("right", 0, f"2023年{dice.randint(1, 12)}月{dice.randint(1, 28)}日"), ("p", 0, "（此件公开发布）"),
             ("law", 1, law)]
    article = 0
    for chapter in range(3):
        parts.append(("chapter", 2, f"第{NUMBERS[chapter]}章　{dice.choice(names)}"))
        for _ in range(dice.randint(2, 4)):
            article += 1
            sentences = "".join(dice.choice(SENTENCES).format(
                name=dice.choice(names), who=dice.choice(people), thing=dice.choice(things), other=dice.choice(things),
                deed=dice.choice(deeds), count=dice.randint(20, 90), few=dice.randint(2, 19)) for _ in range(dice.randint(1, 3)))
            parts.append(("p", 0, f"第{numeral(article)}条　{sentences}"))
    form = f"{dice.choice(things)}登记表"
    parts += [("p", 0, f"附件：1.{form}"), ("annex", 1, "附件1"), ("law", 2, form),
              ("p", 0, f"本表由{dice.choice(people)}填写，一式两份，每年春天和秋天各报送一次，逾期不再受理。")]
    return Text(f"关于印发{law}的通知", parts), office


def notice_body(text, bold):
    strong = "<b>{}</b>" if bold else "{}"
    shapes = {"title": f'<p align="center">{strong}</p>', "law": f'<p style="text-align: center;">{strong}</p>',
              "number": '<p align="center">{}</p>', "chapter": f'<p align="center">{strong}</p>',
              "right": '<p align="right">{}</p>', "annex": "<p>{}</p>", "p": "<p>　　{}</p>"}
    return "".join(shapes[kind].format(escape(words)) for kind, _, words in [("title", 0, text.title), *text.parts])


def notice_page(text, office, bold):
    """Such a notice on the page of an office, which records it in a box above."""
    number = text.parts[0][2]
    cells = [("索引号：", "000014349/2023-00012", "主题分类：", "农业、水利"), ("发文机关：", office, "成文日期：", "2023年04月01日"),
             ("标　　题：", text.title), ("发文字号：", number, "发布日期：", "2023年04月05日")]
    box = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_禾溪县</title></head><body>
<div class="header"><ul>{links(LINKS)}</ul></div><div>当前位置：<a>首页</a> &gt; <a>公文</a> &gt; 正文</div>
<table width="90%" border="1">{box}</table><div class="con">{notice_body(text, bold)}</div><div class="share">分享到：<a>微信</a> <a>微博</a></div>
<div>上一篇：<a>渡口停航通知</a></div><div class="footer"><p>主办：禾溪县办公室　备案号：〇〇七</p></div></body></html>"""
    chrome = [*LINKS, "当前位置：首页>公文>正文", "".join("".join(row) for row in cells), "分享到：微信微博", "上一篇：渡口停航通知",
              "主办：禾溪县办公室备案号：〇〇七"]
    return page, "".join(chrome)


def notice_cases(folder, themes):
    """Notices as pages, with bold lines in the middle and without; as plain text; and as an office document by LibreOffice."""
    for seed in range(12):
        text, office = write_notice(seed, themes)
        blocks = [Block("body", 1, text.title)] + [Block("body", level + 1 if level else 0, words)
                                                   for _, level, words in text.parts]
        for bold in (True, False):
            page, chrome = notice_page(text, office, bold)
            file = folder / f"notice {seed} {'bold' if bold else 'plain'}.html"
            file.write_text(page, "utf-8")
            yield Case("HTML, our own", f"a notice, {'bold' if bold else 'not bold'}", file, blocks + [Block("chrome", 0, chrome)])
        lines = [text.title] + [("　　" if kind == "p" else "") + words for kind, _, words in text.parts]
        file = folder / f"notice {seed}.txt"
        file.write_text("\n\n".join(lines) + "\n", "utf-8")
        yield Case("text, our own", "a notice", file, blocks)
        # The same without anything around it, for a program that makes an office document of it.
        bare_page = folder / f"notice {seed} bare.html"
        bare_page.write_text(f"<html><body>{notice_body(text, True)}</body></html>", "utf-8")
        file = converted(bare_page, "docx:MS Word 2007 XML")
        if file:
            yield Case("DOCX, our own", "a notice, by LibreOffice", file, blocks)


# ---- All of them ------------------------------------------------------------------------------------------


def cases(folder, program):
    """Texts in both scripts, written out in every format."""
    folder.mkdir(parents=True, exist_ok=True)
    themes = WORDS.read_text("utf-8").splitlines()
    for seed, chapters in ((1, 3), (4, 5), (8, 8)):
        text = write_text(seed, themes, chapters)
        for name, version, encodings in ((f"{seed}", text, ["utf-8", "gb18030"]),
                                         (f"{seed} 繁", traditional(text, program), ["utf-8", "big5"])):
            yield from page_cases(version, name, folder, encodings)
            yield from office_cases(version, name, folder)
            yield from pandoc_cases(version, name, folder)
    yield from notice_cases(folder, themes)


def traditional(text, program):
    """The text in the other script."""
    lines = [text.title] + ["\t".join(cell for row in words for cell in row) if kind == "table" else words
                            for kind, _, words in text.parts]
    answer = subprocess.run([program, "convert", "--to", "traditional"], input="\n".join(lines), text=True,
                            capture_output=True, check=True).stdout.split("\n")
    parts = []
    for (kind, level, words), line in zip(text.parts, answer[1:]):
        if kind == "table":
            cells = line.split("\t")
            words = [cells[at:at + len(words[0])] for at in range(0, len(cells), len(words[0]))]
        else:
            words = line
        parts.append((kind, level, words))
    return Text(answer[0], parts)

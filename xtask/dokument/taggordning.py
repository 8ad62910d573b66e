"""Reads a PDF as a screen reader does, in the order of its tags, and compares it with the page.

A PDF can look right and be read in another order. What the tags say, element by element, must be
the same text in the same order as the HTML of the same document.
"""

import re
import unicodedata
from pathlib import Path

import pikepdf
from lxml import html

# Figures are read by their alternative text; what is drawn in them is not running text.
# A list of contents has page numbers on paper and none on the screen; a list's marks are drawn by
# the style sheet there.
SKIPPED_TAGS = {"/Figure", "/Formula", "/TOC", "/Lbl"}
SKIPPED_HTML = ".//script | .//style | .//svg | .//template | .//nav//ol"
CONTEXT = 40


def pdf_text(pdf: Path) -> str:
    """All tagged text in the order of the structure tree."""
    with pikepdf.open(pdf) as document:
        pages = {page.objgen: marked_text(page) for page in document.pages}
        pieces: list[str] = []
        collect(document.Root.StructTreeRoot, None, pages, pieces)
    return "".join(pieces)


def collect(element, page, pages, pieces: list[str]) -> None:
    """Walks one structure element and what is below it."""
    if isinstance(element, int):
        pieces.append(pages[page].get(element, ""))
        return
    if isinstance(element, pikepdf.Array):
        for kid in element:
            collect(kid, page, pages, pieces)
        return
    page = element.Pg.objgen if "/Pg" in element else page
    kind = element.get("/Type")
    if kind == "/OBJR":
        return
    if kind == "/MCR":
        pieces.append(pages[page].get(int(element.MCID), ""))
        return
    if element.get("/S") in SKIPPED_TAGS:
        return
    if "/ActualText" in element:
        pieces.append(str(element.ActualText))
        return
    if "/K" in element:
        collect(element.K, page, pages, pieces)


def marked_text(page) -> dict[int, str]:
    """The text of each piece of marked content on a page."""
    fonts = {name: to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    stack: list[tuple[int | None, str | None]] = []
    text: dict[int, str] = {}
    table: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                stack.append(mark(operands, page))
            case "BMC":
                stack.append((None, None))
            case "EMC":
                mcid, spoken = stack.pop()
                if spoken is not None:
                    put(text, stack, mcid, spoken)
            case "Tf":
                table = fonts[str(operands[0])]
            case "Tj" | "TJ" | "'" | '"':
                if not any(spoken is not None for _, spoken in stack):
                    put(text, stack, None, decode(operands[-1], table))
    return text


def mark(operands, page) -> tuple[int | None, str | None]:
    """The number and the spoken text that a marked piece carries."""
    properties = operands[1]
    if isinstance(properties, pikepdf.Name):
        properties = page.Resources.Properties[properties]
    mcid = properties.get("/MCID")
    spoken = properties.get("/ActualText")
    return (None if mcid is None else int(mcid), None if spoken is None else str(spoken))


def put(text: dict[int, str], stack, mcid: int | None, piece: str) -> None:
    """Adds text to the innermost numbered piece; what has no number is decoration."""
    numbered = (number for number, _ in reversed(stack) if number is not None)
    inner = mcid if mcid is not None else next(numbered, None)
    if inner is not None:
        text[inner] = text.get(inner, "") + piece


def decode(operand, table: dict[bytes, str]) -> str:
    """The characters of a shown string, by the font's own table."""
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(table.get(codes[i : i + 2], "\ufffd") for i in range(0, len(codes), 2))


def to_unicode(font) -> dict[bytes, str]:
    """The font's table from codes to characters (two bytes per code, as Typst writes them)."""
    source = font.ToUnicode.read_bytes().decode("latin-1")
    table: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.S):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            table[bytes.fromhex(code)] = bytes.fromhex(value).decode("utf-16-be")
    triple = r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>"
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.S):
        for first, last, value in re.findall(triple, block):
            start = int(value, 16)
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                table[code.to_bytes(2)] = chr(start + step)
    return table


def with_swapped_paragraphs(source: bytes) -> bytes:
    """The page with its first and last paragraph in each other's place: must not pass."""
    tree = html.fromstring(source)
    paragraphs = tree.findall(".//main//p")
    first, last = paragraphs[0], paragraphs[-1]
    first.text, last.text = last.text_content(), first.text_content()
    return html.tostring(tree, encoding="utf-8")


def html_text(source: bytes) -> str:
    """The running text of the page."""
    tree = html.fromstring(source, parser=html.HTMLParser(encoding="utf-8")).find(".//main")
    for element in tree.xpath(SKIPPED_HTML):
        element.drop_tree()
    return tree.text_content()


def letters(text: str) -> str:
    """Only what is read: line ends, blanks and soft hyphens are layout."""
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"[\s\u00a0\u00ad\u200b\u2060]+", "", text)


def remarks(pdf: Path) -> list[str]:
    """Where the two first differ, if they do."""
    page = pdf.with_suffix(".html")
    if not page.exists():
        return [f"taggordning: {page.name} saknas"]
    source = page.read_bytes()
    if not differences(pdf, with_swapped_paragraphs(source)):
        return ["taggordning: två omkastade stycken märks inte"]
    return differences(pdf, source)


def differences(pdf: Path, source: bytes) -> list[str]:
    """The first place where the tags and the page part."""
    said, meant = letters(pdf_text(pdf)), letters(html_text(source))
    if said == meant:
        return []
    pairs = enumerate(zip(said, meant))
    place = next((i for i, (a, b) in pairs if a != b), min(len(said), len(meant)))
    around = slice(max(0, place - CONTEXT // 2), place + CONTEXT)
    return [f"taggordning: PDF:en läser …{said[around]}… men sidan …{meant[around]}…"]

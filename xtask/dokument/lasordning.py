"""The three formats say the same words in the same order.

For each `NAME.pdf` in a folder, the text that poppler reads out of the PDF must equal the text
of `NAME.html`, and so must the text of `NAME.docx` as python-docx reads it. Run by
`cargo xtask test` with the Python of `.verktyg/venv`; needs `pdftotext` (poppler-utils) and
python-docx. Exit code 1 when anything differs.
"""

import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.table import Table

# The text area of the PDF in points: inside the running head and foot (dokument.typ).
AREA = ["-x", "0", "-y", "76", "-W", "596", "-H", "698"]

# Elements whose text is not on the page.
UNSEEN = {"style", "title", "script", "head"}


class Reader(HTMLParser):
    """Collects what is seen, and what only the page-bound formats repeat or lack."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.words: list[str] = []
        self.heads: list[str] = []
        self.contents: list[str] = []
        self.drawn: list[str] = []
        self.markers: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in {"meta", "br", "link"}:
            self.inside.append(tag)
        if tag == "thead":
            self.heads.append("")
        if tag == "svg":
            self.drawn.append("")
        if tag == "li" and "nav" not in self.inside:
            self.markers += ["–", f"{len(self.markers) // 2 + 1}."]

    def handle_startendtag(self, tag, attrs):
        """`<rect/>` opens nothing."""

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if UNSEEN & set(self.inside) or "header" in self.inside:
            return
        text = plain(data)
        if "svg" in self.inside:
            self.drawn[-1] += text
            self.words.append(text)
            return
        if "thead" in self.inside:
            self.heads[-1] += text
        if "nav" in self.inside and "a" in self.inside:
            self.contents.append(text)
        self.words.append(text)


def plain(text: str) -> str:
    """Letters, digits and signs only: lines may break and words be divided anywhere."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u200b\u2060-]+", "", text)


def html_text(file: Path) -> Reader:
    reader = Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader


def pdf_text(file: Path) -> str:
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-nopgbrk", *AREA, str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def without_page_numbers(text: str, contents: list[str]) -> str:
    """A line of contents ends in dots and a page number, which only paper has."""
    lines = []
    for line in text.splitlines():
        entry = re.fullmatch(r"(.*?)(?:\s*\.){3,}[\s\u2060]*\d+\s*", line)
        if entry and any(c.endswith(plain(entry[1])) for c in contents):
            line = entry[1]
        lines.append(line)
    return plain("".join(lines))


def compare(expected: str, got: str, repeated: list[str]) -> str | None:
    """Where the texts part; what only paper has is passed over: repeated heads, list marks."""
    here = there = 0
    while here < len(expected) or there < len(got):
        if expected[here : here + 1] == got[there : there + 1]:
            here, there = here + 1, there + 1
            continue
        head = skipped(expected, here, got, there, repeated)
        if head is None:
            return f"väntade …{expected[max(0, here - 40):here + 60]!r}, " \
                   f"fick …{got[max(0, there - 40):there + 60]!r}"
        there += head
    return None


def skipped(expected, here, got, there, repeated) -> int | None:
    """How much of `got` is a repeated head, when the text goes on after it.

    A head may have begun with the same letters as the next row: then the texts part some
    letters into it, and the head began up to that many letters ago.
    """
    for head in repeated:
        for back in range(0, min(len(head), here, there) + 1):
            start = there - back
            if got.startswith(head, start) and got.startswith(
                expected[here - back : here + 12], start + len(head)
            ):
                return len(head)
    return None


def docx_text(file: Path) -> str:
    """Paragraphs and tables in document order, as python-docx sees them."""
    document = docx.Document(str(file))
    parts = []
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            parts.append("".join(t.text or "" for t in element.iter(qn("w:t"))))
        elif element.tag == qn("w:tbl"):
            for row in Table(element, document).rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                parts += ["".join(t.text or "" for t in c.iter(qn("w:t"))) for c in cells]
    return plain("".join(parts))


def docx_remarks(file: Path) -> list[str]:
    """What an independent reader finds of title, language, heads, captions and pictures."""
    document = docx.Document(str(file))
    properties = document.core_properties
    remarks = []
    if not properties.title or not properties.language:
        remarks.append("titel eller språk saknas i egenskaperna")
    for table in document.tables:
        first = table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        if first is None or caption is None or not caption.get(qn("w:val")):
            remarks.append(f"tabell utan rubrikrad eller rubrik: {table.rows[0].cells[0].text}")
    for picture in document.inline_shapes:
        if not picture._inline.docPr.get("descr"):
            remarks.append("bild utan alternativtext")
    levels = [int(p.style.name[-1]) for p in document.paragraphs
              if p.style.name.startswith("Heading ")]
    if any(b > a + 1 for a, b in zip([0] + levels, levels)):
        remarks.append(f"rubriknivåer hoppar: {levels}")
    return remarks


def remarks_on(pdf: Path) -> list[str]:
    """Everything that differs for one document."""
    page = html_text(pdf.with_suffix(".html"))
    expected = "".join(page.words)
    remarks = []
    got = without_page_numbers(pdf_text(pdf), page.contents)
    if difference := compare(expected, got, page.heads + page.markers):
        remarks.append(f"PDF: {difference}")
    # Word holds the chart as a picture: its words are in the table after it.
    for drawn in page.drawn:
        expected = expected.replace(drawn, "", 1)
    word = pdf.with_suffix(".docx")
    if difference := compare(expected, docx_text(word), []):
        remarks.append(f"DOCX: {difference}")
    return remarks + [f"DOCX: {remark}" for remark in docx_remarks(word)]


def control(pdf: Path) -> bool:
    """A comparison that cannot fail is none: one figure changed, two words swapped."""
    words = html_text(pdf.with_suffix(".html")).words
    text = "".join(words)
    changed = text.replace("8", "9", 1)
    swapped = "".join([*words[:3], words[4], words[3], *words[5:]])
    return all(compare(text, other, []) for other in (changed, swapped) if other != text)


def main(folder: Path) -> int:
    files = sorted(folder.glob("*.pdf"))
    if not files or not all(control(f) for f in files):
        print(f"{folder}: inget att jämföra, eller en jämförelse som inte kan falla")
        return 1
    failed = 0
    for file in files:
        remarks = remarks_on(file)
        failed += bool(remarks)
        print(f"{'FEL' if remarks else 'ok '} {file.stem}: läsordning")
        for remark in remarks:
            print(f"    {remark}")
    print(f"{len(files) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

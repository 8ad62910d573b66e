"""Two independent validators read every PDF in a folder; DOCX files must open as what they are.

Run by `cargo xtask test` with the Python of `.verktyg/venv`. Exit code 1 when anything fails.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import taggordning
import page

# One file carries both: an archive asks for the first, a reader with a screen reader the second.
PROFILES = [page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1]

# Rules of outloud that judge by guessing, each with the reason why the guess is wrong here.
OUTLOUD_EXCEPTIONS = {
    "TBL-010": "a table with one value per row has more header cells than data cells by nature",
}

# What the checkers throw when they cannot read a file at all.
UNREADABLE = (
    page.PageError,
    OSError,
    subprocess.CalledProcessError,
    zipfile.BadZipFile,
    ElementTree.ParseError,
    KeyError,
    ValueError,
)

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def lengths_hold(pdf: Path) -> bool:
    """Whether every stream ends exactly where its /Length says, counted byte by byte."""
    data = pdf.read_bytes()
    starts = list(re.finditer(rb"/Length (\d+)(?! \d+ R)[^>]*>>\s*stream\r?\n", data))
    ends = (data[m.end() + int(m.group(1)) :][:11] for m in starts)
    return bool(starts) and all(re.match(rb"\r?\n?endstream", end) for end in ends)


def page_remarks(pdf: Path) -> list[str]:
    """What page-validation has against the file, profile by profile.

    It takes a stream whose last byte happens to be a carriage return for one byte shorter
    (the line feed before `endstream` is not part of it), so that rule is counted here.
    """
    remarks = []
    whole = lengths_hold(pdf)
    for profile in PROFILES:
        report = page.validate_pdf(pdf, profile=profile)
        failures = [
            failure
            for failure in report.failures
            if not (whole and failure.rule_id.endswith("-STREAM-LENGTH-001"))
        ]
        for failure in failures[:10]:
            remarks.append(f"page {profile.value} {failure.rule_id}: {failure.message}")
        if not report.is_compliant and not report.failures:
            remarks.append(f"page {profile.value}: följer inte profilen")
    return remarks


def outloud_remarks(pdf: Path) -> list[str]:
    """What outloud counts as errors, exceptions apart."""
    program = Path(sys.executable).with_name("outloud")
    command = [program, "--no-info", "--fail-on", "never", "--json", "-", pdf]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(answer.stdout)["results"][0]
    if result["error"]:
        return [f"outloud: {result['error']}"]
    return [
        f"outloud {finding['rule']} sida {finding['page']}: {finding['message']}"
        for finding in result["findings"]
        if finding["severity"] == "error" and finding["rule"] not in OUTLOUD_EXCEPTIONS
    ]


def docx_remarks(docx: Path) -> list[str]:
    """Header rows, alternative texts and language: what a board's reader needs in Word."""
    with zipfile.ZipFile(docx) as packet:
        body = ElementTree.fromstring(packet.read("word/document.xml"))
        styles = packet.read("word/styles.xml").decode()
    remarks = []
    tables = list(body.iter(f"{WORD}tbl"))
    headless = [t for t in tables if t.find(f".//{WORD}tblHeader") is None]
    if headless:
        remarks.append(f"docx: {len(headless)} av {len(tables)} tabeller saknar rubrikrad")
    silent = [d for d in body.iter() if d.tag.endswith("}docPr") and not d.get("descr")]
    if silent:
        remarks.append(f"docx: {len(silent)} bilder saknar alternativtext")
    if "sv-SE" not in styles and body.find(f".//{WORD}lang") is None:
        remarks.append("docx: språket är inte angivet")
    return remarks


def attempt(check, file: Path) -> list[str]:
    """A file that a checker cannot even read is a remark, not a crash."""
    try:
        return check(file)
    except UNREADABLE as error:
        return [f"{check.__name__}: kan inte läsas: {error}"]


def control() -> list[str]:
    """Checkers that pass an untagged file are not checkers: both must speak about this one."""
    with tempfile.TemporaryDirectory() as folder:
        bad = Path(folder) / "untagged.pdf"
        bad.write_bytes(untagged_pdf())
        return [c.__name__ for c in (page_remarks, outloud_remarks) if not attempt(c, bad)]


def untagged_pdf() -> bytes:
    """The smallest page with a word on it, and nothing that a screen reader could use."""
    stream = b"BT /F1 12 Tf 20 100 Td (Hej) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    size = len(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return body + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


def main(folder: Path) -> int:
    """Prints one line per file and the remarks below it."""
    if silent := control():
        print(f"Kontrollen föll: {', '.join(silent)} godtog en PDF utan taggar")
        return 1
    checks = {".pdf": [page_remarks, outloud_remarks, taggordning.remarks], ".docx": [docx_remarks]}
    files = sorted(f for f in folder.iterdir() if f.suffix in checks)
    failed = 0
    for file in files:
        remarks = [remark for check in checks[file.suffix] for remark in attempt(check, file)]
        failed += bool(remarks)
        print(f"{'FEL' if remarks else 'ok '} {file.name}")
        for remark in remarks:
            print(f"    {remark}")
    if not any(f.suffix == ".pdf" for f in files):
        print(f"{folder}: ingen PDF att granska")
        return 1
    print(f"{len(files) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

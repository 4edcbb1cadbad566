"""Small PDF files: an assurance report as an accountant makes it, and files that pretend to be one."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def rapport(tekst: str = "Goedkeurend", bladen: int = 1) -> bytes:
    """Return a PDF with a text on each page; another text is another file."""
    schrijver = _schrijver(tekst, bladen)
    return _bytes(schrijver)


def versleuteld(wachtwoord: str) -> bytes:
    schrijver = _schrijver("Geheim", 1)
    schrijver.encrypt(wachtwoord, algorithm="AES-256")
    return _bytes(schrijver)


def met_actie(soort: str, waar: str = "openen") -> bytes:
    """Return a PDF that does something: when it is opened, when a page is shown, or at a click."""
    schrijver = _schrijver("Klik hier", 1)
    actie = DictionaryObject({NameObject("/S"): NameObject(soort)})
    if soort == "/JavaScript":
        actie[NameObject("/JS")] = TextStringObject("app.alert('hallo')")
    if waar == "openen":
        schrijver.root_object[NameObject("/OpenAction")] = schrijver._add_object(actie)
    elif waar == "blad":
        schrijver.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): actie})
    else:
        klik = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject(NumberObject(n) for n in (0, 0, 100, 100)),
                NameObject("/A"): actie,
            }
        )
        schrijver.pages[0][NameObject("/Annots")] = ArrayObject([schrijver._add_object(klik)])
    return _bytes(schrijver)


def met_bijlage() -> bytes:
    schrijver = _schrijver("Zie bijlage", 1)
    schrijver.add_attachment("cijfers.exe", b"MZ")
    return _bytes(schrijver)


def met_formulier() -> bytes:
    schrijver = _schrijver("Formulier", 1)
    schrijver.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): TextStringObject("<xdp/>"), NameObject("/Fields"): ArrayObject()}
    )
    return _bytes(schrijver)


def zonder_bladen() -> bytes:
    return _bytes(_schrijver("", 0))


def in_objectstroom(soort: str) -> bytes:
    """Return a PDF whose objects lie packed in a stream, so that no word of them stands in the file in the clear."""
    import zlib

    delen = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S%s>>>>" % soort.encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
    ]
    plekken, plek = [], 0
    for nummer, deel in enumerate(delen, 1):
        plekken.append(b"%d %d" % (nummer, plek))
        plek += len(deel) + 1
    kop = b" ".join(plekken) + b"\n"
    inhoud = zlib.compress(kop + b"\n".join(delen))
    uit = b"%PDF-1.7\n"
    stroom = len(uit)
    uit += b"4 0 obj<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>stream\n" % (
        len(kop),
        len(inhoud),
    )
    uit += inhoud + b"\nendstream endobj\n"
    tabel = len(uit)
    rijen = b"".join(
        bytes([soort_, *plek_.to_bytes(4, "big"), volgnummer])
        for soort_, plek_, volgnummer in [
            (0, 0, 0),
            (2, 4, 0),
            (2, 4, 1),
            (2, 4, 2),
            (1, stroom, 0),
            (1, tabel, 0),
        ]
    )
    uit += b"5 0 obj<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(rijen)
    return uit + rijen + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % tabel


def _schrijver(tekst: str, bladen: int) -> PdfWriter:
    schrijver = PdfWriter()
    for nummer in range(bladen):
        blad = schrijver.add_blank_page(595, 842)
        inhoud = DecodedStreamObject()
        inhoud.set_data(f"BT /F1 12 Tf 72 720 Td ({tekst} {nummer + 1}) Tj ET".encode())
        blad[NameObject("/Contents")] = schrijver._add_object(inhoud)
    return schrijver


def _bytes(schrijver: PdfWriter) -> bytes:
    uit = BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def kaal(
    catalogus: bytes = b"",
    blad: bytes = b"",
    objecten: Sequence[bytes] = (),
    *,
    in_tweede_tabel: bool = False,
) -> bytes:
    """Return a PDF of one page written by hand: what is added to its catalogue and page, and objects from 4 on.

    ``in_tweede_tabel``: object 4 is called free, and found in a second table of parts, as office programs write it.
    """
    delen = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogus,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] %b >>" % blad,
        *objecten,
    ]
    uit, plaatsen = b"%PDF-1.7\n", []
    for nummer, deel in enumerate(delen, 1):
        plaatsen.append(len(uit))
        uit += b"%d 0 obj\n%b\nendobj\n" % (nummer, deel)
    regels = [b"%010d 00000 n \n" % plaats for plaats in plaatsen]
    verwijzing = b""
    if in_tweede_tabel:
        regels[3] = b"0000000000 00000 f \n"
        verwijzing = b"/XRefStm %d" % len(uit)
        rij = b"\1" + plaatsen[3].to_bytes(4, "big") + b"\0"
        uit += (
            b"9 0 obj\n<< /Type /XRef /Size 10 /W [1 4 1] /Index [4 1] /Length %d >>\nstream\n%b\nendstream\nendobj\n"
            % (len(rij), rij)
        )
    kop = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(regels) + 1, b"".join(regels))
    staart = b"trailer\n<< /Size 10 /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (verwijzing, len(uit))
    return uit + kop + staart

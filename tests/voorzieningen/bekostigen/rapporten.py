"""Small PDF files: an assurance report as an accountant makes it, and files that pretend to be one."""

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

"""The pages under docs/ say what the code says."""

from kernregister.kern.regels.catalogus import catalogus
from tools import documentatie


def test_the_generated_pages_are_up_to_date():
    paginas = {pad: tekst for bron in documentatie.BRONNEN for pad, tekst in bron().items()}
    oud = [pad.name for pad in documentatie.verouderd(paginas)]
    assert oud == [], "draai: python tools/documentatie.py"


def test_both_indexes_link_to_every_rule():
    paginas = documentatie.regelpaginas()
    for id_ in catalogus():
        assert f"[{id_}]({id_}.md)" in paginas["regels/index.md"]
        assert f"[{id_}]({id_}.md)" in paginas["regels/index.en.md"]


def test_stale_missing_and_orphaned_pages_are_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(documentatie, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(documentatie, "ROOT", tmp_path)
    monkeypatch.setattr(
        documentatie, "BRONNEN", [lambda: {"regels/B04.md": "tekst\n", "regels/B05.md": "tekst\n"}]
    )
    assert documentatie.main([]) == 0
    assert documentatie.main(["--controleer"]) == 0
    (tmp_path / "docs/regels/B04.md").write_text("anders")
    (tmp_path / "docs/regels/B05.md").unlink()
    (tmp_path / "docs/regels/B99.md").write_text("regel die niet meer bestaat")
    assert documentatie.main(["--controleer"]) == 1
    genoemd = capsys.readouterr().err
    assert all(naam in genoemd for naam in ("docs/regels/B04.md", "docs/regels/B05.md", "docs/regels/B99.md"))
    assert documentatie.main([]) == 0
    assert sorted(pad.name for pad in (tmp_path / "docs/regels").iterdir()) == ["B04.md", "B05.md"]

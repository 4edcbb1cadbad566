"""The log of the machine: traced, and without a number, whoever wrote the line and whatever went wrong."""

import io
import json
import logging
import logging.config
import sys

import pytest

from kernregister.fictief import nummers
from kernregister.platform import spoor
from kernregister.platform.logboek import instellingen

BSN = nummers.burgerservicenummer(3, 10)


@pytest.fixture(params=[False, True], ids=["tekst", "json"])
def logt(request, monkeypatch):
    """Set logging up as an installation has it, and give what it wrote."""
    stroom = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stroom)
    wortel = logging.getLogger()
    handlers, niveau = wortel.handlers[:], wortel.level
    logging.config.dictConfig(instellingen(als_json=request.param, niveau="DEBUG"))
    yield stroom.getvalue
    wortel.handlers[:], wortel.level = handlers, niveau


def onhandig(pgn: str) -> None:
    raise ValueError(f"{pgn} bestaat niet")


def test_a_number_in_the_message_its_arguments_or_an_exception_is_masked(logt):
    bron = logging.getLogger("kernregister.proef")
    bron.info("persoon %s", BSN)
    bron.info("persoon %(pgn)s", {"pgn": BSN})
    bron.info(f"persoon {BSN}")
    bron.info("te weinig %s %s", BSN)
    bron.debug("rij %r", {"burgerservicenummer": BSN, "getal": int(BSN)})
    bron.warning("met stapel " + BSN, stack_info=True)
    try:
        try:
            onhandig(BSN)
        except ValueError as fout:
            raise LookupError(f"bij {BSN}") from fout
    except LookupError:
        bron.exception("mislukt voor %s", BSN)
    logging.getLogger("django.request").error("Internal Server Error: /personen/%s", BSN)
    tekst = logt()
    assert BSN not in tekst
    assert "LookupError" in tekst
    assert "Traceback" in tekst
    assert tekst.count("[nummer]") >= 8


def test_every_line_carries_its_trace(logt):
    with spoor.volg(spoor.nieuw("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")):
        logging.getLogger("kernregister.proef").info("binnen")
    assert "0af7651916cd43dd8448eb211c80319c" in logt()


def test_as_json_each_record_is_one_line(monkeypatch):
    from kernregister.platform.logboek import JsonRegel, ZonderNummers

    record = logging.LogRecord("bron", logging.ERROR, "pad", 1, "twee\nregels \u2028 %s", (BSN,), None)
    assert ZonderNummers().filter(record)
    regel = JsonRegel().format(record)
    assert "\n" not in regel
    assert json.loads(regel)["bericht"] == "twee\nregels \u2028 [nummer]"


@pytest.mark.parametrize(
    "kop",
    [
        *(
            None,
            "",
            "onzin",
            "00-" + "0" * 32 + "-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-" + "0" * 16,
        ),
        *(
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        ),
        *(
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "x" * 100_000,
            "00-" + "\u0661" * 32 + "-b7ad6b7169203331-01",
        ),
    ],
)
def test_without_a_trace_that_can_be_used_a_new_one_begins(kop):
    hier = spoor.nieuw(kop)
    assert len(hier.trace_id) == 32
    assert hier.trace_id != "0af7651916cd43dd8448eb211c80319c"
    assert hier.parent_span_id == ""
    assert spoor.nieuw(hier.traceparent).trace_id == hier.trace_id


def test_a_trace_is_handed_on_and_left_again():
    with spoor.volg(spoor.nieuw("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")) as hier:
        assert (hier.parent_span_id, spoor.trace_id()) == (
            "b7ad6b7169203331",
            "0af7651916cd43dd8448eb211c80319c",
        )
        assert spoor.huidig() is hier
    assert spoor.trace_id() != "0af7651916cd43dd8448eb211c80319c"

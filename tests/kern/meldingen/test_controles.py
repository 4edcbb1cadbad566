"""The controls of a melding itself say nothing that a rule says as well."""

from kernregister.kern.meldingen.controles import CONTROLES
from kernregister.kern.regels.catalogus import catalogus

NUMMER_ONTBREEKT = "MBO-PER-003"
"""The one that both have: a file can lack a number too, and no control looks at files."""


def test_a_refusal_is_of_the_melding_or_of_a_rule_and_not_of_both():
    van_regels = {regel.afkeurcode for regel in catalogus().values() if regel.afkeurcode}
    assert {controle.afkeurcode for controle in CONTROLES.values()} & van_regels == {NUMMER_ONTBREEKT}

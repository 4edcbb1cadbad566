"""Whether the pass of a transaction gives sight of the figures or signals of an institution."""

from __future__ import annotations

from kernregister.kern.tijd import Studiejaar
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.fouten import Onvindbaar


def keur_cijfers(instelling: str, verbinding: str, studiejaar: Studiejaar | None = None) -> Studiejaar | None:
    """Refuse who may not see the figures of an institution: they are counted where no policy holds.

    The database verifies the pass, as it does for rows. On the connection of the apply step everything is open.

    Returns:
        the studiejaar that was asked for; an accountant who asked for none gets that of the pass.

    Raises:
        Onvindbaar: not for this pass, or not for this studiejaar.
    """
    if verbinding == "stelsel":
        return studiejaar
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT coalesce(pas_sleutel('instelling'), pas_sleutel('accountant')) = %s OR pas_soort() = 'duo',"
            " lower(register_studiejaar()), pas_soort() = 'accountant'",
            [instelling],
        )
        mag, begin, accountant = sql.fetchone() or (False, None, False)
    if not mag or (accountant and begin is None):
        raise Onvindbaar(f"Van instelling {instelling} zijn hier geen cijfers.")
    if begin is None:
        return studiejaar
    eigen = Studiejaar.van(begin)
    if studiejaar not in {None, eigen}:
        raise Onvindbaar(f"Van studiejaar {studiejaar} zijn hier geen cijfers; wel van {eigen}.")
    return eigen


def keur_beheer(verbinding: str) -> None:
    """Refuse who does not look after the register as a whole.

    Raises:
        Onvindbaar: not for this pass.
    """
    if verbinding == "stelsel":
        return
    with cursor(verbinding) as sql:
        sql.execute("SELECT coalesce(pas_soort() = 'duo', false)")
        rij = sql.fetchone()
    if rij is None or not rij[0]:
        raise Onvindbaar("Regels in de schaduw worden alleen aan de beheerder getoond.")

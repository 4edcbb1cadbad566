"""PostgreSQL: embedded under ``var/``, or a server that ``DATABASE_URL`` names; its roles, database and rights.

The door is `klaarzetten`: it starts what must be started, makes what is missing, and returns the three addresses.
`verbindingen` returns them without doing anything. Whoever needs a PostgreSQL elsewhere uses `Cluster`.
"""

from kernregister.platform.databank.cluster import Cluster
from kernregister.platform.databank.fouten import Databankfout
from kernregister.platform.databank.rollen import APP, EIGENAAR, STELSEL
from kernregister.platform.databank.verbindingen import Verbindingen, klaarzetten, verbindingen

__all__ = [
    "APP",
    "EIGENAAR",
    "STELSEL",
    "Cluster",
    "Databankfout",
    "Verbindingen",
    "klaarzetten",
    "verbindingen",
]

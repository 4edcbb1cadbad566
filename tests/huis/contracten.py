"""Two contracts for import-linter that the house needs beside the ready-made ones."""

import sys
from abc import abstractmethod
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application.contract_utils import AlertLevel, remove_ignored_imports_and_report
from importlinter.domain.helpers import module_expressions_to_modules


class _ImportContract(Contract):
    """A contract about single imports: says for each import whether it is forbidden."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = sorted(
            (importer, imported)
            for importer in self.importers(graph)
            for imported in graph.find_modules_directly_imported_by(importer)
            if self.forbids(importer, imported)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} may not import {imported}")

    @abstractmethod
    def importers(self, graph: ImportGraph) -> set[str]:
        """Return the modules that this contract is about."""

    @abstractmethod
    def forbids(self, importer: str, imported: str) -> bool:
        """Tell whether a module may not import another."""


class OnlyTheseContract(_ImportContract):
    """Packages import the standard library, themselves and what is allowed, and nothing else."""

    type_name = "only_these"

    modules = fields.SetField(subfield=fields.ModuleExpressionField())
    allowed = fields.SetField(subfield=fields.StringField(), required=False)
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        remove_ignored_imports_and_report(graph, self.ignore_imports, AlertLevel.NONE)
        return super().check(graph, verbose)

    def importers(self, graph: ImportGraph) -> set[str]:
        self._packages: Any = {m.name for m in module_expressions_to_modules(graph, self.modules)}
        return self._packages.union(*map(graph.find_descendants, self._packages))

    def forbids(self, importer: str, imported: str) -> bool:
        parent = _is_in(importer, {imported})  # loaded already
        free = {*self._packages, *(self.allowed or ()), *sys.stdlib_module_names}
        return not parent and not _is_in(imported, free)


class DoorContract(_ImportContract):
    """A room of the house imports another room only through its door: `<house>.<room>.public`."""

    type_name = "door"

    house = fields.StringField()

    def importers(self, graph: ImportGraph) -> set[str]:
        return graph.find_descendants(self.house) if self.house in graph.modules else set()

    def forbids(self, importer: str, imported: str) -> bool:
        room = _room(importer, self.house)
        return imported.startswith(f"{self.house}.") and not _is_in(
            imported, {room, f"{_room(imported, self.house)}.public"}
        )


def _is_in(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _room(module: str, house: Any) -> str:
    return f"{house}.{module.removeprefix(f'{house}.').partition('.')[0]}"

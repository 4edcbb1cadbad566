"""Funding of mbo as decisions that explain themselves: pure functions over a dossier and dated parameters."""

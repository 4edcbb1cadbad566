"""Meldingen: what an institution or a source delivers, what it does to a dossier, and what is answered."""

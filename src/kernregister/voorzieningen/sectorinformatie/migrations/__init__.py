"""Migrations of the room ``sectorinformatie``."""

"""Migrations of bulk changes."""

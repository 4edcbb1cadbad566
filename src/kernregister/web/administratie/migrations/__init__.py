"""Migrations of the own administration."""

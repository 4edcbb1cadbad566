"""Sector information: counts in which nobody can be recognised, asked for, followed and fetched."""

"""Persons: who they are, under which numbers, who follows their data."""

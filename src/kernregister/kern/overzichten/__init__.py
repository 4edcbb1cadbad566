"""Overviews: which records count where."""

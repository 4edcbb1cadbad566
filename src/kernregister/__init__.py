"""Kernregister: the collective core register for Dutch vocational education (mbo)."""

__version__ = "0.1.0"

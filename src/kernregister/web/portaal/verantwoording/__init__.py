"""Accounting for a studiejaar: the assurance report handed in, decided on and read back (Handleiding h. 04)."""

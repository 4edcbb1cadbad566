"""Overviews: RO, OBO and KWC asked for, followed, and their files fetched (Handleiding h. 09 and 12)."""

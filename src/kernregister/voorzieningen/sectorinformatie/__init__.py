"""Sector information: counts of the whole register, in which nobody can be recognised, for who looks at the sector."""

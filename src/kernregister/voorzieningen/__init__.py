"""The facilities of the sector: one room each, entered only through its ``public`` door."""

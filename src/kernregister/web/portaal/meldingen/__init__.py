"""The pages of the meldingen: the journal, what waits to be mended, and delivering a file."""

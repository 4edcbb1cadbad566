"""Reference data: which lists hold and since when, looked up, loaded as a concept and made to hold."""

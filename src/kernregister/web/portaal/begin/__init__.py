"""Where a visit begins: the first page, in which capacity somebody acts, language and theme."""

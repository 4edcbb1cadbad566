"""The work list of signals: by cause, one with its story, the case of two institutions, and files of it."""

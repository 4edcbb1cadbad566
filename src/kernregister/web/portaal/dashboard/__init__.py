"""The dashboard: figures of an institution, and whose records they are (Handleiding h. 06)."""

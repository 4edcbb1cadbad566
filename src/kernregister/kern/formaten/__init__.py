"""File layouts of the register's deliveries: declared once, read and written by that one declaration, streaming."""

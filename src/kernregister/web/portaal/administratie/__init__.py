"""Pages of the own administration: upload, map, compare, and mend difference by difference."""

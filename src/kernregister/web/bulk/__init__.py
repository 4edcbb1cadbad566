"""Bulk changes: the same change to many enrolments, shown beforehand, applied by a worker, student by student."""

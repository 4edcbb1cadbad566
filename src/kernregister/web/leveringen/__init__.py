"""Deliveries of whole files: taken in piece by piece, loaded by a worker, followed by who delivered."""

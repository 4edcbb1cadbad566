"""Adapters to the systems of others: thin, one package each. Rooms never import them."""

"""The own account: who am I, what do my roles open, password, token generator and sessions."""

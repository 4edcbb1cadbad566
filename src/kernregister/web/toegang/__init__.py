"""Who may come in: the connections of machine clients, and what they were given (ADR 0022)."""

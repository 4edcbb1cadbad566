"""The API: routes declared once, with bodies and answers as msgspec structs (ADR 0021)."""

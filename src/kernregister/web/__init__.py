"""The composition root: settings, addresses, the assembly of the API."""

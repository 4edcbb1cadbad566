"""The demo: log in as one of the personas, without a password. Exists in demo mode only."""

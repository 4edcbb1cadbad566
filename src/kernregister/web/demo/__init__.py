"""The demo: a fictitious sector with two years behind it, and the people who work in it. Demo mode only."""

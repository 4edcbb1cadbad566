"""Signals with their life cycle, the figures of the dashboard, the KWC."""

"""Funding: provisional and definitive status, its overviews, and the assurance report."""

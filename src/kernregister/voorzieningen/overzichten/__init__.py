"""Overviews: asked for, made as known at a stand, kept, compared and explained."""

"""Putting a paper where its industry is."""

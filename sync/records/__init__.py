"""Typed rows: every value knows the cell it came from."""

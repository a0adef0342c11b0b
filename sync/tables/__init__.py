"""Which sheet holds what, and which column is which field."""

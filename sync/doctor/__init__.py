"""Is everything in order, and if not, what is to be done."""

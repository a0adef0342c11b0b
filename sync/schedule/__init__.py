"""Runs that nobody watches: when they are due, one at a time, and known afterwards."""

"""Followup: performance follow-up in the spreadsheet HR already has."""

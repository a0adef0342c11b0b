"""An empty workbook for a team that starts from nothing, with a few examples in it."""

"""The summary workbook: one edition's figures with live formulas and native charts."""

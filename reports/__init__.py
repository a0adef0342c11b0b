"""What people read: summaries and letters; never opens a workbook."""

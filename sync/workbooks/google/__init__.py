"""Google Sheets: one read and one atomic write a sync, safe while people are typing."""

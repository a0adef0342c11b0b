"""Every run remembered."""

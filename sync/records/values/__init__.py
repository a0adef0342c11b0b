"""One file for each kind of value people type into a cell; pure functions only."""

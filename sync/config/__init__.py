"""What the user decides: `config.toml` read into one checked value."""

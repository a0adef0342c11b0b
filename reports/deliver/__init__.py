"""Where letters go, each once."""

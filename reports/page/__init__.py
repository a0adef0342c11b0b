"""The page people look at: one file, one audience, no network."""

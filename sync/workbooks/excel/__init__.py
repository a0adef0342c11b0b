"""Excel workbooks: a guarded package, a sheet reader, a surgical writer."""

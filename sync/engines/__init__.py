"""Where workbooks are read and judged: here, in processes, or on a cluster."""

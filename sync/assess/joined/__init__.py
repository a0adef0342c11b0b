"""Several workbooks judged as one organisation."""

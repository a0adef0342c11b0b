"""The lint: every goal against SMART."""

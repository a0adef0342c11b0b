"""The Jinja2 templates of letters and pages."""

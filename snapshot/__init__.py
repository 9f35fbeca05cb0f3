"""The whole public site as files, which any web server can serve."""

"""One reader for each format. They run in the confined child."""

"""The people desk and the cities desk."""

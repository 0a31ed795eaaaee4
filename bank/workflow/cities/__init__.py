"""The cities desk: confirm, rename, merge."""

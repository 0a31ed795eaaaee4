"""The files of entries: their rows, names, pictures, signatures; what no row names any more."""

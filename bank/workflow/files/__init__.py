"""The files of entries: their rows, names, thumbnails and signatures; removal of originals that no row names."""

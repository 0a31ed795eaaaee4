"""Search by meaning: texts cut into passages, passages turned into vectors, vectors compared."""

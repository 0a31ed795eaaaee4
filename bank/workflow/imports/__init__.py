"""What the operator brings: files from folders, samples."""

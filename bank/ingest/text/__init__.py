"""What is done with text once it is read: cleaned, judged, its language told."""

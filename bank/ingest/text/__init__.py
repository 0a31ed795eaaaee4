"""Work on extracted text: cleaning, quality, language, repeated lines, personal data."""

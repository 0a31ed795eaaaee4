"""Title, date and number that a file proposes for its entry. Only proposals: a person confirms them."""

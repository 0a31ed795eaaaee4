"""A judged set of documents and questions, and what it says of search and suggestions (`make evaluate`)."""

"""People: accounts, ways of signing in, invitations, the people desk, what is mailed to them."""

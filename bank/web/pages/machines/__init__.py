"""What programs and keepers ask: feed, health, robots, static files, the API explained."""

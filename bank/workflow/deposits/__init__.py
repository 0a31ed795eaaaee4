"""An entry on its way: begun, filled, handed in. Forms and API call the same functions."""

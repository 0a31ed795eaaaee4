"""An entry on its way: begun, filled, handed in."""

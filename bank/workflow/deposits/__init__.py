"""An entry on its way: begun, filled, handed in. What a form, the API and the commands do with it alike."""

"""The stylesheet of a network's own colour."""

NETWORK_STYLE = "network/colour.css"
DARKENED = 0.55
"""What is left of each channel of the colour where the page is dark."""


def colour_style(colour: str) -> str:
    """The stylesheet that gives the head this colour, and a darker one where the page is dark."""
    dark = "#" + "".join(f"{round(int(colour[at : at + 2], 16) * DARKENED):02x}" for at in (1, 3, 5))
    night = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --brand: {dark}; }} }}"
    return f":root {{ --brand: {colour}; }}\n{night}\n"

"""The network's own look: its logo (BANK_LOGO) and its colour (BANK_COLOUR), as assets beside the bank's."""

from collections.abc import Mapping

from bank.settings import Settings
from bank.web.branding.colour import NETWORK_STYLE, colour_style
from bank.web.branding.logo import load_logo


def network_assets(settings: Settings) -> Mapping[str, bytes]:
    """Name -> bytes of what the settings add to the bank's assets.

    Raises SettingsError for a logo that can't be used.
    """
    added = {}
    if settings.colour:
        added[NETWORK_STYLE] = colour_style(settings.colour).encode()
    if settings.logo:
        logo = load_logo(settings.logo)
        added[logo.name] = logo.body
    return added

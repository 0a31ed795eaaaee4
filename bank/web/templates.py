"""Finds the templates and makes one Jinja2 environment per language of the pages."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bank.errors import SettingsError
from bank.messages import N_, translations
from bank.settings import Settings
from bank.vocabulary import Vocabulary
from bank.web.assets import Asset
from bank.web.branding.colour import NETWORK_STYLE
from bank.web.branding.logo import load_logo
from bank.web.form.licences import LICENCES_BY_ANSWERS, answers_of_licence, named_licence
from bank.web.form.tokens import FormTokens
from bank.web.leaf import leaf_blocks
from bank.web.marked import marked_markup
from bank.web.words import Words
from bank.workflow.rights import has_right


def template_folders(settings: Settings) -> tuple[Path, ...]:
    """Folders of templates: the network's own (BANK_TEMPLATES), then the bank's, in the wheel or beside the package.

    Raises SettingsError where one of them does not exist.
    """
    package = Path(str(files("bank")))
    own = next((path for path in (package / "templates", package.parent / "templates") if path.is_dir()), None)
    if own is None:
        raise SettingsError(N_("The templates of the bank are missing: this installation is incomplete."))
    if settings.templates is None:
        return (own,)
    if not settings.templates.is_dir():
        raise SettingsError(N_("BANK_TEMPLATES: there is no folder {path}"), path=settings.templates)
    return (settings.templates, own)


def template_environments(
    settings: Settings, vocabulary: Vocabulary, assets: Mapping[str, Asset]
) -> Mapping[str, Environment]:
    """Language -> Jinja environment. Everything is escaped; an undefined variable is an error, not an empty text."""
    folders = template_folders(settings)
    return {
        code: template_environment(code, folders, vocabulary, assets, settings) for code in settings.interface_languages
    }


def template_environment(
    language: str,
    folders: tuple[Path, ...],
    vocabulary: Vocabulary,
    assets: Mapping[str, Asset],
    settings: Settings,
) -> Environment:
    """The Jinja environment of one language, with the names that all templates can use."""
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", FormTokens],
    )
    catalogue = translations(language)
    made.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        words=Words(language, vocabulary, settings.zone),
        zone=settings.time_zone,
        answers_of_licence=answers_of_licence,
        licences_by_answers=LICENCES_BY_ANSWERS,
        named_licence=named_licence,
        vocabulary=vocabulary,
        static=lambda name: assets[name].address,
        imported=lambda name: [assets[one].address for one in assets[name].imports],
        marked=marked_markup,
        leaf_blocks=leaf_blocks,
        may=has_right,
        network=settings.network_name,
        logo=load_logo(settings.logo) if settings.logo else None,
        network_style=assets[NETWORK_STYLE].address if NETWORK_STYLE in assets else None,
        base_url=settings.base_url,
        reach=settings.reach,
    )
    return made

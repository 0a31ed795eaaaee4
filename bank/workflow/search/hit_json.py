"""A hit as API and command give it: plain values, every key always there."""

from html import escape

from bank.languages import best_text
from bank.workflow.bank import Bank
from bank.workflow.entries.principles import numbers_2020
from bank.workflow.entries.views import EntryCard, HitView, Snippet


def hit_json(bank: Bank, hit: HitView, language: str) -> dict[str, object]:
    """The card's values with score, reason and snippets."""
    return {
        **card_json(bank, hit.card, language),
        "score": round(hit.score, 4),
        "by_meaning": hit.by_meaning,
        "reason": hit.reason,
        "lacks": list(hit.lacks),
        "snippets": [snippet_json(snippet) for snippet in hit.snippets],
        "more_pages": [{"file": page.file, "page": page.page} for page in hit.more_pages],
    }


def card_json(bank: Bank, card: EntryCard, language: str) -> dict[str, object]:
    """An entry in a list; unknown values are None (null in JSON)."""
    lead = card.cities[0] if card.cities else None
    return {
        "id": card.id,
        "uid": card.uid,
        "title": best_text(card.titles, language, card.language, bank.settings.language)[1],
        "kind": card.kind,
        "city": lead.id if lead else None,
        "cities": [city.id for city in card.cities],
        "country": lead.country if lead else None,
        "year": card.year,
        "language": card.language,
        "principles": [int(number) for number in numbers_2020(bank.vocabulary, card.principles)],
        "themes": [tag.term for tag in card.themes],
        "summary": best_text(card.summaries, language, card.language, bank.settings.language)[1] or None,
        "url": bank.address(f"/entries/{card.id}"),
    }


def snippet_json(snippet: Snippet) -> dict[str, object]:
    return {"file": snippet.file, "page": snippet.page, "text": snippet.text, "html": marked_html(snippet)}


def marked_html(snippet: Snippet) -> str:
    """The snippet as HTML: everything escaped, what matched inside <mark>."""
    pieces, last = [], 0
    for start, end in snippet.marks:
        pieces += [escape(snippet.text[last:start]), "<mark>", escape(snippet.text[start:end]), "</mark>"]
        last = end
    return "".join((*pieces, escape(snippet.text[last:])))

"""Which of the eight fields that publishing asks for an entry lacks (design 5b)."""

from bank.catalogue.entries import EntryRows

EIGHT = ("title", "city", "start_year", "summary", "theme", "primary_principle", "contact", "licence")


def missing_fields(rows: EntryRows) -> tuple[str, ...]:
    """Ids of the eight fields that are empty, in their order. An entry without files needs no licence of a file."""
    has = {
        "title": any(text.title for text in rows.texts),
        "city": bool(rows.cities),
        "start_year": rows.entry.year is not None,
        "summary": any(text.summary for text in rows.texts),
        "theme": any(tag.vocabulary == "theme" for tag in rows.tags),
        "primary_principle": any(tag.vocabulary == "principle" and tag.primary for tag in rows.tags),
        "contact": bool(rows.entry.fields.get("contact")),
        "licence": all(file.licence for file in rows.files),
    }
    return tuple(field for field in EIGHT if not has[field])

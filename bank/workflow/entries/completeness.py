"""Which of the eight fields that publishing asks for an entry lacks."""

from bank.catalogue.entries import EntryRows

NEEDED_FIELDS = ("title", "city", "start_year", "summary", "theme", "primary_principle", "contact", "licence")


def missing_fields(rows: EntryRows) -> tuple[str, ...]:
    """Ids of the eight fields that are empty, in their order. Without files for everybody it needs no licence."""
    has = {
        "title": any(text.title for text in rows.texts),
        "city": bool(rows.cities),
        "start_year": rows.entry.year is not None,
        "summary": any(text.summary for text in rows.texts),
        "theme": any(tag.vocabulary == "theme" for tag in rows.tags),
        "primary_principle": any(tag.vocabulary == "principle" and tag.primary for tag in rows.tags),
        "contact": is_reachable_contact(rows.entry.fields.get("contact")),
        "licence": all(file.licence for file in rows.files if not file.purpose),
    }
    return tuple(field for field in NEEDED_FIELDS if not has[field])


def is_reachable_contact(contact: object) -> bool:
    """True for a contact with a post and its mailbox."""
    return isinstance(contact, dict) and all(str(contact.get(part) or "").strip() for part in ("post", "mailbox"))

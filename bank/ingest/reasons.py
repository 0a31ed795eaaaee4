"""Why a file was refused, could not be read, or was read with a warning: code -> English sentence.

The sentences are gettext msgids; `{named}` placeholders are filled from an extraction's `reason_values`.
"""

from collections.abc import Mapping


def N_(sentence: str) -> str:  # noqa: N802 - gettext's customary name; bank.messages is too heavy for the child
    """Marks a sentence for translation and returns it unchanged."""
    return sentence


REFUSAL_REASONS: Mapping[str, str] = {
    "empty": N_("The file is empty. Check that it was saved completely and upload it again."),
    "too_large": N_("The file is larger than {limit} MB. Reduce its pictures or split it, and upload it again."),
    "wrong_type": N_("Files of type {found} can't be taken. Upload a PDF, a Word document (.docx) or a Markdown file."),
    "wrong_picture": N_("Files of type {found} can't be taken as a picture. Upload a JPEG, PNG or WebP."),
    "wrong_upload": N_(
        "Files of type {found} can't be taken. Upload a PDF, a Word document (.docx), a Markdown file or photos "
        "(JPEG, PNG, WebP)."
    ),
    "save_picture_as": N_("Pictures of type {found} can't be read here. Save it as JPEG and upload that file."),
    "two_in_one": N_(
        "The file is two things at once ({found}). Save it again from the original program, and upload that file."
    ),
    "no_ending": N_(
        "The file's name has no ending, so what it is stays unclear. Add .pdf, .docx or .md to the name, "
        "and upload it again."
    ),
    "save_as": N_(
        "Files of type {found} can't be read here. Open it, choose “Save as”, pick PDF or Word (.docx), "
        "and upload that file."
    ),
    "overgrown_zip": N_(
        "The list of what is inside this file is far longer than that of any document (at most {limit} parts), so it "
        "was not opened. Save it again from the original program, and upload that file."
    ),
    "unsound_zip": N_(
        "The file is not complete, or the list of what is inside it is damaged, so it was not opened. Save it again "
        "from the original program, and upload that file."
    ),
    "macros": N_("The Word document holds macros. Save it as .docx without macros and upload that file."),
    "mismatch": N_(
        "The name ends in {ending}, but the content is {found}. Give it the right ending or save it again, "
        "and upload it."
    ),
    "not_text": N_("The file is not readable text. Save it again as Markdown in UTF-8, and upload it."),
    "too_many_pages": N_("The file has more than {limit} pages. Split it into parts and upload each one."),
    "too_many_pixels": N_("The picture has more than {limit} million points. Make it smaller and upload it again."),
    "broken_picture": N_("The picture is damaged or not complete. Save or send it again, and upload it."),
    "too_many_photos": N_("More than {limit} photos can't become one document. Make two documents of them."),
    "not_there": N_("The file could not be opened."),
}
"""The file must not be stored."""

FAILURE_REASONS: Mapping[str, str] = {
    "encrypted": N_("The file is protected with a password. Remove the password and upload it again."),
    "damaged": N_("The file is damaged and its text could not be read. Save it again from the original program."),
    "no_pages": N_("The file has no pages."),
    "unreadable": N_("None of the pages could be read. Save the file again from the original program."),
    "too_slow": N_("Reading the file took too long and was stopped. Save it again in a simpler form, or split it."),
    "too_big_inside": N_("The file needs too much memory to be read. Save it again in a simpler form, or split it."),
    "stopped": N_("The program that reads files stopped while reading this one. The file itself is kept."),
    "cancelled": N_(
        "An administrator stopped the reading of this file. The file itself is kept; it can be read again."
    ),
}
"""The file is kept although nothing could be read."""

WARNING_REASONS: Mapping[str, str] = {
    "no_text": N_("No text was found: the pages seem to be pictures. They can be read with character recognition."),
    "partial": N_("Only {read} of {total} pages could be read."),
    "cut": N_("The file is very long; only its first part was read."),
    "repaired": N_("The file is damaged in places; check that its text is complete."),
    "front_matter": N_("The description at the beginning of the file could not be understood; its text was read."),
    "unclear_lines": N_("At the beginning of the file this could not be understood: {lines}. All its text was read."),
    "text_missing": N_("Some of the text of this document could not be read. Save it as PDF, and upload that as well."),
    "picture_notes": N_("A stamp in the file is a picture; what it says was not read."),
    "dynamic_form": N_("The file is a form that only Adobe's program shows. Print it to PDF and upload that file."),
}
"""The file was read, in part or with something odd; `front_matter` stands with files that older versions read."""

BROKEN_OFF_REASONS = ("stopped", "cancelled")
"""Reading was broken off: the file may be read again as it is."""

REASONS: Mapping[str, str] = {**REFUSAL_REASONS, **FAILURE_REASONS, **WARNING_REASONS}

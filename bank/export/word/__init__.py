"""Word documents: a call's form filled in from a record, and the bank's own template to fill in."""

from bank.export.word.filled_form import DOCX, TO_COMPLETE
from bank.export.word.template import template_docx

__all__ = ["DOCX", "TO_COMPLETE", "template_docx"]

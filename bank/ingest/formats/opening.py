"""Makes a PDF's bytes ready for the readers: without what stands before its header, or an encryption of attachments."""

import re

from bank.ingest.limits import PDF_HEADER_BYTES, PDF_MARK

ENCRYPTED_PARTS = re.compile(rb"/(?:StmF|StrF)\s*/(\w+)")
ENCRYPTION_KEY = re.compile(rb"/Encrypt(?![A-Za-z])")


def ready_pdf(data: bytes) -> bytes:
    """The bytes as the readers open them."""
    start = data.find(PDF_MARK, 0, PDF_HEADER_BYTES + len(PDF_MARK))
    return without_encryption(data[start:] if start > 0 else data)


def without_encryption(data: bytes) -> bytes:
    """The PDF with its encryption renamed, where that holds for attachments alone: pages are read without a password.

    The key of the encryption stands in a trailer, never in what is compressed.
    """
    if b"/EFF" not in data or any(part != b"Identity" for part in ENCRYPTED_PARTS.findall(data)):
        return data
    return ENCRYPTION_KEY.sub(b"/Encryp_", data)

"""Makes a PDF's bytes ready for the readers.

Without what stands before its header or an encryption of attachments alone, and with operators apart that run together.
"""

import re

from bank.ingest.limits import PDF_HEADER_BYTES, PDF_MARK

ENCRYPTED_PARTS = re.compile(rb"/(?:StmF|StrF)\s*/(\w+)")
RUN_TOGETHER = (b"ETBT /", b"ET BT/")
"""Two operators that a generator wrote without a blank, and the same bytes apart: no reader knows the first."""
ATTACHMENT_FILTER = re.compile(rb"/EFF\s*/\w")
ENCRYPTION_KEY = re.compile(rb"/Encrypt(?![A-Za-z])")


def ready_pdf(data: bytes) -> bytes:
    """The bytes as the readers open them."""
    start = data.find(PDF_MARK, 0, PDF_HEADER_BYTES + len(PDF_MARK))
    return without_encryption(data[start:] if start > 0 else data).replace(*RUN_TOGETHER)


def without_encryption(data: bytes) -> bytes:
    """The PDF with its encryption renamed, where that holds for attachments alone: pages are read without a password.

    The key of the encryption stands in a trailer, never in what is compressed.
    """
    if not ATTACHMENT_FILTER.search(data) or any(part != b"Identity" for part in ENCRYPTED_PARTS.findall(data)):
        return data
    return ENCRYPTION_KEY.sub(b"/Encryp_", data)

"""File formats.

In the confined child: pdf (with pdfium and pypdf_reader), markdown, word, drawing and what they import. In the caller's
process: ocr, photos, pictures, thumbnails.
"""

"""The limits within which a file from outside is read, so that time and memory stay bounded."""

from __future__ import annotations

MAX_FILE_BYTES = 25_000_000
"""Largest file that is opened: above the size that mail servers commonly pass on."""
MAX_UNPACKED_BYTES = 60_000_000
"""Largest sum of unpacked parts of a Word file; ten times what a text of 500 pages needs."""
MAX_PACK_RATIO = 200
"""Largest ratio of unpacked to packed size of one part above a million bytes; real Word files stay under 50."""
MAX_UNPACKED_PDF_BYTES = 200_000_000
"""Largest sum of a PDF's unpacked streams: room for a brief full of pictures, but for no bomb."""
MAX_PAGES = 200
"""Most pages of a PDF: an RFI has 10 to 30."""
MAX_CHARACTERS = 150_000
"""Most characters of text that are understood: about 50 full pages, above every brief seen."""
MAX_ATTACHMENTS = 10
"""Most attachments of one e-mail that are read."""
MAX_NESTING = 2
"""How deep e-mails attached to e-mails are followed."""

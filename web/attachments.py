"""Files that leave the house: named safely, with their type, and logged when they come from a saved brief."""

from __future__ import annotations

import re

from flask import Response

from web.drafts import Draft
from web.identity import current_user, database
from web.storage import audit

MIME_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "md": "text/markdown",
}
"""Types by file ending."""


def attachment(data: bytes, name: str, file_type: str) -> Response:
    """Return a download; what a file name cannot hold is left out of `name`."""
    safe = re.sub(r"[^\w-]+", "-", name).strip("-")
    response = Response(data, mimetype=MIME_TYPES[file_type])
    response.headers.set("Content-Disposition", "attachment", filename=f"{safe}.{file_type}")
    return response


def log_export(draft: Draft) -> None:
    """Log that something made from a saved brief left the house."""
    if draft.saved_id is not None:
        with database().session() as transaction:
            audit.record(transaction, current_user().name, "exported", draft.saved_id)

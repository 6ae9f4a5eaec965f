"""Office files are zip archives: writing them so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile


def with_fixed_dates(data: bytes) -> bytes:
    """Return the archive with every entry dated 1980-01-01, the earliest a zip can hold."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), zipfile.ZIP_DEFLATED)
    return target.getvalue()

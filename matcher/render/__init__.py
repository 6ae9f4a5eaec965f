"""A shortlist as text, JSON, CSV, Markdown, HTML or a document: rendering only, no arithmetic."""

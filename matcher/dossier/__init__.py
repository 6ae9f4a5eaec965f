"""A shortlist turned into neutral blocks (headings, tables, figures) that every document format shows."""

"""Decisions: from a brief to its needs, and from needs to a shortlist that explains itself."""

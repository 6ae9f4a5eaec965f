"""An investor's questionnaire, answered from evidence: what is not known is marked and never guessed."""

from matcher.rfi.answering import answer_sheet

__all__ = ["answer_sheet"]

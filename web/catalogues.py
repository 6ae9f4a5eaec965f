"""Keeping the two catalogues complete: every string of the pages in German and in English."""

from __future__ import annotations

from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from corpus.records import Language
from web.language import LANGUAGES, catalogue_path

SOURCE = Path(__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}


def extracted() -> Catalog:
    """Return every string marked for translation in the modules and templates."""
    catalogue = Catalog()
    for filename, _line, message, _comments, _context in extract_from_dir(
        SOURCE, METHODS, keywords=KEYWORDS, options_map={"templates/**.html": {"silent": "false"}}
    ):
        catalogue.add(message, locations=[(filename, 1)])
    return catalogue


def read_catalogue(language: Language) -> Catalog:
    """Return the catalogue of a language as it stands in its file."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> dict[Language, int]:
    """Bring both catalogues up to the strings in use; return how many German and English ones are missing.

    English strings are their own translation; a German one that is missing stays empty and counts.
    """
    template = extracted()
    missing: dict[Language, int] = {}
    for language in LANGUAGES:
        old = read_catalogue(language)
        new = Catalog(locale=language)
        for message in sorted((m for m in template if m.id), key=lambda m: str(m.id)):
            known = old.get(message.id)
            string = known.string if known and known.string else ""
            if language == "en" and not string:
                string = message.id
            new.add(message.id, string, locations=sorted(message.locations), flags=message.flags)
        catalogue_path(language).parent.mkdir(parents=True, exist_ok=True)
        with catalogue_path(language).open("wb") as file:
            write_po(file, new, width=100, omit_header=True, include_lineno=False, sort_output=True)
        missing[language] = len(untranslated(new))
    return missing


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the strings of a catalogue that have no translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and not all(message.string if isinstance(message.string, (tuple, list)) else [message.string])
    ]


if __name__ == "__main__":
    print(update())

"""The fixed sentences of a mission's papers, in German and English."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import format_date

from corpus.records import Language
from matcher.mission.records import Day

PHRASES: Mapping[str, tuple[str, str]] = {
    "book": ("Briefingbuch", "Briefing book"),
    "personal": ("Plan und Briefing für {name}", "Plan and briefing for {name}"),
    "timetable": ("Zeitplan", "Timetable"),
    "matrix": ("Wer wann wo", "Who is where when"),
    "by_host": ("Nach Gastgebern", "By host"),
    "overview": ("Die Reise auf einen Blick", "The mission at a glance"),
    "plans": ("Ein Plan für jede Person", "One plan for each person"),
    "sheets": ("Wen wir treffen und warum", "Whom we meet and why"),
    "sources": ("Quellen und ihr Stand", "Sources and their dates"),
    "date": ("Tag", "Day"),
    "time": ("Zeit", "Time"),
    "zone": ("Zeitzone", "Time zone"),
    "city": ("Stadt", "City"),
    "room": ("Ort", "Place"),
    "member": ("Delegation", "Delegation"),
    "organisation": ("Organisation", "Organisation"),
    "host": ("Gastgeber", "Host"),
    "interpreter": ("Dolmetschen", "Interpreter"),
    "fit": ("Passung", "Fit"),
    "points": ("{points} von 100 Punkten", "{points} of 100 points"),
    "meetings": ("Gespräche", "Meetings"),
    "members": ("Mitreisende", "Members"),
    "hosts": ("Gastgeber", "Hosts"),
    "days": ("Reisetage", "Days"),
    "musts": ("Muss-Termine im Plan", "Musts in the plan"),
    "of": ("{n} von {total}", "{n} of {total}"),
    "gap": ("Abstand zur bewiesenen Grenze", "Gap to the proved bound"),
    "municipality": ("Kommune", "Municipality"),
    "even_share": ("Gleicher Anteil", "Even share"),
    "fairness": (
        "Gespräche je Kommune neben ihrem Anteil an der Delegation",
        "Meetings of each municipality beside its share of the delegation",
    ),
    "notice": (
        "Reihenfolge und Passung berechnet ein Programm aus den Texten der Organisationen; über Menschen "
        "urteilt es nicht. Angaben mit dem Vermerk unbestätigt sind vor dem Gespräch zu prüfen.",
        "Order and fit are computed by a program from the texts of organisations; it does not rate people. "
        "Statements marked unconfirmed are to be checked before the meeting.",
    ),
    "who": ("Wer", "Who"),
    "why_them": ("Warum sie", "Why them"),
    "matched": ("Warum dieses Gespräch", "Why this meeting"),
    "nothing_matched": (
        "Ihre Texte berühren sich kaum; das Gespräch steht im Plan, weil es gewünscht oder verlangt ist.",
        "Their texts hardly touch; the meeting is in the plan because it was asked for or a minimum demands it.",
    ),
    "why_us": ("Warum wir", "Why us"),
    "offer": ("Unser Angebot", "Our offer"),
    "need": ("Ihr vermuteter Bedarf", "Their likely need"),
    "question": ("Einstiegsfrage", "Opening question"),
    "open": ("Offene Fragen", "Open questions"),
    "locations": ("Standorte, die passen", "Locations that fit"),
    "location": ("Standort", "Location"),
    "evidence": ("Beleg", "Evidence"),
    "source": ("Quelle", "Source"),
    "as_of": ("Stand", "As of"),
    "undated": ("ohne Datum", "undated"),
    "unconfirmed": ("unbestätigt", "unconfirmed"),
    "their_words": ("„{sentence}“", "“{sentence}”"),
    "theme_match": (
        "Gemeinsames Thema {theme} ({points} Punkte): {words}",
        "Common theme {theme} ({points} points): {words}",
    ),
    "offer_match": (
        "Zu dem, was wir anbieten ({points} Punkte): {words}",
        "Close to what we offer ({points} points): {words}",
    ),
    "seek_match": (
        "Zu dem, was wir suchen ({points} Punkte): {words}",
        "Close to what we seek ({points} points): {words}",
    ),
    "nothing_near": ("nichts Naheliegendes in ihrem Text", "nothing near in their text"),
    "why_them_list": (
        "{organisation} sucht: {seeks}. Sie sagen: {words}",
        "{organisation} seeks: {seeks}. They say: {words}",
    ),
    "why_us_list": (
        "{organisation} aus {municipality} bietet: {offers}.",
        "{organisation} from {municipality} offers: {offers}.",
    ),
    "likely_need": (
        "Annahme, im Gespräch zu prüfen: einen Partner in Europa für das, was sie beschreiben: {words}",
        "An assumption to be tested: a partner in Europe for what they describe: {words}",
    ),
    "need_unknown": (
        "Aus ihrem Text nicht zu erkennen; zuerst danach fragen.",
        "Not to be seen in their text; ask for it first.",
    ),
    "question_company": (
        "Sie schreiben: {words} Was davon würden Sie mit einem Partner in Europa tun, und was müsste dort schon da sein?",
        "You write: {words} Which of it would you do with a partner in Europe, and what would have to be there already?",
    ),
    "question_plain": (
        "Welche Pläne haben Sie in Europa, und was fehlt Ihnen dafür bisher?",
        "What are your plans in Europe, and what has been missing for them so far?",
    ),
    "question_institution": (
        "Welche Ihrer Arbeitsgruppen sucht zu {field} Partner in Deutschland, und womit könnten wir klein anfangen?",
        "Which of your groups looks for partners in Germany in {field}, and where could we start small?",
    ),
    "open_size": ("Wie viele Beschäftigte haben sie?", "How many people do they employ?"),
    "open_dated": (
        "Gilt ihre Beschreibung noch? Die Datei nennt kein Datum.",
        "Does their description still hold? The file gives no date.",
    ),
    "open_website": ("Welche Website ist die ihre?", "Which is their website?"),
    "open_europe": ("Welche Pläne haben sie in Europa?", "What are their plans in Europe?"),
    "open_fields": (
        "Welche Fakultät und welche Ansprechstelle sind die richtigen?",
        "Which faculty and which office are the right ones?",
    ),
    "from_file": ("Zielliste der Reise, ohne Datum", "Target list of the mission, undated"),
    "visit": ("Besuch der Gruppe", "Group visit"),
    "free": ("frei", "free"),
    "no_meetings": ("Keine Gespräche in diesem Plan.", "No meetings in this plan."),
    "fallback": ("Ersatz, falls der Gastgeber ausfällt", "Fallback if the host drops out"),
    "not_placed": ("Muss-Termine, die nicht im Plan sind", "Musts that are not in the plan"),
    "reason": ("Grund", "Reason"),
    "company": ("Unternehmen", "Company"),
    "institution": ("Hochschule oder Institut", "Institution"),
    "employees": ("{n} Beschäftigte", "{n} employees"),
    "author": ("Delegation der Region {region}", "Delegation of the {region} region"),
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a fixed sentence in a language."""
    return PHRASES[key][0 if language == "de" else 1].format(**values)


def day_text(day: Day, language: Language) -> str:
    """Write a day of the mission: "Montag, 18. Januar 2027 · Toronto"."""
    locale = "de" if language == "de" else "en_GB"
    return f"{format_date(day.date, 'full', locale=locale)} · {day.city}"

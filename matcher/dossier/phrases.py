"""The fixed sentences of a dossier, each as (German, English)."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.records import Language

PHRASES: Mapping[str, tuple[str, str]] = {
    # cover
    "title": ("Standortvorschlag", "Location proposal"),
    "project": ("Vorhaben", "Project"),
    "function": ("Art des Vorhabens", "Kind of project"),
    "themes": ("Themen", "Themes"),
    "region": ("Region", "Region"),
    "facts_as_of": ("Stand der Fakten", "Facts as of"),
    "years": ("{first} bis {last}", "{first} to {last}"),
    "notice": (
        "Eine Maschine hat diesen Vorschlag aus belegten Fakten erstellt. Er ist eine Entscheidungshilfe; "
        "Menschen prüfen und entscheiden. Förderung ist nirgends zugesagt.",
        "A machine drew up this proposal from sourced facts. It supports a decision that people check and "
        "make. No incentive is promised anywhere in it.",
    ),
    # summary
    "summary": ("Das Wichtigste", "Summary"),
    "checked": (
        "{checked} Standorte wurden geprüft: {ranked} bewertet, {aside} zurückgestellt.",
        "{checked} locations were checked: {ranked} ranked, {aside} set aside.",
    ),
    "best": (
        "An erster Stelle steht {name} mit {points} von 100 Punkten.",
        "{name} comes first with {points} of 100 points.",
    ),
    "stable": (
        "Werden die Gewichte {draws}-mal neu gezogen, bleibt {name} in {share} der Fälle unter den ersten drei.",
        "When the worths are drawn anew {draws} times, {name} stays among the first three in {share} of cases.",
    ),
    "together": (
        "Gemeinsam erreichen {names} {points} Punkte, {gain} mehr als der beste einzelne Standort.",
        "Together, {names} reach {points} points, {gain} more than the best single location.",
    ),
    "none_ranked": (
        "Kein Standort erfüllt alle Muss-Anforderungen; die Gründe stehen unter „Zurückgestellt“.",
        "No location meets every must; the reasons stand under “Set aside”.",
    ),
    "and": (" und ", " and "),
    # needs
    "needs": ("Anforderungen", "Needs"),
    "needs_intro": (
        "So wurde die Anfrage verstanden. Die Gewichte teilen sich 100 Punkte.",
        "This is how the brief was understood. The worths share 100 points.",
    ),
    "needs_caption": ("Anforderungen und ihr Gewicht", "The needs and what each is worth"),
    "need": ("Anforderung", "Need"),
    "facet": ("Bereich", "Area"),
    "figure": ("Größe", "Figure"),
    "kind": ("Art", "Kind"),
    "must": ("Muss", "must"),
    "wish": ("Wunsch", "wish"),
    "avoid": ("unerwünscht", "not wanted"),
    "worth": ("Gewicht", "Worth"),
    "assumption": ("Annahme", "Assumption"),
    "at_least": ("mindestens {n}", "at least {n}"),
    "at_most": ("höchstens {n}", "at most {n}"),
    "between": ("{low} bis {high}", "{low} to {high}"),
    # ranking
    "ranking": ("Standorte im Vergleich", "The locations compared"),
    "ranking_caption": ("Die besten Standorte", "The best locations"),
    "bars_caption": (
        "Punkte der besten Standorte; die graue Linie zeigt die Spanne bei anderen Gewichten",
        "Scores of the best locations; the grey line shows the range under other worths",
    ),
    "bars_alt": (
        "Balkendiagramm der Punkte: {list}. Die Werte stehen in der Tabelle „Die besten Standorte“.",
        "Bar chart of the scores: {list}. The values stand in the table “The best locations”.",
    ),
    "map_caption": (
        "Punkte aller Standorte; grau: zurückgestellt. Die Zahlen sind die Ränge.",
        "Scores of all locations; grey: set aside. The numbers are the ranks.",
    ),
    "map_alt": (
        "Karte der Region: je dunkler, desto mehr Punkte. Vorn liegen {list}. "
        "Die Werte aller Standorte stehen in der Tabelle „Alle Standorte“.",
        "Map of the region: the darker, the more points. {list} lead. "
        "The values of all locations stand in the table “All locations”.",
    ),
    "rank": ("Rang", "Rank"),
    "location": ("Standort", "Location"),
    "points": ("Punkte", "Points"),
    "top3": ("Anteil unter den ersten drei", "Share among first three"),
    "low": ("Punkte von", "Points from"),
    "high": ("Punkte bis", "Points to"),
    "unknown_musts": ("Muss, zu bestätigen", "Musts to be confirmed"),
    "all_locations": ("Alle Standorte", "All locations"),
    "status": ("Status", "Status"),
    "ranked": ("bewertet", "ranked"),
    "set_aside_status": ("zurückgestellt", "set aside"),
    # one location
    "detail_caption": ("{name}: Punkte und Belege", "{name}: points and evidence"),
    "score": ("Punktzahl", "Score"),
    "of_100": ("{points} von 100", "{points} of 100"),
    "range": ("Spanne bei anderen Gewichten", "Range under other worths"),
    "population": ("Bevölkerung ({year})", "Population ({year})"),
    "district": ("Kreis", "District"),
    "why": ("Begründung", "Why"),
    "evidence": ("Beleg", "Evidence"),
    "source": ("Quelle", "Source"),
    "as_of": ("Stand", "As of"),
    "confidence": ("Sicherheit", "Confidence"),
    "verified": ("belegt", "confirmed"),
    "recalled": ("unbestätigt", "unconfirmed"),
    "general_knowledge": ("allgemeines Wissen", "general knowledge"),
    "more_evidence": ("Weiterer Beleg", "Further evidence"),
    "no_evidence": ("Nichts bekannt; zu klären.", "Nothing known; to be asked."),
    "withheld": (
        "Aussage zurückgehalten, weil sie das anfragende Unternehmen nennt.",
        "Statement withheld because it names the company that asks.",
    ),
    "undated": ("ohne Datum", "undated"),
    "total": ("Summe", "Total"),
    # set aside
    "set_aside": ("Zurückgestellt", "Set aside"),
    "set_aside_intro": (
        "Diese Standorte verfehlen eine Muss-Anforderung. Sie sind nicht schlechter, sie passen hier nicht.",
        "These locations fail a must. They are not worse; they do not fit here.",
    ),
    "set_aside_caption": ("Zurückgestellte Standorte und Gründe", "Locations set aside and the reasons"),
    "reason": ("Grund", "Reason"),
    "none_aside": ("Kein Standort wurde zurückgestellt.", "No location was set aside."),
    # joint bids
    "joint_bids": ("Gemeinsame Angebote", "Joint bids"),
    "joint_intro": (
        "Jede Anforderung zählt einmal, vom Mitglied, das sie am besten erfüllt.",
        "Each need counts once, from the member that serves it best.",
    ),
    "no_joint_bid": (
        "Für diese Anfrage wurde kein gemeinsames Angebot zusammengestellt.",
        "No joint bid was composed for this brief.",
    ),
    "members": ("Mitglieder", "Members"),
    "lead": ("Federführung (Vorschlag)", "Lead (proposed)"),
    "gain": ("Gewinn gegenüber dem besten Einzelnen", "Gain over the best single location"),
    "partners": ("Hochschulpartner", "University partners"),
    "smallest": (
        "Kleinste Gruppe, die alle Muss-Anforderungen erfüllt: durch vollständiges Abzählen gezeigt.",
        "The smallest group that meets every must: shown by enumeration.",
    ),
    "coverage_caption": ("Wer was beiträgt: {names}", "Who brings what: {names}"),
    "joint_bid": ("Gemeinsames Angebot", "Joint bid"),
    "not_brought": ("–", "–"),
    # open questions
    "open_questions": ("Offene Fragen", "Open questions"),
    "open_intro": (
        "Das ist vor der Abgabe zu klären. Unbekannt heißt nicht nein.",
        "This is to be settled before an answer goes out. Unknown does not mean no.",
    ),
    "open_caption": ("Offene Fragen je Standort", "Open questions by location"),
    "question": ("Frage", "Question"),
    "at_stake": ("Punkte offen", "Points at stake"),
    "ask": ("Zu fragen", "Ask"),
    "ask_must": ("Muss bestätigen: {need}", "Confirm the must: {need}"),
    "ask_unknown": ("Unbekannt: {need}", "Unknown: {need}"),
    "ask_fact": ("Unbestätigter Fakt: {fact}", "Unconfirmed fact: {fact}"),
    "office": ("Wirtschaftsförderung {name}", "Economic development office, {name}"),
    "no_question": ("Es sind keine Fragen offen.", "No question is open."),
    # method
    "method": ("Methode und Stand", "Method and data"),
    "method_1": (
        "Die Anfrage wird in Anforderungen zerlegt, die sich 100 Punkte teilen. Jeder Standort verdient je "
        "Anforderung Punkte durch belegte Fakten; die Punktzahl ist die Summe dieser Punkte und nichts sonst.",
        "The brief is split into needs that share 100 points. Each location earns points for each need "
        "through sourced facts; the score is the sum of these points and nothing else.",
    ),
    "method_2": (
        "Ein Standort, der eine Muss-Anforderung nachweislich verfehlt, wird zurückgestellt. Ist nichts bekannt, "
        "bleibt er im Vergleich und ist als „zu bestätigen“ gekennzeichnet.",
        "A location that demonstrably fails a must is set aside. Where nothing is known it stays in the "
        "comparison and is marked as “to be confirmed”.",
    ),
    "method_3": (
        "Als „unbestätigt“ gekennzeichnete Fakten stammen aus allgemeinem Wissen und sind noch nicht an einer "
        "Quelle geprüft.",
        "Facts marked “unconfirmed” come from general knowledge and have not yet been checked against a source.",
    ),
    "method_4": (
        "Die Reihenfolge berechnet eine Maschine. Sie berät; über Standort und Angebot entscheiden Menschen.",
        "A machine computes the order. It advises; people decide on location and offer.",
    ),
    "method_5": (
        "Förderprogramme können in Frage kommen; zugesagt ist keine Förderung.",
        "Funding programmes may apply; no funding is promised.",
    ),
    "notes": ("Hinweise zu diesem Ergebnis", "Notes on this result"),
    "versions_caption": ("Fassungen, mit denen gerechnet wurde", "Versions used"),
    "part": ("Teil", "Part"),
    "version": ("Fassung", "Version"),
    "corpus": ("Fakten", "Facts"),
    "encoder": ("Sprachmodell", "Encoder"),
    "ranker": ("Bewertung", "Ranker"),
    "sources": ("Quellen", "Sources"),
    "sources_caption": ("Quellen der gezeigten Belege", "Sources of the evidence shown"),
    "title_column": ("Titel", "Title"),
    "publisher": ("Herausgeber", "Publisher"),
    "date": ("Datum", "Date"),
    "reference": ("Fundstelle", "Reference"),
    # frames
    "figure_word": ("Abbildung", "Figure"),
    "table_word": ("Tabelle", "Table"),
    "page": ("Seite {page} von {pages}", "Page {page} of {pages}"),
    "contents": ("Inhalt", "Contents"),
    "overview_sheet": ("Überblick", "Overview"),
}


def phrase(key: str, language: Language, **values: object) -> str:
    """Return the sentence `key` in `language`, its gaps filled with `values`."""
    german, english = PHRASES[key]
    return (german if language == "de" else english).format(**values)

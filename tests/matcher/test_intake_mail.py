"""Promises about e-mails: what the writer asks is kept, what mail programs add is not."""

from __future__ import annotations

from email.message import EmailMessage

from matcher.intake import read_bytes

BODY = """Sehr geehrte Damen und Herren,

wir suchen 5 ha mit Gleisanschluss und 10 MW.

Mit freundlichen Grüßen
Max Muster
Tel. 0201 123456
Muster GmbH, Sitz der Gesellschaft: Hamburg
"""


def mail(subject: str, body: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Max Muster <max@muster.example>"
    message["To"] = "info@region.example"
    message["Subject"] = subject
    message.set_content(body)
    return message.as_bytes()


def test_greeting_signature_and_headers_are_no_part_of_the_brief() -> None:
    text = read_bytes("brief.eml", mail("AW: Standortsuche", BODY))
    assert text == "Standortsuche\nwir suchen 5 ha mit Gleisanschluss und 10 MW."


def test_a_quoted_reply_is_no_part_of_the_brief() -> None:
    quoted = BODY + "\n\nAm 3. März 2026 um 10:12 schrieb Info <info@region.example>:\n> Wir bieten 100 ha.\n"
    assert "100 ha" not in read_bytes("brief.eml", mail("Re: Anfrage", quoted))
    outlook = BODY + "\nVon: Info\nGesendet: Montag\nAn: Max\nBetreff: Angebot\n\nWir bieten 100 ha.\n"
    assert "100 ha" not in read_bytes("brief.eml", mail("Re: Anfrage", outlook))


def test_a_forwarded_message_is_the_brief() -> None:
    forwarded = (
        "Bitte übernehmen.\n\n---------- Forwarded message ---------\nFrom: Max <max@muster.example>\n"
        "Date: Mon, 2 Mar 2026\nSubject: Standort\nTo: Info <info@region.example>\n\n" + BODY
    )
    assert "wir suchen 5 ha" in read_bytes("brief.eml", mail("WG: Standort", forwarded))

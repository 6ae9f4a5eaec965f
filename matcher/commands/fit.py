"""`matcher fit`: rebuild the committed artefacts from their data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matcher.leads.scoring import EncoderName


@click.group(help="Rebuild a fitted artefact from its data.")
def command() -> None:
    """Hold one subcommand an artefact."""


@command.command("head", help="Fit the language head of the default encoder on models/head/pairs.csv.")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Write here instead of models/head."
)
def head(out: Path | None) -> None:
    """Write the head and print its manifest."""
    from models import e5
    from models.base import load_base
    from models.bert import BertEncoder, load_bert
    from models.head import FOLDER
    from models.head.fit import fit_head

    encoder = BertEncoder(load_bert(e5.e5_folder()), e5.NAME, head=None)
    manifest = fit_head(encoder, load_base(e5.NAME).digest, out or FOLDER)
    click.echo(json.dumps(manifest, indent=2))


@command.command("calibration", help="Fit strengths on the judged pairs in models/calibration.")
def calibration() -> None:
    """Write `calibration.json` and print it."""
    from corpus.pack import RUHR, load_region
    from matcher.anchors import Anchors
    from models.calibration.fit import fit_calibration
    from models.load import load_encoder

    encoders = [load_encoder("default"), load_encoder("fast")]
    embedded = [(encoder, Anchors(encoder).encode) for encoder in encoders]
    click.echo(json.dumps(fit_calibration(load_region(RUHR), embedded), indent=2))


@command.command("function", help="Fit the classifier of a brief's function and themes on real decisions.")
@click.option(
    "--decisions",
    metavar="CSV",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Decisions with columns company, function, theme, brief_de and brief_en.",
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Write here instead of models/function."
)
def function(decisions: Path, out: Path | None) -> None:
    """Write the classifier and print its cross-validated accuracy."""
    from matcher.profile_examples import read_examples
    from models.function import FOLDER
    from models.function.fit import as_lines, fit_function
    from models.load import load_encoder

    examples, counts = read_examples(decisions)
    manifest = fit_function(examples, counts, load_encoder(), out or FOLDER)
    click.echo("\n".join(as_lines(manifest["accuracy"])))


@command.command(
    "tagger", help="Fit the tagger of needs on models/tagger/briefs.txt (three quarters of an hour)."
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Write here instead of models/tagger."
)
def tagger(out: Path | None) -> None:
    """Write the tagger and print its manifest."""
    from matcher.brief import FACETS, TOPICS, WHOLE_BRIEF
    from matcher.invented import invented_texts
    from matcher.marked import marked_sentences, read_marked
    from models.bert import load_bert
    from models.e5 import e5_folder
    from models.load import load_encoder
    from models.tagger import BRIEFS, FOLDER
    from models.tagger.fit import fit_tagger

    sentences = list(marked_sentences(read_marked(BRIEFS, invented_texts())))
    topics = [f"{facet}:{topic}" for facet in FACETS for topic in TOPICS[facet] if topic != WHOLE_BRIEF]
    encoder = load_encoder("default").fingerprint
    manifest = fit_tagger(sentences, FACETS, topics, load_bert(e5_folder()), encoder, out or FOLDER)
    click.echo(json.dumps(manifest, indent=2))


@command.command("query", help="Fit the encoder of needs on models/query/judged.csv (a quarter of an hour).")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Write here instead of models/query."
)
def query(out: Path | None) -> None:
    """Write the encoder of needs and print its manifest."""
    import numpy as np

    from corpus.pack import RUHR, load_region
    from matcher.reading import LANGUAGES
    from models.base import load_base
    from models.bert import load_bert
    from models.e5 import NAME, e5_folder
    from models.head import load_head
    from models.load import load_encoder
    from models.query import FOLDER
    from models.query.fit import Statements, fit_query, read_judged

    encoder, head = load_encoder("default"), load_head(load_base(NAME).digest)
    if head is None:
        raise click.ClickException(
            "the head of the default encoder is missing: run `matcher fit head` first."
        )
    evidence = load_region(RUHR).evidence
    vectors = [encoder.encode([each.text(language) for each in evidence]) for language in LANGUAGES]
    statements = Statements([each.id for each in evidence], np.stack(vectors))
    manifest = fit_query(
        read_judged(), statements, load_bert(e5_folder()), head, encoder.fingerprint, out or FOLDER
    )
    click.echo(json.dumps(manifest, indent=2))


LEADS = Path("../shared/data/leads/leads_real.csv.gz")
LEAD_LABELS = Path("../shared/data/leads/lead_labels_dev.csv")


@command.command("leads", help="Fit the lead model on labelled companies, or only evaluate it.")
@click.option(
    "--encoder", type=click.Choice(["fast", "default", "student"]), default="fast", show_default=True
)
@click.option("--evaluate", is_flag=True, help="Print cross-validated figures and change nothing.")
@click.option("--leads", type=click.Path(path_type=Path), default=LEADS, show_default=True)
@click.option("--labels", type=click.Path(path_type=Path), default=LEAD_LABELS, show_default=True)
def leads(encoder: EncoderName, evaluate: bool, leads: Path, labels: Path) -> None:
    """Print the figures; without --evaluate write the model too."""
    from matcher.leads.fitting import evaluate_leads, fit_leads

    if evaluate:
        click.echo(evaluate_leads(encoder, leads, labels))
    else:
        click.echo(fit_leads(encoder, leads, labels))


@command.command("lead-student", help="Fit the student of the fast encoder on all descriptions (minutes).")
@click.option("--leads", type=click.Path(path_type=Path), default=LEADS, show_default=True)
def lead_student(leads: Path) -> None:
    """Write the student's files and print its fingerprint."""
    from matcher.leads.fitting import fit_lead_student

    click.echo(fit_lead_student(leads))


@command.command(
    "worths", help="Learn what needs are worth by function and topic from decisions and graded fits."
)
@click.option(
    "--decisions",
    metavar="CSV",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Decisions with columns id, company, municipality, brief_de and brief_en.",
)
@click.option(
    "--fit",
    "fit_folder",
    metavar="DIR",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with graded fits (grades.csv).",
)
def worths(decisions: Path, fit_folder: Path) -> None:
    """Write `models/choice/worths.json` and print the held-out metrics beside those of the priors."""
    from matcher.engine import Matcher
    from matcher.evaluate import read_cases, read_grades
    from matcher.invented import read_invented
    from matcher.learning import learn
    from models.choice import ARTEFACT

    matcher = Matcher.load()
    cases, graded = read_cases(decisions, matcher), read_grades(fit_folder, matcher)
    long, graded_long = read_invented(matcher, "fit")
    short, graded_short = read_invented(matcher, "short")
    learned = learn(matcher, cases, graded, [*long, *short], [*graded_long, *graded_short])
    learned.save(ARTEFACT)
    for name, held_out in learned.held_out.items():
        prior = learned.of_priors[name]
        click.echo(
            f"{name:<22} held out {held_out.mean:.3f} [{held_out.low:.3f}, {held_out.high:.3f}]   priors {prior.mean:.3f}"
        )

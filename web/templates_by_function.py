"""A brief to start from for each function: what investors of that kind usually ask, to be filled in."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from matcher.brief import Function

TEMPLATES: dict[Function, LazyString] = {
    "production": _(
        "We are looking for a site for production.\n"
        "We need at least 5 ha of industrial land, shift work around the clock must be possible.\n"
        "A rail siding would be good, the motorway should be within 10 minutes.\n"
        "We need 10 MW of electric power.\n"
        "We will hire 150 people, half of them skilled workers in mechanical engineering.\n"
        "Suppliers from metal processing should be near."
    ),
    "logistics": _(
        "We are looking for a site for a distribution centre.\n"
        "We need at least 20,000 m² of hall and 4 ha of land, operation around the clock.\n"
        "The motorway must be within 5 minutes, a terminal for combined transport would be good.\n"
        "We need 200 workers in shifts."
    ),
    "rnd": _(
        "We are opening a research and development centre.\n"
        "We need 2,000 m² of laboratory and office space, preferably in a technology park.\n"
        "Decisive are graduates in computer science and electrical engineering and a university to work with.\n"
        "We will hire 60 people within three years, many from abroad; international schools would help."
    ),
    "headquarters": _(
        "We are moving our German headquarters.\n"
        "We need 5,000 m² of office space with a stop of public transport nearby.\n"
        "Important are long-distance rail, an airport within 45 minutes and graduates in economics.\n"
        "Our 250 employees value housing, childcare and culture."
    ),
    "data_centre": _(
        "We are looking for a site for a data centre.\n"
        "We need at least 3 ha and 40 MW of electric power, redundant fibre is a must.\n"
        "The waste heat should feed a district heating network.\n"
        "Specialists in IT security should be available."
    ),
    "services": _(
        "We are opening a service centre.\n"
        "We need 1,500 m² of office space in an existing building with public transport.\n"
        "We will hire 120 people; knowledge of languages and low rent matter."
    ),
    "spin_off": _(
        "We are founding a company out of a university.\n"
        "We need 200 m² of laboratory in an incubator and room to grow.\n"
        "The institute we come from must stay near, investors and funding matter.\n"
        "We are looking for graduates in materials science."
    ),
}

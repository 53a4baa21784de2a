"""Bodies that are called like persons: `Bergs Ungdom` has two capitals and no word for a body.

What its document does with the name tells: a number of its own stands beside it, an agreement is made with
it, or it has a row in a table of grants. A given name that the list knows speaks for a person all the same.
"""

import re

from pipeline.extract.grant_tables import grant_rows
from pipeline.extract.layout import plain
from pipeline.extract.naming import PERSON, knows_given_name, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.owners import owned

# Whom agreements are made with and whom grants go to by their noun; a person is granted nothing so.
_MADE_WITH = re.compile(
    r"\b(?:iop|partnerskap\w*|överenskommelse\w*|avtal(?:et)?|samverkan|samarbete|föreningsbidrag|verksamhetsbidrag"
    r"|verksamhetsstöd|föreningsstöd)\s+(?:med|till|för)\s+(?=[A-ZÅÄÖ])",
    re.IGNORECASE,
)


def coined_names(material: Material) -> frozenset[str]:
    """The names of the document's bodies that a person might bear, in lower case."""
    return material.once(_coined_names)


def _coined_names(material: Material) -> frozenset[str]:
    text = plain(material.text)
    numbered = [one_line(body.name) for body in owned(material).values()]
    agreed = [
        one_line(m.group()) for cue in _MADE_WITH.finditer(text) if (m := PERSON.match(text, cue.end()))
    ]
    listed = [one_line(row.name) for row in grant_rows(material)]
    names = [name for name in (*numbered, *agreed, *listed) if PERSON.fullmatch(name)]
    return frozenset(name.lower() for name in names if not knows_given_name(name))

"""What Swedish words, names and public bodies there are: frequency tables, compounds, registers.

`known("verksamhetsplanen")`, `frequency("nämnd")` (a probability), `split("verksamhetsplan")`,
`lexicon_rate(text)`, and the registers. Rebuilt by `make lexicon`; the data's sources and licences are in
`data/README.md`.
"""

from pipeline.lexicon.registers import (
    Municipality,
    counties,
    municipalities,
    public_bodies,
    state_agencies,
)
from pipeline.lexicon.words import frequency, known, lexicon_rate, split

__all__ = [
    "Municipality",
    "counties",
    "frequency",
    "known",
    "lexicon_rate",
    "municipalities",
    "public_bodies",
    "split",
    "state_agencies",
]

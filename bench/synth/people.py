"""Who has which function in a document: drawn once for a document, by the key that the grammar uses."""

from dataclasses import dataclass

from synth.grammar import Expander

# Key: function, and whose: `k` the authority's, `m` the counterparty's.
FUNCTIONS = {
    "tecknare_k": ("signatory", "k"),
    "tecknare_m": ("signatory", "m"),
    "kontakt_k": ("contact", "k"),
    "kontakt_m": ("contact", "m"),
    "handläggare": ("responsible", ""),
    "chef": ("responsible", ""),
    "mottagare": ("recipient", ""),
    "mottagare_m": ("recipient", "m"),
    "ordf": ("signatory", ""),
    "sekr": ("signatory", ""),
    "just": ("signatory", ""),
    "ledamot": ("other", ""),
}
PARTIES = ("S", "M", "C", "V", "L", "KD", "MP", "SD")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    title: str
    function: str
    side: str
    party: str


class People:
    """`ledamot2` is another person than `ledamot`, with the same function."""

    def __init__(self, expander: Expander) -> None:
        self._expander = expander
        self._known: dict[str, Person] = {}

    def get(self, key: str) -> Person:
        if key not in self._known:
            plain = key.rstrip("0123456789")
            function, side = FUNCTIONS[plain]
            rule = f"titel.{plain}" if plain not in ("mottagare_m",) else "titel.kontakt_m"
            title = {"ordf": "ordförande", "sekr": "sekreterare", "just": "justerare", "ledamot": ""}.get(
                plain
            )
            self._known[key] = Person(
                name=self._new_name(),
                title=self._expander.rule(rule) if title is None else title,
                function=function,
                side=side,
                party=self._expander.rng.choice(PARTIES),
            )
        return self._known[key]

    def _new_name(self) -> str:
        taken = {person.name for person in self._known.values()}
        while True:
            name = f"{self._expander.rule('förnamn')} {self._expander.rule('efternamn')}"
            if name not in taken:
                return name

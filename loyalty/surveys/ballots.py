"""The ballots of an anonymous survey: of each cell one sealed multiset, with no id, no time and no order.

A ballot is all that one person answered but for texts. Texts are a multiset of their own, one for the survey, each
text by itself, so that neither style and score meet nor two texts of one person.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loyalty.surveys.questions import Answer, Question
from loyalty.surveys.seal import Sealer

STEP_BYTES = 4_096
"""What is sealed has a multiple of this length, so that its size says little of what is in it."""

_LENGTH_BYTES = 4

_TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Box:
    """Which multiset of a survey is meant: of a cell, by its number, or of the texts. None opens as another."""

    survey: str
    cell: int | None

    @property
    def associated(self) -> bytes:
        """What the sealed bytes are bound to."""
        return json.dumps([self.survey, _TEXTS if self.cell is None else self.cell]).encode()


def split(
    answers: Mapping[str, Answer], questions: Iterable[Question]
) -> tuple[dict[str, Answer], list[dict[str, str]]]:
    """Return the ballot without texts, and each text as an entry of its own."""
    texts = {question.key for question in questions if question.kind == "text"}
    ballot = {key: answer for key, answer in answers.items() if key not in texts}
    return ballot, [{key: str(answers[key])} for key in sorted(texts & answers.keys())]


def empty(box: Box, sealer: Sealer) -> bytes:
    """Return a sealed multiset without ballots, as it is laid down when the survey opens."""
    return _seal(Counter(), box, sealer)


def add(sealed: bytes, ballot: Mapping[str, Answer], box: Box, sealer: Sealer) -> bytes:
    """Return the multiset with one more ballot, sealed anew."""
    return add_all(sealed, [ballot], box, sealer)


def add_all(sealed: bytes, ballots: Iterable[Mapping[str, Answer]], box: Box, sealer: Sealer) -> bytes:
    """Return the multiset with these ballots as well, sealed anew once."""
    held = _open(sealed, box, sealer)
    held.update(_written(ballot) for ballot in ballots)
    return _seal(held, box, sealer)


def count(sealed: bytes, box: Box, sealer: Sealer) -> list[tuple[dict[str, Answer], int]]:
    """Return each ballot there is with how many are like it, in the order of how they are written."""
    return [(_read(written), number) for written, number in sorted(_open(sealed, box, sealer).items())]


def _seal(held: Counter[str], box: Box, sealer: Sealer) -> bytes:
    plain = json.dumps(sorted(held.items()), ensure_ascii=False).encode()
    filled = len(plain).to_bytes(_LENGTH_BYTES) + plain
    return sealer.seal(filled + bytes(-len(filled) % STEP_BYTES), box.associated)


def _open(sealed: bytes, box: Box, sealer: Sealer) -> Counter[str]:
    padded = sealer.open(sealed, box.associated)
    length = int.from_bytes(padded[:_LENGTH_BYTES])
    return Counter(dict(json.loads(padded[_LENGTH_BYTES : _LENGTH_BYTES + length])))


def _written(ballot: Mapping[str, Answer]) -> str:
    return json.dumps(ballot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _read(written: str) -> dict[str, Answer]:
    return {key: tuple(answer) if isinstance(answer, list) else answer for key, answer in json.loads(written).items()}

"""Ballots of a cell lie sealed in one multiset that tells nothing of who, when or in which order."""

import hashlib
import hmac
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.surveys.ballots import STEP_BYTES, Box, add, add_all, count, empty, split
from loyalty.surveys.questions import Answer, Question
from loyalty.surveys.seal import _hkdf, survey_key


class KeyedSealer:
    """A stream of hashes under a key, with a check: enough to see what is sealed with what. `plain` remembers."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.plain: list[bytes] = []

    def seal(self, plain: bytes, associated: bytes) -> bytes:
        self.plain.append(plain)
        nonce = len(self.plain).to_bytes(12)
        body = self._mask(plain, nonce)
        return nonce + body + hmac.digest(self.key, nonce + body + associated, "sha256")

    def open(self, sealed: bytes, associated: bytes) -> bytes:
        nonce, body, check = sealed[:12], sealed[12:-32], sealed[-32:]
        if not hmac.compare_digest(check, hmac.digest(self.key, nonce + body + associated, "sha256")):
            raise ValueError("not sealed so")
        return self._mask(body, nonce)

    def _mask(self, text: bytes, nonce: bytes) -> bytes:
        stream = hashlib.shake_256(self.key + nonce).digest(len(text))
        return bytes(one ^ other for one, other in zip(text, stream, strict=True))


BOX = Box("q1-nps", 3)
SECRET = b"s" * 32


def sealer() -> KeyedSealer:
    return KeyedSealer(survey_key(SECRET, survey="q1-nps"))


def test_ballots_are_counted_as_they_were_cast() -> None:
    seal = sealer()
    sealed = empty(BOX, seal)
    assert count(sealed, BOX, seal) == []
    fond: dict[str, Answer] = {"score": 9, "use": ("reports", "alerts")}
    for ballot in (fond, {"score": 3}, fond):
        sealed = add(sealed, ballot, BOX, seal)
    assert count(sealed, BOX, seal) == [({"score": 3}, 1), ({"score": 9, "use": ("reports", "alerts")}, 2)]


def test_the_order_in_which_they_came_leaves_no_trace() -> None:
    written = set()
    for order in permutations([{"score": 9}, {"score": 3}, {"score": 10}, {"score": 3}]):
        seal = sealer()
        sealed = empty(BOX, seal)
        for ballot in order:
            sealed = add(sealed, ballot, BOX, seal)
        written.add(seal.plain[-1])
    assert len(written) == 1


def test_every_sealed_multiset_is_a_multiple_of_four_kilobytes_and_no_answer_stands_in_it() -> None:
    seal = sealer()
    sealed = empty(BOX, seal)
    for number in range(60):
        sealed = add(sealed, {"score": number % 11, "note": "NORTHWIND"}, BOX, seal)
        assert len(seal.plain[-1]) == STEP_BYTES
        assert b"NORTHWIND" not in sealed
        assert b"score" not in sealed
    add(sealed, {"note": "x" * 5000}, BOX, seal)
    assert len(seal.plain[-1]) == 2 * STEP_BYTES


def test_nothing_opens_under_another_survey_cell_or_secret() -> None:
    sealed = add(empty(BOX, sealer()), {"score": 9}, BOX, sealer())
    others = [
        (Box("q1-nps", 4), SECRET), (Box("q1-nps", None), SECRET), (Box("q2-nps", 3), SECRET), (BOX, b"t" * 32),
    ]  # fmt: skip
    for box, secret in others:
        with pytest.raises(ValueError, match="not sealed so"):
            count(sealed, box, KeyedSealer(survey_key(secret, survey="q1-nps")))
    with pytest.raises(ValueError, match="not sealed so"):
        count(sealed, BOX, KeyedSealer(survey_key(SECRET, survey="q2-nps")))


def test_texts_leave_the_ballot_each_by_itself() -> None:
    questions = [Question("score", "nps"), Question("why", "text"), Question("wish", "text")]
    ballot, texts = split({"score": 9, "why": "Fast", "wish": "빠른 알림"}, questions)
    assert (ballot, texts) == ({"score": 9}, [{"why": "Fast"}, {"wish": "빠른 알림"}])
    seal, box = sealer(), Box("q1-nps", None)
    assert count(add_all(empty(box, seal), texts, box, seal), box, seal) == [
        ({"why": "Fast"}, 1),
        ({"wish": "빠른 알림"}, 1),
    ]


ANSWERS: st.SearchStrategy[Answer] = (
    st.integers(0, 10) | st.text('aé빠"\\😀', max_size=9) | st.just(("reports", "alerts"))
)


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["score", "why", "use"]), ANSWERS), max_size=12))
def test_whatever_is_cast_is_counted(ballots: list[dict[str, Answer]]) -> None:
    seal = sealer()
    counted = count(add_all(empty(BOX, seal), ballots, BOX, seal), BOX, seal)
    cast = [ballot for ballot, number in counted for _ in range(number)]
    assert sorted(sorted_items(cast)) == sorted(sorted_items(ballots))


def sorted_items(ballots: list[dict[str, Answer]]) -> list[str]:
    return [repr(sorted(ballot.items())) for ballot in ballots]


def test_a_key_is_derived_as_the_standard_says() -> None:
    # RFC 5869, test case 1, its first 32 bytes.
    derived = _hkdf(b"\x0b" * 22, salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)))
    assert derived.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    with pytest.raises(ValueError, match="a secret of 5 bytes; ballots need one of at least 32"):
        survey_key(b"short", survey="q1-nps")

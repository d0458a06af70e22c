"""What `laurels doctor` says of one thing it looked at."""

from dataclasses import dataclass
from typing import Literal

State = Literal["fine", "missing", "wrong"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and in words what was found or what to do."""

    name: str
    state: State
    says: str

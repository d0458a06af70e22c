"""Troubles that a test may order: each strikes the next matching calls, then is gone."""

from dataclasses import dataclass, replace

KINDS = (
    "rate_limited",
    "server_error",
    "malformed",
    "slow",
    "cut_before",
    "cut_after",
    "duplicate_event",
    "hold_event",
    "never_shared",
)


@dataclass(frozen=True)
class Fault:
    """`kind` strikes calls of `method` ("*": any; for events the event's type), `times` times."""

    kind: str
    method: str = "*"
    times: int = 1
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault is called {self.kind}; there are {', '.join(KINDS)}")
        if self.times < 1:
            raise ValueError(f"a fault strikes once or more, not {self.times} times")


class Faults:
    """The troubles still to come."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Let it strike from now on."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """Let there be no more trouble."""
        self._ordered = []

    def remaining(self) -> list[Fault]:
        """What has not struck yet."""
        return list(self._ordered)

    def strike(self, kinds: tuple[str, ...], method: str) -> Fault | None:
        """The first trouble of these kinds for this method, now one time fewer; None in good weather."""
        for index, fault in enumerate(self._ordered):
            if fault.kind in kinds and fault.method in {"*", method}:
                left = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                self._ordered[index : index + 1] = left
                return fault
        return None

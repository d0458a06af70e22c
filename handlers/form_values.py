"""A modal that was submitted: what stands in its fields, what was kept with it, and what is wrong in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from handlers.request import FieldsError, SlackRequest
from loyalty.errors import LoyaltyError


class FieldFaults:
    """What is wrong in a form, by field, gathered so that all of it is shown at once."""

    def __init__(self) -> None:
        self.faults: dict[str, LoyaltyError] = {}

    def add(self, field: str, fault: LoyaltyError) -> None:
        """Note what is wrong in a field."""
        self.faults[field] = fault

    @contextmanager
    def beside(self, field: str) -> Iterator[None]:
        """Note the refusal of what is checked within as what is wrong in a field."""
        try:
            yield
        except LoyaltyError as fault:
            self.faults[field] = fault

    def refuse(self) -> None:
        """Raise FieldsError where anything is wrong."""
        if self.faults:
            raise FieldsError(self.faults)


def form_values(request: SlackRequest) -> dict[str, str]:
    """Return each field's text, by the field's name: what was written, or the value of what was chosen or ticked."""
    values: dict[str, str] = {}
    for fields in request.body["view"]["state"]["values"].values():
        for name, answer in fields.items():
            ticked = answer.get("selected_options") or [{}]
            picked = answer.get("selected_date") or answer.get("selected_time")
            value = answer.get("value") or picked or (answer.get("selected_option") or ticked[0]).get("value")
            values[name] = (value or "").strip()
    return values


def chosen_values(request: SlackRequest, name: str) -> tuple[str, ...]:
    """Return the values of all that was chosen in one field."""
    for fields in request.body["view"]["state"]["values"].values():
        if name in fields:
            return tuple(option["value"] for option in fields[name].get("selected_options") or ())
    return ()


def private_metadata(request: SlackRequest) -> dict[str, Any]:
    """Return what was kept with the modal."""
    metadata: dict[str, Any] = json.loads(request.body["view"]["private_metadata"] or "{}")
    return metadata


def idempotency_key(request: SlackRequest) -> str:
    """Return a key by which a modal counts once, however often it is submitted."""
    return f"window/{request.body['view']['id']}"

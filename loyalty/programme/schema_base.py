"""What every part of a programme file is, and what several of them say."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Receiver = Literal["person", "pool"]


class SchemaPart(BaseModel):
    """Any part of a programme."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

"""Words that people read: one text, or a text by language."""

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Discriminator, RootModel, Tag

from loyalty.programme.errors import Path, WrongValueError
from loyalty.programme.field_types import MAX_NAME_CHARS, MAX_TEXT_CHARS, Language, text

_Text = Annotated[str, text(MAX_TEXT_CHARS)]


def _kind(value: Any) -> str:
    return "by language" if isinstance(value, dict) else "in one language"


def _some(value: dict[str, str]) -> dict[str, str]:
    if not value:
        raise WrongValueError("a text is wanted, and this mapping has none")
    return value


class LocalizedText(
    RootModel[
        Annotated[
            Annotated[_Text, Tag("in one language")]
            | Annotated[dict[Language, _Text], AfterValidator(_some), Tag("by language")],
            Discriminator(_kind),
        ]
    ]
):
    """A text for people, in one language or in several."""

    model_config = ConfigDict(frozen=True)

    def get(self, language: str) -> str:
        """Return the text in a language; else in its plain form (`pt` for `pt-BR`), else in English, else the first."""
        if isinstance(self.root, str):
            return self.root
        for tag in (language, language.partition("-")[0], "en"):
            if tag in self.root:
                return self.root[tag]
        return next(iter(self.root.values()))

    def texts(self) -> tuple[tuple[str | None, str], ...]:
        """Return every text with its language, None where there is but one."""
        return ((None, self.root),) if isinstance(self.root, str) else tuple(self.root.items())

    def placed(self, path: Path) -> tuple[tuple[Path, str], ...]:
        """Return every text with its path in the file, `path` being the one to all of them."""
        return tuple(((*path, language) if language else path, text) for language, text in self.texts())

    def __str__(self) -> str:
        return self.get("en")


def _short(words: LocalizedText) -> LocalizedText:
    for _, words_text in words.texts():
        if len(words_text) > MAX_NAME_CHARS:
            raise WrongValueError(f"{len(words_text)} characters are too many: at most {MAX_NAME_CHARS} fit")
    return words


Title = Annotated[LocalizedText, AfterValidator(_short)]

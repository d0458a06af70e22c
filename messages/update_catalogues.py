"""Bring the catalogues up to what the code says: `make words`. What is new waits there for its translation."""

import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from messages.kit.reader import SPOKEN

HERE = Path(__file__).parent
SAID_BY = {"say": None, "label": None, "count": (1, 2), "plain_count": (1, 2)}
"""The methods of a Reader that take a sentence, and where it stands among their arguments."""


def sentences() -> Catalog:
    """Return every sentence that the code says, without translations."""
    catalogue = Catalog()
    for _, _, sentence, _, context in extract_from_dir(str(HERE), keywords=SAID_BY):
        catalogue.add(sentence, context=context)
    return catalogue


def path_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return HERE / "locale" / language / "LC_MESSAGES" / "laurels.po"


def load(language: str) -> Catalog:
    """Return a language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renew(language: str) -> list[str]:
    """Bring a language's catalogue up to date, and return the sentences that want a translation."""
    catalogue = load(language)
    catalogue.update(sentences(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    with path_of(language).open("wb") as file:
        file.write(_header(catalogue).encode())
        write_po(file, catalogue, width=110, sort_output=True, omit_header=True)
    return [str(message.id) for message in catalogue if message.id and not translated(message.string)]


def _header(catalogue: Catalog) -> str:
    return (
        f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )


def translated(string: str | Sequence[str | None] | None) -> bool:
    """Return whether a sentence has its translation, in every plural form."""
    return bool(string) if isinstance(string, str) or string is None else all(string)


if __name__ == "__main__":
    for language in SPOKEN[1:]:
        sys.stdout.writelines(f"{language}: {sentence}\n" for sentence in renew(language))

"""People's names in a report: as they are shown, and as two of them are compared."""

import re
import unicodedata

# What Teams puts behind the name of somebody from elsewhere, in the downloader's language.
_MARKS = (
    "external|extern|externe|externo|externa|esterno|esterna|zewnętrzny|zewnętrzna|외부|外部|"
    "unverified|niezweryfikowany|niezweryfikowana|niezweryfikowano|확인되지 않음|확인되지 않은|未確認|未验证|"
    "nicht überprüft|nicht verifiziert|non vérifié|non vérifiée|"
    "no comprobado|sin comprobar|"
    "não verificado|non verificato|"
    "guest|gość|게스트|ゲスト|来宾|gast|invité|invitée|invitado|invitada|convidado|convidada|ospite"
)
_MARK = re.compile(rf"\s*[(（]\s*(?:{_MARKS})\s*[)）]\s*$", re.IGNORECASE)
_CLOSING = frozenset(")）")


def clean_name(written: str, last: str = "") -> str:
    """The name on one line, without `(External)`, `(Unverified)` or `(Guest)` behind it."""
    if not last and written.isprintable() and written.strip() == written and written[-1:] not in _CLOSING:
        return written if "  " not in written else " ".join(written.split())
    name = " ".join(f"{written} {last}".split())
    while name[-1:] in _CLOSING and (shorter := _MARK.sub("", name)) != name and shorter:
        name = shorter
    return name


def name_key(name: str) -> str:
    """What two ways of writing one name have in common: case, width and the form of accents aside."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())

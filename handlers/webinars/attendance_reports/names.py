"""People's names in a report: as they are shown, and as two of them are compared."""

import re
import unicodedata

# What Teams puts behind the name of somebody from elsewhere, in the downloader's language.
_MARKS = (
    "external|extern|externe|externo|externa|esterno|esterna|zewnętrzny|zewnętrzna|외부|外部|"
    "unverified|niezweryfikowany|niezweryfikowana|niezweryfikowano|확인되지 않음|확인되지 않은|未確認|未验证|"
    "nicht überprüft|nicht verifiziert|non vérifié|non vérifiée|no comprobado|sin comprobar|não verificado|non verificato|"
    "guest|gość|게스트|ゲスト|来宾|gast|invité|invitée|invitado|invitada|convidado|convidada|ospite"
)
_MARK = re.compile(rf"\s*[(（]\s*(?:{_MARKS})\s*[)）]\s*$", re.IGNORECASE)


def clean_name(written: str) -> str:
    """The name on one line, without `(External)`, `(Unverified)` or `(Guest)` behind it."""
    name = written.strip()
    if "  " in name or not name.isprintable():  # a no-break space is not printable either
        name = " ".join(name.split())
    while name.endswith((")", "）")):
        shorter = _MARK.sub("", name)
        if shorter == name or not shorter:
            break
        name = shorter
    return name


def name_key(name: str) -> str:
    """What two ways of writing one name have in common: case, width and the form of accents aside."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())

"""Header words in the languages of clients: they break ties, and never make a table by themselves."""

from collections.abc import Sequence
from enum import Enum, auto

from handlers.webinars.attendance_reports.outcome import Role


class Word(Enum):
    """What a header cell says its column holds."""

    FIRST_NAME = auto()
    LAST_NAME = auto()
    NAME = auto()
    REGISTRATION = auto()
    PRINCIPAL = auto()
    ENGAGEMENT = auto()
    EMAIL = auto()
    JOINED = auto()
    LEFT = auto()
    DURATION = auto()
    ROLE = auto()
    ATTENDED = auto()


# In this order: "Registration Email" is no e-mail to go by first, "First name" is no whole name.
_PARTS: dict[Word, str] = {
    Word.REGISTRATION: "regist|rejestr|등록|登録|注册|anmelde|registr|inscri|iscri",
    Word.PRINCIPAL: "upn",
    Word.ENGAGEMENT: "engagement|zaangażowanie|참여도|エンゲージメント|engajamento",
    Word.FIRST_NAME: "first name|given name|vorname|prénom|imię (|voornaam",
    Word.LAST_NAME: "last name|surname|family name|nachname|familienname|apellido|sobrenome|cognome|achternaam",
    Word.EMAIL: "mail|메일|メール|邮件|郵件|correo",
    Word.LEFT: "leave|left|exit|opuszcz|opuści|wyjści|wyszł|나간|나가|퇴장|退出|退室|离开|verlass|austritt|sortie|"
    "départ|salida|saída|uscita",
    Word.DURATION: "duration|minut|czas|기간|시간(분|시간 (분|長さ|時間|期間|时长|dauer|"
    "durée|duraci|duração|durata|time in session",
    Word.JOINED: "join|dołącz|참가 시간|참여 시간|최초 참가|입장|参加|加入|beitritt|beigetreten|arrivée|rejoint|"
    "entrada|ingreso|unión|accesso",
    Word.ROLE: "role|rola|역할|役割|ロール|rolle|rôle|función|função|ruolo",
    Word.ATTENDED: "attended|obecn|uczestnicz|참석 여부|出席|teilgenommen|asisti|participou",
}
_WHOLE: dict[Word, str] = {
    Word.FIRST_NAME: "imię|名|nombre de pila",
    Word.LAST_NAME: "nazwisko|성|姓|nom de famille",
    Word.ROLE: "rol",
    Word.NAME: "name|full name|display name|user name|name (original name)|user name (original name)|"
    "nazwa|nazwa wyświetlana|imię i nazwisko|nazwa użytkownika|이름|표시 이름|名前|氏名|姓名|nom|"
    "nom complet|nombre|nombre completo|nome|nome completo|naam",
}
_ROLES: dict[Role, str] = {
    Role.HOST: "organi|współorg|mitorg|host|gospodarz|주최|이끌이|호스트|開催|主催|ホスト|组织|組織",
    Role.PRESENTER: "present|prezent|panel|발표|패널|発表|パネ|referent|moderad|présent|relatore|apresent",
    Role.ATTENDEE: "attend|uczest|참석|참가|出席|参加|teiln|particip|asist|partecip",
}


def word_of(cell: str) -> Word | None:
    """What the header cell says; None where it is no word we know."""
    bare = " ".join(cell.split()).casefold()
    for word, wholes in _WHOLE.items():
        if bare in wholes.split("|"):
            return word
    return next((word for word, parts in _PARTS.items() if any(part in bare for part in parts.split("|"))), None)


def known(header: Sequence[str]) -> int:
    """How many cells of the header are words we know."""
    return sum(word_of(cell) is not None for cell in header)


def is_webex(header: Sequence[str]) -> bool:
    """Whether the header has the columns that Webex documents."""
    words = {cell.strip().casefold() for cell in header}
    return {"attendee email", "join time", "leave time"} <= words and bool(
        words & {"display name", "attendance duration", "connection type"}
    )


def role_of(text: str) -> Role | None:
    """The role that a cell, or a section's title, names; None where it names none we know."""
    bare = text.casefold()
    return next((role for role, parts in _ROLES.items() if any(part in bare for part in parts.split("|"))), None)

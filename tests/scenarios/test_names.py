"""Names that would be markup, a ping, a link, or would turn their line round: shown as text, wherever they stand."""

from sqlmodel import Session, col, select

from sandbox import blocks as kit
from sandbox.driver import Shown
from storage.tables import Account, Person
from tests.support.workspace import Town

NAME = "*Ania* <!channel> https://x.example דנה\u202e"
MARKED = "\u2068∗Ania∗ &lt;!channel&gt; https://x.example דנה\u2069"
"""As it stands in Slack's markup: nothing of it is any, and it is isolated from what stands beside it."""
PLAIN = "\u2068*Ania* <!channel> https://x.example דנה\u2069"
"""As it stands on a button, where there is no markup."""


def renamed(town: Town) -> None:
    """Let one person of Northwind, and the account itself, be called so."""
    account_id = town.accounts["northwind"]

    def run(session: Session) -> None:
        account = session.get_one(Account, account_id)
        wanted = select(Person).where(col(Person.account_id) == account_id, col(Person.external_id) == "ania")
        person = session.exec(wanted).one()
        account.name = person.name = NAME
        session.add_all((account, person))

    town.database.write({account_id}, run)


def verbatim(shown: Shown) -> bool:
    """Return whether no text of it with markup has its addresses made links of."""
    return all(block["text"]["verbatim"] for block in shown.blocks if block.get("text", {}).get("type") == "mrkdwn")


def test_a_name_is_text_at_the_desk_on_boards_and_at_home(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    renamed(town)
    desk = town.types("U_EWA", "/desk")
    people = town.presses(desk, "Osoby")
    board = town.types("U_ANIA", "/leaderboard")
    assert desk.words[0].startswith(f"*{MARKED}*\n")
    assert any(MARKED in words for words in people.words)
    assert board.words[0].startswith(f"*\u2068{MARKED}, 9–15 March\u2069: 15 points together")
    for shown in (desk, people, board):
        assert "<!" not in shown.text
        assert "\u202e" not in shown.text + "".join(kit.words(shown.blocks))
        assert verbatim(shown)
    assert town.driver.opens_home("U_ANIA").words[0] == PLAIN

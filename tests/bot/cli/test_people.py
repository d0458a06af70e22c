import pytest

from loyalty.accounts.accounts import find_account
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import join
from storage.database import OPERATOR, Database
from tests.bot.cli.conftest import NOW
from tests.bot.cli.shell import Ran, Shell


def test_a_roster_is_taken_in_and_again_changes_nothing(both: Shell) -> None:
    both.apply()
    file = both.file("r.csv", "\ufeffid;email;name;role\r\nania;Ania@x.example;Ania Nowak;champion\r\njan;;;\r\n")
    words = ("people", "import", file, "--account", "northwind")
    assert both.json(*words) == {"read": 2, "added": 2, "updated": 0, "unchanged": 0, "refused": 0}
    assert both.run(*words) == Ran(0, ["Read 2 people: 0 new, 0 renewed, 2 as they were."], [])
    assert both.json("points", "ania", "--account", "northwind")["name"] == "Ania Nowak"
    assert both.run("points", "ania", "--account", "fulton").code == 1


RIGHT = "right are the columns id, email, name, role, of which only id is a must"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("email,name\na@x.example,A\n", f"line 1: the header 'email,name' has no column id: {RIGHT}"),
        (
            "id,mail\nania,a@x.example\n",
            f"line 1: the header has the column 'mail', which means nothing here: {RIGHT}",
        ),
        ("\nid,email,name\nania,a@x.example,A\njan,j@", "line 4: has 2 of the header's 3 cells: is the line cut?"),
        ("id,email\nania,nowhere\n", "line 2: 'nowhere' is no e-mail; one looks like ania@northwind.example"),
        ("id,role\nania,boss\n", "line 2: 'boss' is no role; roles are user, champion, manager, executive"),
        ("id\nania\nania\n", "lines 2, 3: 'ania' stands there more than once; one line a person"),
        ("", f"line 1: the header '' has no column id: {RIGHT}"),
    ],
)
def test_a_bad_roster_is_refused_whole(shell: Shell, text: str, fault: str) -> None:
    shell.apply()
    file = shell.file("r.csv", text)
    assert shell.run("people", "import", file, "--account", "northwind") == Ran(
        1, [], [f"r.csv, {fault}", "Nothing was taken: correct the file and import it again."]
    )
    assert shell.json("people", "import", file, "--account", "northwind", code=1) == {
        "file": "r.csv",
        "faults": [fault],
    }
    assert shell.run("points", "ania", "--account", "northwind").code == 1


def test_who_could_not_be_matched_is_listed(both: Shell, database: Database) -> None:
    both.apply()
    assert both.json("people", "unmatched") == {"unmatched": []}
    profile = SlackProfile(user=SlackUser("", "T1", "U1"), name="Ania", email="ania@x.example")

    def knock(key: str) -> None:
        account = database.read(OPERATOR, lambda session: find_account(session, key))
        database.write([account.id or 0], lambda session: join(session, account.id or 0, profile, now=NOW))

    knock("northwind")
    knock("fulton")
    everywhere = both.json("people", "unmatched")["unmatched"]
    assert [row["account"] for row in everywhere] == ["northwind", "fulton"]
    assert both.json("people", "unmatched", "--account", "fulton")["unmatched"] == [
        {
            "account": "fulton",
            "user": "U1",
            "team": "T1",
            "enterprise": None,
            "name": "Ania",
            "email": "ania@x.example",
            "reason": "unknown",
            "since": "2026-03-20T09:00:00+00:00",
            "candidates": [],
        }
    ]
    assert "nobody of the roster has the e-mail" in both.run("people", "unmatched").out[2]


def test_an_accounts_people_are_listed(both: Shell) -> None:
    both.apply()
    assert both.run("people", "list", "--account", "northwind").out == [
        "Nobody of Northwind is known yet: `laurels people import FILE --account northwind`."
    ]
    for account, name in (("northwind", "Ania Nowak"), ("fulton", "Another Ania")):
        file = both.file("r.csv", f"id,email,name,role\nania,ania@x.example,{name},champion\n")
        both.run("people", "import", file, "--account", account)
    assert both.json("people", "list", "--account", "northwind") == {
        "account": "northwind",
        "people": [
            {"id": "ania", "email": "ania@x.example", "name": "Ania Nowak", "role": "champion", "joined": False}
        ],
    }
    assert both.run("people", "list", "--account", "fulton").out == [
        "Name           Person   E-mail           Role       Joined",
        "──────────────────────────────────────────────────────────",
        "Another Ania   ania     ania@x.example   champion   no    ",
    ]

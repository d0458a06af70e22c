from tests.bot.cli.shell import Ran, Shell


def test_a_manager_is_added_once(both: Shell) -> None:
    both.apply()
    assert both.json("manager", "add", "northwind", "Ewa@orbit.example") == {
        "account": "northwind", "email": "ewa@orbit.example", "new": True,
    }  # fmt: skip
    assert both.run("manager", "add", "northwind", "ewa@orbit.example") == Ran(
        0, ["ewa@orbit.example looks after Northwind already."], []
    )


def test_what_is_no_e_mail_is_refused(shell: Shell) -> None:
    shell.apply()
    assert shell.run("manager", "add", "northwind", "Ewa") == Ran(
        2, [], ['Ewa: an e-mail address is wanted, not the text "Ewa"']
    )

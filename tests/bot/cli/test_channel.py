from tests.bot.cli.shell import Ran, Shell


def test_a_channel_means_one_account(both: Shell) -> None:
    both.apply()
    assert both.run("channel", "bind", "northwind", "C012345") == Ran(0, ["Channel C012345 now means Northwind."], [])
    assert both.json("channel", "bind", "northwind", "C012345", "--team", "T1") == {
        "account": "northwind", "channel": "C012345", "team": "T1", "new": False,
    }  # fmt: skip
    assert both.run("channel", "bind", "fulton", "C012345") == Ran(
        1, [], ["channel C012345 is bound to another account; a channel means one client"]
    )


def test_a_channels_name_is_not_its_id(shell: Shell) -> None:
    shell.apply()
    assert shell.run("channel", "bind", "northwind", "#general") == Ran(
        2,
        [],
        ['#general: a channel\'s id like C012345, from its details in Slack, is wanted, not the text "#general"'],
    )


def test_a_workspace_as_a_whole_means_one_account(both: Shell) -> None:
    both.apply()
    assert both.run("channel", "bind", "northwind", "--team", "T012345") == Ran(
        0, ["Workspace T012345 now means Northwind."], []
    )
    assert both.json("channel", "bind", "northwind", "--team", "T012345") == {
        "account": "northwind", "channel": None, "team": "T012345", "new": False,
    }  # fmt: skip
    assert both.run("channel", "bind", "fulton", "--team", "T012345") == Ran(
        1, [], ["workspace T012345 is bound to another account; a workspace means one client"]
    )


def test_neither_a_channel_nor_a_workspace_is_nothing_to_bind(shell: Shell) -> None:
    shell.apply()
    assert shell.run("channel", "bind", "northwind") == Ran(
        2, [], ["which channel? Give its id, or --team for a whole workspace"]
    )

from tests.bot.cli.shell import Shell


def states(shell: Shell, code: int = 0) -> dict[str, tuple[str, str]]:
    """What was looked at, and how it is."""
    checks = shell.json("doctor", code=code)["checks"]
    return {check["name"]: (check["state"], check["says"]) for check in checks if check["name"] != "Python"}


NO_TOKEN = ("missing", "no SLACK_BOT_TOKEN: the command line works, the bot cannot run")


def test_it_tells_what_is_there_and_what_is_missing(shell: Shell) -> None:
    before = states(shell)
    assert before["programme"] == ("missing", "none was applied yet: `laurels programme apply FILE`")
    shell.apply()
    assert states(shell)["programme"] == ("fine", "Orbit Champions, version 1, 2 accounts")
    assert states(shell)["Slack"] == NO_TOKEN


def test_a_database_that_is_not_there_yet_is_not_made(shell: Shell) -> None:
    (shell.folder / "laurels.db").unlink()
    assert states(shell)["database"] == (
        "missing",
        "laurels.db is not there yet: the first command that needs it makes it",
    )
    assert not (shell.folder / "laurels.db").exists()


def test_secrets_are_never_shown(shell: Shell) -> None:
    secrets = {
        "LAURELS_DATABASE_URL": "postgresql://ania:hunter2@localhost:1/laurels",
        "SLACK_BOT_TOKEN": "xoxb-hunter2",
        "SLACK_SIGNING_SECRET": "hunter2",
        "SLACK_API_URL": "http://localhost:1/api/",
    }
    ran = shell.run("doctor", **secrets)
    assert ran.code == 1
    assert [line.split()[0] for line in ran.out] == ["fine", "wrong", "wrong"]
    assert "hunter2" not in "\n".join(ran.out + ran.err)

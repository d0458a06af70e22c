from storage.database import Database
from tests.bot.cli.doctor.test_doctor import states
from tests.bot.cli.shell import Shell
from tests.support.mail_server import mail_server_at_work


def test_it_says_whether_mail_goes_and_sends_none(shell: Shell, sqlite_database: Database) -> None:
    assert states(shell)["mail"] == ("missing", "no LAURELS_SMTP_URL: calendars are told by files and feeds alone")
    with mail_server_at_work() as box:
        at = f"127.0.0.1:{box.port}?from=laurels@orbit.example"
        shown = f"smtp://127.0.0.1:{box.port}"
        for login, said in (
            ("", ("fine", f"{shown}, as laurels@orbit.example")),
            ("ewa:hunter2@", ("fine", f"{shown}, as laurels@orbit.example")),
            ("ewa:secret@", ("wrong", f"{shown} refuses the user or the password (535)")),
        ):
            asked = Shell(shell.folder, {**shell.env, "LAURELS_SMTP_URL": f"smtp://{login}{at}"})
            assert states(asked, code=int(said[0] == "wrong"))["mail"] == said
        assert box.taken == []
    asked = Shell(shell.folder, {**shell.env, "LAURELS_SMTP_URL": f"smtp://{at}"})
    assert states(asked, code=1)["mail"] == ("wrong", f"{shown} cannot be reached: ConnectionRefusedError")


def test_a_url_that_is_none_is_said_without_its_password(shell: Shell, sqlite_database: Database) -> None:
    ran = shell.run("doctor", LAURELS_SMTP_URL="smtp://ewa:hunter2@")
    assert ran.code == 1
    assert "hunter2" not in "\n".join(ran.out + ran.err)

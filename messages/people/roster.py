"""The roster at the desk: an account's people as a list, the modal to edit it, and the receipt."""

from collections.abc import Sequence

from loyalty.accounts.requester import AccountInfo
from loyalty.people.directory import ListedPerson, PeoplePage
from loyalty.people.roster import MAX_CELL_CHARS as CELLS
from loyalty.people.roster import RosterFault, RosterReport
from messages.actions import DeskAction as Desk
from messages.actions import PeopleAction, RosterField, RosterView
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.elements import clip
from messages.kit.modals import Modal, text_field
from messages.kit.reader import Mrkdwn, Reader, join_text

MAX_ROSTER_CHARS = 3000
"""The most that Slack takes in one field."""
MAX_NAMED_FAULTS = 5
"""How many of the wrong lines are named at a time."""


def people_message(reader: Reader, client: AccountInfo, page: PeoplePage, *, size: int) -> Message:
    """Return a page of an account's people, each with role and whether they joined."""
    title = reader.count("*{account}: {n} person*", "*{account}: {n} people*", page.of, account=client.name)
    before, after = page.first - size, page.first + size
    return message(
        section(title),
        section(join_text(_line(reader, person) for person in page.people)) if page.people else None,
        buttons(
            _turn(reader.label("Previous page"), client, max(before, 0), "earlier") if page.first else None,
            _turn(reader.label("Next page"), client, after, "later") if after < page.of else None,
            Button(label=reader.label("Edit the roster"), action=PeopleAction.EDIT, value=str(client.id)),
            Button(label=reader.label("My desk"), action=Desk.OPEN, value=str(client.id)),
        ),
        context(reader.say("Only you see this.")),
    )


def _turn(label: str, client: AccountInfo, first: int, key: str) -> Button:
    return Button(label=label, action=PeopleAction.PEOPLE, value=f"{client.id}/{first}", key=key)


def _line(reader: Reader, person: ListedPerson) -> Mrkdwn:
    facts = {"name": listed_name(person), "role": _roles(reader)[person.role]}
    if person.joined:
        return reader.say("{name}: {role}, has joined", **facts)
    return reader.say("{name}: {role}, not yet", **facts)


def listed_name(person: ListedPerson) -> str:
    """Return a person's name and user id, or e-mail, as far as they are known."""
    known = clip(person.external_id or person.email or "", 60)
    return f"{clip(person.name, 60)} ({known})" if person.name and known else person.name or known


def _roles(reader: Reader) -> dict[str, str]:
    return {
        "user": reader.label("user"),
        "champion": reader.label("champion"),
        "manager": reader.label("manager"),
        "executive": reader.label("executive"),
    }


def roster_form(reader: Reader, client: AccountInfo, text: str, *, whole: bool) -> Modal:
    """Return the modal in which the roster is written. `whole`: `text` is all of it, so that it can be changed."""
    return Modal(
        title=reader.label("Roster"),
        close=reader.label("Cancel"),
        submit=reader.label("Take it in"),
        callback=RosterView.FORM,
        private_metadata={"account": client.id},
        content=message(
            section(reader.say("*{account}*", account=client.name)),
            section(
                reader.say(
                    "A line a person, under the line that names the columns: `id, email, name, role`. The id is your"
                    " product's; the rest may be empty. Roles are `user`, `champion`, `manager` and `executive`."
                )
            ),
            None
            if whole
            else section(
                reader.say("The whole roster is too long to stand here: write the lines that are new or have changed.")
            ),
            text_field(
                RosterField.ROSTER,
                reader.label("The roster"),
                hint=reader.label("Whoever has no line here stays as they are, and so does what is left empty."),
                max_chars=MAX_ROSTER_CHARS,
                multiline=True,
                initial_value=text,
            ),
            context(
                reader.say(
                    "At most 3,000 characters fit here. A longer roster comes as a file, by command line: `laurels"
                    " people import FILE --account {account}`.",
                    account=client.key,
                )
            ),
        ),
    )


def roster_errors(reader: Reader, faults: Sequence[RosterFault] = ()) -> Mrkdwn:
    """Return what is wrong with a roster, the first lines by number and what would be right there."""
    sentences = [reader.say("Nothing was taken.")]
    sentences += [_fault(reader, fault) for fault in faults[:MAX_NAMED_FAULTS]]
    if len(faults) > MAX_NAMED_FAULTS:
        sentences.append(
            reader.count("{n} line more is wrong.", "{n} lines more are wrong.", len(faults) - MAX_NAMED_FAULTS)
        )
    return join_text(sentences, " ")


def _fault(reader: Reader, fault: RosterFault) -> Mrkdwn:
    line_numbers = ", ".join(map(str, fault.lines))
    return {
        "header": reader.say(
            "Line {lines}: the first line names the columns, id, email, name, role.", lines=line_numbers
        ),
        "unreadable": reader.say(
            "Line {lines}: it has other columns than the first line, or a quote that is not closed.", lines=line_numbers
        ),
        "no_id": reader.say("Line {lines}: the id is missing.", lines=line_numbers),
        "email": reader.say("Line {lines}: that is no e-mail address.", lines=line_numbers),
        "role": reader.say("Line {lines}: roles are user, champion, manager, executive.", lines=line_numbers),
        "long": reader.say(
            "Line {lines}: something is too long. An id and a name have at most {most} characters, an e-mail address"
            " {email}.",
            lines=line_numbers,
            most=CELLS["name"],
            email=CELLS["email"],
        ),
        "twice": reader.say("Lines {lines}: they have the same id; one line a person.", lines=line_numbers),
    }[fault.kind]


def roster_receipt(reader: Reader, client: AccountInfo, report: RosterReport) -> Message:
    """Return what became of a roster's lines."""
    report_lines = [
        reader.count("*{account}: {n} line read.*", "*{account}: {n} lines read.*", report.read, account=client.name),
        reader.count("{n} person is new.", "{n} people are new.", report.added),
        reader.count("{n} person has changed.", "{n} people have changed.", report.updated),
        reader.count("{n} person is as before.", "{n} people are as before.", report.unchanged),
    ]
    if report.refused:
        report_lines.append(
            reader.count(
                "{n} person was passed over: they declined, or asked to be forgotten.",
                "{n} people were passed over: they declined, or asked to be forgotten.",
                report.refused,
            )
        )
    return message(
        section(join_text(report_lines)),
        buttons(Button(label=reader.label("People"), action=PeopleAction.PEOPLE, value=str(client.id))),
        context(reader.say("Only you see this.")),
    )

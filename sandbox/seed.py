"""What a local Slack starts with: workspaces, people, channels, one app and where it is installed."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Workspace:
    """A Slack workspace (a "team"); `domain` is the word before .slack.com."""

    id: str
    name: str
    domain: str
    enterprise_id: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody with a Slack account in the workspace `team`."""

    id: str
    name: str
    real_name: str
    email: str
    team: str
    tz: str = "Europe/Warsaw"
    locale: str = "en-US"
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel of the workspace `team`, perhaps shared with others (Slack Connect)."""

    id: str
    name: str
    team: str
    members: tuple[str, ...] = ()
    is_private: bool = False
    is_general: bool = False
    shared_with: tuple[str, ...] = ()

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces in which the channel stands, its own first."""
        return (self.team, *self.shared_with)


@dataclass(frozen=True)
class Command:
    """A slash command as the app's manifest lists it; `name` begins with "/"."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class App:
    """The app as Slack knows it: its secrets, and what its manifest asks for."""

    id: str
    name: str
    signing_secret: str
    app_token: str
    commands: tuple[Command, ...] = ()
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    client_id: str = ""
    client_secret: str = ""
    redirect_urls: tuple[str, ...] = ()
    has_home: bool = True
    socket_mode: bool = False


@dataclass(frozen=True)
class Installation:
    """The app in one workspace: the token it calls with and the user it speaks as.

    `installed` False: the workspace may install it by OAuth, and has not yet.
    """

    team: str
    bot_token: str
    bot_user: str
    installed: bool = True

    @property
    def bot_id(self) -> str:
        """The `B…` id beside the bot's `U…` id."""
        return "B" + self.bot_user[1:]


@dataclass(frozen=True)
class Seed:
    """Everything a local Slack is made from. Raises ValueError where the parts do not fit each other."""

    app: App
    workspaces: tuple[Workspace, ...]
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    installations: tuple[Installation, ...]
    _people: dict[str, Person] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        everybody = (*self.people, *(self._bot(installation) for installation in self.installations))
        object.__setattr__(self, "_people", {person.id: person for person in everybody})
        if len(self._people) != len(everybody):
            raise ValueError("two people in the seed have the same id")
        _check_workspaces(self)
        _check_members(self)

    def _bot(self, installation: Installation) -> Person:
        handle = self.app.name.lower().replace(" ", "_")
        return Person(installation.bot_user, handle, self.app.name, "", installation.team, tz="Etc/UTC", is_bot=True)

    def person(self, person_id: str) -> Person | None:
        """The person or bot with this id, None if there is none."""
        return self._people.get(person_id)

    def everybody(self) -> tuple[Person, ...]:
        """All people, and the app's bot users after them."""
        return tuple(self._people.values())

    def workspace(self, team: str) -> Workspace:
        """The workspace with this id; KeyError if there is none."""
        return {workspace.id: workspace for workspace in self.workspaces}[team]

    def command(self, name: str) -> Command | None:
        """The app's command of this name ("/points"), None if the manifest has none."""
        return next((command for command in self.app.commands if command.name == name), None)


def _check_workspaces(seed: Seed) -> None:
    known = {workspace.id for workspace in seed.workspaces}
    named = [(person.id, person.team) for person in seed.everybody()]
    named += [(channel.id, team) for channel in seed.channels for team in channel.teams]
    for owner, team in named:
        if team not in known:
            raise ValueError(f"{owner} names the workspace {team}, which the seed does not have")


def _check_members(seed: Seed) -> None:
    for channel in seed.channels:
        for member in channel.members:
            person = seed.person(member)
            if person is None:
                raise ValueError(f"#{channel.name} has the member {member}, whom the seed does not have")
            if person.team not in channel.teams:
                raise ValueError(f"{member} of {person.team} cannot be in #{channel.name}: share it there")

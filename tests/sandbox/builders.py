"""The Slack these tests live in: a vendor's workspace, two clients' people, one shared channel each."""

from sandbox.seed import App, Channel, Command, Installation, Person, Seed, Workspace

APP = App(
    id="A00000001",
    name="Kettle",
    signing_secret="signing-secret",
    app_token="xapp-1-kettle",
    commands=(
        Command("/tea", "Ask for a cup", "[sort] [sugar]"),
        Command("/order", "Fill in an order"),
        Command("/list", "Send a list"),
        Command("/slow", "Never answers in time"),
        Command("/broken", "Fails"),
        Command("/mention", "Says whom you mean", should_escape=True),
    ),
    scopes=frozenset(
        {
            "channels:history",
            "channels:join",
            "channels:read",
            "chat:write",
            "commands",
            "files:read",
            "files:write",
            "im:history",
            "im:read",
            "im:write",
            "reactions:write",
            "users:read",
            "users:read.email",
        }
    ),
    events=frozenset({"app_home_opened", "app_mention", "app_uninstalled", "member_joined_channel", "message.im"}),
)

SEED = Seed(
    app=APP,
    workspaces=(Workspace("T_ORBIT", "Orbit", "orbit"), Workspace("T_NORTH", "Northwind", "northwind")),
    people=(
        Person("U_EWA", "ewa", "Ewa Kowal", "ewa@orbit.test", "T_ORBIT", locale="pl-PL", is_admin=True),
        Person("U_ANIA", "ania", "Ania Nowak", "ania@northwind.test", "T_ORBIT"),
        Person("U_JUN", "jun", "Jun Park 박준", "jun@hangang.test", "T_ORBIT", tz="Asia/Seoul", locale="ko-KR"),
        Person("U_MAREK", "marek", "Marek Lis", "marek@northwind.test", "T_NORTH"),
        Person("U_GONE", "gone", "Olga Dawna", "olga@northwind.test", "T_ORBIT", deleted=True),
    ),
    channels=(
        Channel("C_GENERAL", "general", "T_ORBIT", ("U_EWA", "U_ANIA", "U_JUN"), is_general=True),
        Channel(
            "C_NORTHWIND", "northwind", "T_ORBIT", ("U_EWA", "U_ANIA", "U_MAREK", "U_KETTLE"), shared_with=("T_NORTH",)
        ),
        Channel("C_HANGANG", "hangang", "T_ORBIT", ("U_EWA", "U_JUN", "U_KETTLE")),
        Channel("G_STAFF", "staff", "T_ORBIT", ("U_EWA",), is_private=True),
    ),
    installations=(Installation("T_ORBIT", "xoxb-kettle", "U_KETTLE"),),
)

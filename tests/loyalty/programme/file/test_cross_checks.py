"""Each thing that a file can say wrongly, and what is said of it."""

import pytest

from loyalty.programme import read
from tests.loyalty.programme.builders import CLIENTS, marked, refused

NEVER = "this rule can never fire"
GOALS = (
    "{points: 100}, {count: 100, of: Report Scheduled}, {distinct: 5, of: feature, event: Feature Used}, "
    "{streak: 5} or {team_points: 3000}"
)
POST = 'a weekday and a time like "monday 09:00", or "never", is wanted'
SECTIONS = (
    "programme accounts earn milestones value_cap rewards tiers gifts boards shoutouts contact webinars exclude"
).replace(" ", ", ")
KEYS = "lowercase letters, digits and hyphens, at most 64, are wanted"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("limt: {times: 3, per: day}", "unknown key `limt`: did you mean `limit`?"),
        ("limit: {time: 3, per: day}", "`limit`: unknown key `time`: did you mean `times`?"),
        ("from_: 2026-03-01", "unknown key `from_`: did you mean `from`?"),
        (
            "qqqq: 1",
            (
                "unknown key `qqqq`: known here are key, event, points, limit, once, cooldown, where, to, from, until, "
                "cohort, accounts"
            ),
        ),
        ("cash: 5", "unknown key `cash`: Laurels never pays money"),
        ("Gift-Card: 5", "unknown key `Gift-Card`: Laurels never pays money"),
        ("price: 5", "unknown key `price`: Laurels never pays money"),
        ("limit: {times: 0, per: day}", "`limit.times`: 0 is too little: nothing could ever be earned under it"),
        ("limit: {points: 0, per: day}", "`limit.points`: 0 is too little: nothing could ever be earned under it"),
        ("limit: {times: 3}", "`limit`: `per` is missing: day, week or month"),
        (
            "limit: {times: 3, per: dya}",
            '`limit.per`: day, week or month is wanted, not the text "dya": did you mean `day`?',
        ),
        (
            "limit: {per: day}",
            "`limit`: either points or times are wanted: {points: 50, per: day} or {times: 3, per: day}",
        ),
        (
            "limit: {points: 5, times: 3, per: day}",
            "`limit`: either points or times are wanted: {points: 50, per: day} or {times: 3, per: day}",
        ),
        ("limit: 3", "`limit`: a mapping is wanted, not the number 3"),
        ("once: yes", '`once`: true or false is wanted, not the text "yes"'),
        ("once: {}", "`once`: `each` is missing: the property whose values count once each, like feature"),
        ("once: {each: 3}", "`once.each`: a text is wanted, not the number 3: put it in quotes"),
        ("cooldown: 1", "`cooldown`: a length of time like 1h or 14 days is wanted, not the number 1"),
        (
            "cooldown: 1 month",
            '`cooldown`: "1 month" differs from month to month: a cooldown is counted in s, m, h, days or weeks',
        ),
        ("where: [plan]", "`where`: a mapping is wanted, not a list"),
        ("where: {plan: ~}", "`where.plan`: a text, a number, true or false is wanted, not nothing"),
        ("where: {plan: [pro]}", "`where.plan`: a text, a number, true or false is wanted, not a list"),
        ("where: {plan: {inn: [pro]}}", "`where.plan`: unknown key `inn`: did you mean `in`?"),
        ("where: {plan: {in: pro}}", '`where.plan.in`: a list is wanted, not the text "pro"'),
        ("where: {plan: {in: []}}", f"`where.plan`: `in` names no value that could hold: {NEVER}"),
        ("where: {n: {in: [1], at_least: 2}}", f"`where.n`: `in` names no value that could hold: {NEVER}"),
        ("where: {n: {at_least: 3, at_most: 2}}", f"`where.n`: nothing is at least 3 and at most 2: {NEVER}"),
        ("where: {n: {at_least: true}}", "`where.n.at_least`: a number is wanted, not true"),
        ("where: {n: {exists: 1}}", "`where.n.exists`: true or false is wanted, not the number 1"),
        (
            "where: {n: {exists: false, at_least: 1}}",
            f"`where.n`: a property that does not exist has no value: {NEVER}",
        ),
        (
            "where: {n: {in: ~}}",
            "`where.n`: say a value, {in: […]}, {at_least: …}, {at_most: …} or {exists: true}; as it is: " + NEVER,
        ),
        ("to: pol", '`to`: person or pool is wanted, not the text "pol": did you mean `pool`?'),
        ("from: 2026-02-30", "`from`: 2026-02-30 is no day of the calendar"),
        ("from: 1 March", '`from`: a date like 2026-03-01 is wanted, not the text "1 March"'),
        (
            "from: 2026-03-01, until: 2026-03-01",
            "`until`: 2026-03-01 is not after `from`, 2026-03-01, and `until` is the first day without it: " + NEVER,
        ),
        ("cohort: pilots", "`cohort`: no account is in the cohort `pilots`: did you mean `pilot`?"),
        ("cohort: pilot, accounts: [haneul]", f"`cohort`: none of its accounts is in the cohort `pilot`: {NEVER}"),
        ("accounts: [hanuel]", "`accounts`: there is no account `hanuel`: did you mean `haneul`?"),
        ("accounts: haneul", '`accounts`: a list is wanted, not the text "haneul"'),
    ],
)
def test_a_rule_says_what_is_wrong_with_it(fields: str, message: str) -> None:
    text = CLIENTS + f"earn:\n  - {{key: a, event: A, points: 5, {fields}}}\n"
    assert refused(text) == [(6, f"rule `a`: {message}")]


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ("0", "`points`: 0 is too little: a rule that gives nothing can never fire"),
        ("-5", "`points`: -5 is too little: a rule that gives nothing can never fire"),
        ("true", "`points`: a whole number is wanted, not true"),
        ("~", "`points`: a whole number is wanted, not nothing"),
        ("1.5", "`points`: a whole number is wanted, not the number 1.5"),
        ('"15"', '`points`: a whole number is wanted, not the text "15": write 15'),
        ("1_000", '`points`: a whole number is wanted, not the text "1_000": write 1000'),
        ("$50", '`points`: a whole number is wanted, not the text "$50": Laurels never pays money'),
        ("50 zł", '`points`: a whole number is wanted, not the text "50 zł": Laurels never pays money'),
        ("1000000001", "`points`: 1000000001 is too much: at most 1,000,000,000 is wanted"),
        ("[5]", "`points`: a whole number is wanted, not a list"),
        ("{each: 0, of: n}", "`points.each`: 0 is too little: a number above 0 is wanted"),
        ("{each: true, of: n}", "`points.each`: a number is wanted, not true"),
        ("{each: 1, of: n, worth: 0}", "`points.worth`: 0 is too little: a rule that gives nothing can never fire"),
        ("{each: 1, of: n, at_most: 0}", "`points.at_most`: 0 is too little: nothing could ever be earned under it"),
        ("{each: 1, off: n}", "`points`: unknown key `off`: did you mean `of`?"),
        ("{each: 1}", "`points`: `of` is missing: the property that is counted, like rows"),
    ],
)
def test_points_that_are_none_are_refused(points: str, message: str) -> None:
    text = CLIENTS + f"earn:\n  - {{key: a, event: A, points: {points}}}\n"
    assert refused(text) == [(6, f"rule `a`: {message}")]


@pytest.mark.parametrize(
    "where", ["{exists: false}", "{at_most: 99}", "50", "many", "true", "{in: [none, 7]}"], ids=lambda where: where
)
def test_a_rule_that_wants_too_little_of_what_it_counts_is_refused(where: str) -> None:
    text = CLIENTS + f"earn:\n- {{key: a, event: A, points: {{each: 100, of: rows}}, where: {{rows: {where}}}}}\n"
    assert refused(text) == [(6, f"rule `a`: `where.rows`: what this allows gives no points by `rows`: {NEVER}")]


@pytest.mark.parametrize(
    "where", ["{exists: true}", "{at_most: 0.3}", "0.3", "{in: [0, 0.3]}", "{at_least: 1, at_most: 1}"]
)
def test_a_rule_that_can_fire_is_left_alone(where: str) -> None:
    text = CLIENTS + f"earn:\n- {{key: a, event: A, points: {{each: 0.3, of: rows}}, where: {{rows: {where}}}}}\n"
    assert len(read(text).earn) == 1


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("Spring", f'rule `Spring`: `key`: {KEYS}, not the text "Spring": write `spring`'),
        ("a b", f'rule `a b`: `key`: {KEYS}, not the text "a b": write `a-b`'),
        ("-a", f'rule `-a`: `key`: {KEYS}, not the text "-a": write `a`'),
        ("żółw", f'rule `żółw`: `key`: {KEYS}, not the text "żółw": write `w`'),
        ("2026", f"rule 1: `key`: {KEYS}, not the number 2026: put it in quotes"),
        ("a" * 65, f'rule `{"a" * 65}`: `key`: {KEYS}, not the text "{"a" * 39}…"'),
    ],
)
def test_a_key_has_its_form(key: str, message: str) -> None:
    assert refused(CLIENTS + f"earn:\n- {{key: {key}, event: A, points: 5}}\n") == [(6, message)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            "timezone: Europe/Warszawa",
            '`timezone`: there is no time zone "Europe/Warszawa": did you mean `Europe/Warsaw`?',
        ),
        ("timezone: europe/warsaw", '`timezone`: there is no time zone "europe/warsaw": did you mean `Europe/Warsaw`?'),
        ("timezone: ~", "`timezone`: a time zone like Europe/Warsaw is wanted, not nothing"),
        ("language: PL", '`language`: a language code like en or pt-BR is wanted, not the text "PL": write `pl`'),
        (
            "language: pt_br",
            '`language`: a language code like en or pt-BR is wanted, not the text "pt_br": write `pt-BR`',
        ),
        ("language: polish", '`language`: a language code like en or pt-BR is wanted, not the text "polish"'),
        ("mode: teams", '`mode`: private, team or board is wanted, not the text "teams": did you mean `team`?'),
        (
            'channel: "#general"',
            '`channel`: a channel\'s id like C012345, from its details in Slack, is wanted, not the text "#general"',
        ),
        ("managers: [ewa]", '`managers`: an e-mail address is wanted, not the text "ewa"'),
        ("owners: jan@a.example", '`owners`: a list is wanted, not the text "jan@a.example"'),
        ("yearly_value: -1", "`yearly_value`: -1 is too little: at least 0 is wanted"),
        ("yearly_value: 40k", '`yearly_value`: a number is wanted, not the text "40k"'),
        ("invited: soon", '`invited`: a date like 2026-03-01 is wanted, not the text "soon"'),
        ("name: ' '", "`name`: a text is wanted, and this one is blank"),
        ("name: {}", "`name`: a text is wanted, and this mapping has none"),
        ("name: {EN: F}", '`name`: a language code like en or pt-BR is wanted, not the text "EN": write `en`'),
        (f"name: {'x' * 151}", "`name`: 151 characters are too many: at most 150 fit"),
        ("budget: 5", "unknown key `budget`: Laurels never pays money"),
    ],
)
def test_an_account_says_what_is_wrong_with_it(fields: str, message: str) -> None:
    known = "".join(f"{each}, " for each in ("name: Fulton", "timezone: UTC") if each[:4] != fields[:4])
    assert refused(CLIENTS + f"  - {{key: fulton, {known}{fields}}}\n") == [(5, f"account `fulton`: {message}")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("when: {point: 100}, badge: B", "`when`: it says nothing that can be reached: did you mean `points`?"),
        ("when: {}, badge: B", f"`when`: it says nothing that can be reached: write {GOALS}"),
        ("when: 100, badge: B", f"`when`: {GOALS} is wanted, not the number 100"),
        (
            "when: {points: 1, streak: 5}, badge: B",
            "`when`: one thing to reach is wanted, and `points` and `streak` are more",
        ),
        ("when: {points: 0}, badge: B", "`when.points`: 0 is too little: it would be reached before anything was done"),
        ("when: {streak: true}, badge: B", "`when.streak`: a whole number is wanted, not true"),
        ("when: {count: 3}, badge: B", "`when`: `of` is missing: the usage event's name, like Report Scheduled"),
        ("when: {distinct: 3, event: A}, badge: B", "`when`: `of` is missing: the property, like feature"),
        ("when: {distinct: 3, of: f, evnt: A}, badge: B", "`when`: unknown key `evnt`: did you mean `event`?"),
        ("badge: B", f"`when` is missing: what is reached: {GOALS}"),
        ("when: {streak: 5}, says: 7", "`says`: a text is wanted, not the number 7: put it in quotes"),
        ("when: {streak: 5}, badge: ''", "`badge`: a text is wanted, and this one is blank"),
        (
            "when: {streak: 5}",
            'it has neither `badge` nor `says`: nobody would see it; write says: "{name} …"',
        ),
        (
            'when: {streak: 5}, says: "{name} is {rank}"',
            "`says`: `{rank}` is not filled in: {name} and {account} are",
        ),
        ('when: {streak: 5}, says: "{name!r}"', "`says`: `{name!r}` is not filled in: {name} and {account} are"),
        ('when: {streak: 5}, says: "{name"', "`says`: `{name` is not filled in: {name} and {account} are"),
        ('when: {streak: 5}, says: "name}"', "`says`: `}` is not filled in: {name} and {account} are"),
        (
            'when: {streak: 5}, says: {en: "{name}", pl: "{nazwa}"}',
            "`says.pl`: `{nazwa}` is not filled in: {name} and {account} are",
        ),
        (
            'when: {team_points: 5}, says: "{name}"',
            "`says`: `{name}` names nobody where all reach it together: write {account}",
        ),
        ("when: {streak: 5}, badge: A voucher", '`badge`: "A voucher" promises money: Laurels never pays money'),
        (
            'when: {streak: 5}, says: {en: "{name}", pl: "{name}: nagroda 50 zł"}',
            '`says.pl`: "{name}: nagroda 50 zł" promises money: Laurels never pays money',
        ),
        ("when: {streak: 5}, payout: 5, badge: B", "unknown key `payout`: Laurels never pays money"),
    ],
)
def test_a_milestone_says_what_is_wrong_with_it(fields: str, message: str) -> None:
    assert refused(CLIENTS + f"milestones:\n  - {{key: m, {fields}}}\n") == [(6, f"milestone `m`: {message}")]


@pytest.mark.parametrize(
    ("section", "message"),
    [
        (
            'boards: {post: "mondy 09:00"}',
            '`boards.post`: "mondy" is no weekday: did you mean `monday`?',
        ),
        (
            'boards: {post: "monday 9:00"}',
            f'`boards.post`: {POST}, not the text "monday 9:00"',
        ),
        ("boards: {post: 9}", f"`boards.post`: {POST}, not the number 9"),
        ("boards: {period: day}", '`boards`: a daily board goes out every day: write post: "09:00"'),
        ("boards: {chart: on}", '`boards.chart`: true or false is wanted, not the text "on"'),
        ("boards: [week]", "`boards`: a mapping is wanted, not a list"),
        (
            "webinars: {min_share: 1.5}",
            "`webinars.min_share`: 1.5 is too much: a share is above 0 and at most 1; write 0.5 for half",
        ),
        (
            "webinars: {remind: [2 months]}",
            '`webinars.remind`: "2 months" is no time from 5m to 30 days before a start',
        ),
        (
            "webinars: {remind: [1m]}",
            '`webinars.remind`: "1m" is no time from 5m to 30 days before a start',
        ),
        (
            "webinars: {min_share: 0}",
            "`webinars.min_share`: 0 is too little: a number above 0 is wanted",
        ),
        (
            'shoutouts: {gather_at: "24:00"}',
            '`shoutouts.gather_at`: a time of day like 09:00 is wanted, not the text "24:00"',
        ),
        (
            'contact: {quiet: "18-08"}',
            '`contact.quiet`: hours like "18:00-08:00", or "never", are wanted, not the text "18-08"',
        ),
        (
            'contact: {quiet: "08:00-08:00"}',
            '`contact.quiet`: "08:00-08:00" begins when it ends: write "never" for no quiet hours',
        ),
        ("contact: {weekends: loud}", '`contact.weekends`: quiet or open is wanted, not the text "loud"'),
        ("contact: {unasked_per_week: -1}", "`contact.unasked_per_week`: -1 is too little: at least 0 is wanted"),
        ('exclude: {people: ["*"]}', '`exclude.people`: "*" excludes everybody: no rule could ever fire'),
        ("exclude: {people: [7]}", "`exclude.people`: a text is wanted, not the number 7: put it in quotes"),
        ("earn: {a: 1}", "`earn`: a list is wanted, not a mapping"),
        ("earn: [report]", 'rule 1: a mapping is wanted, not the text "report"'),
        ("wallet: {}", f"unknown key `wallet`: known here are {SECTIONS}"),
        ("money: {}", "unknown key `money`: Laurels never pays money"),
    ],
)
def test_a_section_says_what_is_wrong_with_it(section: str, message: str) -> None:
    assert refused(CLIENTS + section + "\n") == [(5, message)]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "name: A, week_starts: mondy",
            (
                "`programme.week_starts`: monday, tuesday, wednesday, thursday, friday, saturday or sunday is wanted, "
                'not the text "mondy": did you mean `monday`?'
            ),
        ),
        ("name: A, unjoined_days: -1", "`programme.unjoined_days`: -1 is too little: at least 0 is wanted"),
        ("name: A, unjoined_days: 4000", "`programme.unjoined_days`: 4000 is too much: at most 3,650 is wanted"),
        (
            "name: A, points_expire: 3 fortnights",
            (
                '`programme.points_expire`: "3 fortnights" has no unit of time: write it like 90s, 10m, 1h, 14 days or '
                "12 months"
            ),
        ),
        (
            "name: A, points_expire: 1h",
            '`programme.points_expire`: "1h" is less than a day: write "never", or something like 12 months',
        ),
        ("product: A", "`programme`: `name` is missing: what its people call it, like Orbit Champions"),
        ("name: 7", "`programme.name`: a text is wanted, not the number 7: put it in quotes"),
    ],
)
def test_the_programme_says_what_is_wrong_with_it(settings: str, message: str) -> None:
    assert refused(f"programme: {{{settings}}}\n") == [(1, message)]


def test_a_file_without_its_programme_is_refused() -> None:
    assert refused("accounts: []\n") == [(1, "`programme` is missing: {name: …}")]


def test_two_of_one_key_and_two_accounts_in_one_channel_are_refused() -> None:
    text = (
        "programme: {name: Orbit Champions}\n"
        "accounts:\n"
        "  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, channel: C012345}\n"
        "  - key: haneul\n"
        "    name: Haneul\n"
        "    timezone: Asia/Seoul\n"
        "    channel: C012345  # here\n"
        "  - {name: Northwind again, timezone: Europe/Warsaw, key: northwind}  # here\n"
        "earn:\n"
        "  - {key: a, event: A, points: 5}\n"
        "  - event: B\n"
        "    points: 5\n"
        "    key: a  # here\n"
        "milestones:\n"
        "  - {key: a, when: {streak: 5}, badge: B}\n"
        "  - {key: a, when: {streak: 9}, badge: C}  # here\n"
    )
    assert refused(text) == marked(
        text,
        [
            "account `haneul`: `channel`: C012345 is `northwind`'s: each account has its own channel",
            "account `northwind`: `key`: another one above has the key `northwind`: each wants its own",
            "rule `a`: `key`: another one above has the key `a`: each wants its own",
            "milestone `a`: `key`: another one above has the key `a`: each wants its own",
        ],
    )


def test_a_rule_may_share_its_key_with_a_milestone_and_two_accounts_their_manager() -> None:
    text = (
        "programme: {name: Orbit Champions}\n"
        "accounts:\n"
        "  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, managers: [ewa@orbit.example]}\n"
        "  - {key: haneul, name: Haneul, timezone: Asia/Seoul, managers: [ewa@orbit.example]}\n"
        "earn: [{key: a, event: A, points: 5}]\n"
        "milestones: [{key: a, when: {streak: 5}, badge: B}]\n"
    )
    assert len(read(text).milestones) == 1


BLOCK = """\
programme:
  name: Orbit Champions
  points_expire:
    sometimes  # here
accounts:
  - key: northwind
    name:
      en: Northwind
      PL: Północ  # here
    timezone: Europe/Warsaw
    managers:
      - ewa@orbit.example
      - ewa  # here
  - name: Haneul  # here
    timezone: Asia/Seoul
earn:
  - key: a
    event:  # here
    points:
      each: 100
      of: rows
      at_most: 0  # here
    limit:  # here
      times: 3
    where:
      plan:  # here
        at_least: 3
        at_most: 2
    cooldown: >-  # here
      soon
    cash:  # here
      5
  - &spring
    key: b
    event: B
    points: 1
    once:
      eech: feature  # here
    where:
      size:
        in:
          - small
          - [big]  # here
milestones:
  - key: m
    when:
      points: 5
    says:
      en: "{name}"
      pl: "{rank}"  # here
"""
FLOW = """\
{programme: {name: Orbit Champions,
  points_expire: sometimes},  # here
accounts: [
  {key: northwind, name: {en: Northwind,
      PL: Północ},  # here
    timezone: Europe/Warsaw, managers: [ewa@orbit.example,
      ewa]},  # here
  {name: Haneul,  # here
    timezone: Asia/Seoul}],
earn: [{key: a,
    event: ,  # here
    points: {each: 100, of: rows,
      at_most: 0},  # here
    limit: {  # here
      times: 3},
    where: {
      plan: {  # here
        at_least: 3, at_most: 2}},
    cooldown: "soon",  # here
    cash: 5},  # here
  {key: b, event: B, points: 1, once: {
      eech: feature},  # here
    where: {size: {in: [small,
      [big]]}}}],  # here
milestones: [{key: m, when: {points: 5}, says: {en: "{name}",
      pl: "{rank}"}}]}  # here
"""
SAID = [
    '`programme.points_expire`: "sometimes" is no length of time: write it like 90s, 10m, 1h, 14 days or 12 months',
    'account `northwind`: `name`: a language code like en or pt-BR is wanted, not the text "PL": write `pl`',
    'account `northwind`: `managers`: an e-mail address is wanted, not the text "ewa"',
    "account 2: `key` is missing: the id by which usage names it, like northwind",
    "rule `a`: `event`: a text is wanted, not nothing",
    "rule `a`: `points.at_most`: 0 is too little: nothing could ever be earned under it",
    "rule `a`: `limit`: `per` is missing: day, week or month",
    "rule `a`: `where.plan`: nothing is at least 3 and at most 2: this rule can never fire",
    'rule `a`: `cooldown`: "soon" is no length of time: write it like 90s, 10m, 1h, 14 days or 12 months',
    "rule `a`: unknown key `cash`: Laurels never pays money",
    "rule `b`: `once`: unknown key `eech`: did you mean `each`?",
    "rule `b`: `where.size.in`: a text, a number, true or false is wanted, not a list",
    "milestone `m`: `says.pl`: `{rank}` is not filled in: {name} and {account} are",
]


@pytest.mark.parametrize("text", [BLOCK, FLOW], ids=["block", "flow"])
def test_each_problem_is_told_on_its_own_line_in_either_style(text: str) -> None:
    assert refused(text) == marked(text, SAID)

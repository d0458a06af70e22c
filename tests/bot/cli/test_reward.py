import pytest

from tests.bot.cli.shell import PROGRAMME, Ran, Shell

REWARDS = (
    PROGRAMME
    + """\
value_cap: 200
rewards:
  - {key: advanced, kind: training_seat, name: Advanced reporting, worth: A day with a trainer, cost: 400, value: 90,
     stock: 20}
  - {key: treat, kind: team_treat, name: Lunch together, worth: Time to talk, cost: 3000, value: 150.5, paid_by: pool}
"""
)
ADVANCED = {"key": "advanced", "kind": "training_seat", "cost": 400, "value": 90, "paid_by": "person"}


@pytest.fixture
def shop(both: Shell) -> Shell:
    """A programme with two rewards in force."""
    assert both.run("programme", "apply", "--not-money", both.file("programme.yaml", REWARDS)).code == 0
    return both


def test_the_list_says_what_is_left(shop: Shell) -> None:
    assert shop.json("reward", "list") == {
        "rewards": [
            {**ADVANCED, "name": "Advanced reporting", "total": 20, "taken": 0, "withdrawn": False, "left": 20},
            {
                "key": "treat", "kind": "team_treat", "cost": 3000, "value": 150.5, "paid_by": "pool",
                "name": "Lunch together", "total": None, "taken": 0, "withdrawn": False, "left": None,
            },
        ]
    }  # fmt: skip
    lines = shop.run("reward", "list").out
    assert [line.split() for line in lines[-2:]] == [
        ["advanced", "Advanced", "reporting", "training", "seat", "400", "90", "person", "20", "0", "20"],
        ["treat", "Lunch", "together", "team", "treat", "3,000", "150.5", "pool", "0"],
    ]


def test_a_programme_without_rewards_says_so(shell: Shell) -> None:
    shell.apply()
    assert shell.run("reward", "list") == Ran(0, ["The programme has no rewards."], [])
    assert shell.run("reward", "stock", "advanced", 3) == Ran(1, [], ["there is no reward `advanced` in the programme"])


def test_stock_is_set_and_stays_so(shop: Shell) -> None:
    assert shop.run("reward", "stock", "advanced", 12).out == ["advanced: 12 in all, 0 taken, 12 left."]
    assert shop.run("reward", "stock", "advanced", 12).out == [
        "advanced: 12 in all, 0 taken, 12 left. Nothing has changed."
    ]
    assert shop.json("reward", "stock", "advanced", "unlimited") == {
        "reward": "advanced", "changed": True, "total": None, "taken": 0, "withdrawn": False, "left": None,
    }  # fmt: skip
    assert shop.run("reward", "stock", "advanced", "unlimited").out == [
        "advanced: as many as are asked for, 0 taken. Nothing has changed."
    ]
    file = shop.file("other.yaml", REWARDS.replace("stock: 20", "stock: 30"))
    left = "= reward advanced: stock left as it was set by hand: as many as are asked for; the file says 30"
    assert shop.run("programme", "plan", file).out == ["Nothing would change.", left]


@pytest.mark.parametrize("total", ["many", "1.5", "10000000000", "²", "1000000001"])
def test_what_is_no_number_of_things_is_refused(shop: Shell, total: str) -> None:
    said = f'{total}: a whole number up to 1,000,000,000, or "unlimited", is wanted'
    assert shop.run("reward", "stock", "advanced", total) == Ran(2, [], [said])


def test_a_reward_is_withdrawn_and_restored(shop: Shell) -> None:
    told = [shop.run("reward", word, "treat").out for word in ("withdraw", "withdraw", "restore", "restore")]
    assert told == [
        ["treat is withdrawn: nobody can ask for it."],
        ["treat was withdrawn already."],
        ["treat is back: it can be asked for."],
        ["treat was not withdrawn."],
    ]
    assert shop.json("reward", "withdraw", "treat") == {
        "reward": "treat", "changed": True, "total": None, "taken": 0, "withdrawn": True, "left": None,
    }  # fmt: skip
    assert shop.run("reward", "list").out[-1].split()[-1] == "yes"
    near = ["there is no reward `treats` in the programme: did you mean `treat`?"]
    assert shop.run("reward", "restore", "treats") == Ran(1, [], near)

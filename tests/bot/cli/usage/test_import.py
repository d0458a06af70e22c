import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from bot.cli.usage import GO_ON
from handlers.usage.formats.detect import UNDERSTOOD
from loyalty.usage import record as usage
from loyalty.usage.record import record_usage
from tests.bot.cli.shell import PROGRAMME, Ran, Shell, track


def report(**given: Any) -> dict[str, Any]:
    """What `usage import --json` says; what is not given is nothing."""
    nothing = dict.fromkeys(("read", "recorded", "replayed", "refused", "excluded", "counted", "points", "pool"), 0)
    return {**nothing, "skipped": {}, "refused_items": [], **given}


def refused(line: int, reason: str, item: str = "", file: str = "usage.ndjson", unit: str = "line") -> dict[str, Any]:
    return {"file": file, "line": line, "id": item, "reason": reason, "unit": unit}


def test_an_import_says_what_became_of_everything(both: Shell) -> None:
    both.apply()
    lines = [
        track(1, rows=250),
        track(2, account="fulton", event="Dashboard Shared"),
        track(3, by="robot-7"),
        track(1, rows=250),
        track(4, account="fulton", rows=99),
    ]
    file = both.file("usage.ndjson", "\n".join(lines))
    assert both.json("usage", "import", file) == report(
        read=5, recorded=4, replayed=1, excluded=1, points=15 + 2 + 15, pool=10
    )
    assert both.json("usage", "import", file) == report(read=5, replayed=5)
    assert both.run("verify").code == 0


def test_what_a_rule_skips_is_recorded_and_counted_by_reason(shell: Shell) -> None:
    shell.apply()
    lines = [track(1, rows=-5), track(2, rows="many"), track(3), track(4), track(5, rows=True)]
    file = shell.file("usage.ndjson", "\n".join(lines))
    assert shell.json("usage", "import", file) == report(
        read=5,
        recorded=5,
        points=75,
        skipped={"rows": {"`rows` is negative": 1, "`rows` is not a number": 2, "`rows` is missing": 2}},
    )


def test_usage_from_before_the_invitation_is_counted_without_people(shell: Shell) -> None:
    shell.apply(PROGRAMME.replace("Europe/Warsaw}", "Europe/Warsaw, invited: 2026-03-16}"))
    file = shell.file("usage.ndjson", track(1, at="2026-03-15T23:59:59+01:00") + "\n" + track(2, rows=1))
    assert shell.json("usage", "import", file) == report(read=2, recorded=2, counted=1, points=15)
    assert shell.run("usage", "import", file).out == [
        "Read 2 events from 1 file: 0 recorded, 2 on record already, 0 refused.",
        "0 points went to people, 0 to pools.",
    ]


MILLION = "x" * 1_000_000


@pytest.mark.parametrize(
    ("bad", "reason", "item"),
    [
        ("{half", "is not JSON: expecting property name enclosed in double quotes at character 2 of 5", ""),
        ("[1]", "is a list: right is a JSON object", ""),
        ('{"event": "Report", "properties": {"distinct_id": "a"}}',
         "looks like Mixpanel's export among Segment: give each format a file of its own", ""),
        ('{"specversion": "1.0", "id": "c-1"}',
         "looks like CloudEvents among Segment: give each format a file of its own", ""),
        (f'{{"type": "{MILLION}"}}', "is longer than 262,144 bytes", ""),
        (track(9, account="nortwind"), "there is no account `nortwind`: did you mean `northwind`?", "m-9"),
        (track(9, account="acme"), "there is no account `acme`: there are fulton, northwind", "m-9"),
        (track(9, at="2026-03-20T09:05:01Z"),
         "2026-03-20T09:05:01+00:00 is in the future: at most 5 minutes ahead of 2026-03-20T09:00:00+00:00 is taken",
         "m-9"),
        (track(9, at="yesterday"),
         "timestamp is 'yesterday': right is a date, a time and its offset, such as 2026-03-02T09:30:00+01:00", "m-9"),
        (track(1, rows=7),
         "the id m-1 is on record with another body: the first stays; give a new event an id of its own", "m-1"),
    ],
)  # fmt: skip
def test_a_bad_line_costs_only_itself(shell: Shell, friday: dt.datetime, bad: str, reason: str, item: str) -> None:
    shell.apply()
    file = shell.file("usage.ndjson", "\n".join([track(1, rows=100), bad, track(2, rows=100)]))
    assert shell.json("usage", "import", file, code=1) == report(
        read=3, recorded=2, refused=1, points=32, refused_items=[refused(2, reason, item)]
    )
    named = f" (id {item})" if item else ""
    assert shell.run("usage", "import", file) == Ran(
        1,
        [
            "Read 3 events from 1 file: 0 recorded, 2 on record already, 1 refused.",
            "0 points went to people, 0 to pools.",
        ],
        ["", "Refused:", f"  usage.ndjson, line 2{named}: {reason}"],
    )


HEADER = "account,person,event,at,id,rows\n"
ROW = "northwind,ania,Report Scheduled,2026-03-16T10:00:00+01:00,c-1,100\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeff" + HEADER + ROW, report(read=1, recorded=1, points=16)),
        (
            HEADER.replace("person,", "") + ROW,
            report(
                read=1,
                refused=1,
                refused_items=[
                    refused(
                        1,
                        "the header has no column person: found are 'account', 'event', 'at', 'id', 'rows'",
                        file="usage.csv",
                    )
                ],
            ),
        ),
        (
            HEADER + ROW + "northwind,marek,Report Sche",
            report(
                read=2,
                recorded=1,
                refused=1,
                points=16,
                refused_items=[refused(3, "has 3 of the header's 6 cells: is the line cut?", file="usage.csv")],
            ),
        ),
    ],
)
def test_csv_with_a_mark_a_missing_column_half_a_line(shell: Shell, text: str, expected: dict[str, Any]) -> None:
    shell.apply()
    file = shell.file("usage.csv", text)
    assert shell.json("usage", "import", file, code=1 if expected["refused"] else 0) == expected


def test_somebody_elses_format_is_named(shell: Shell) -> None:
    shell.apply()
    file = shell.file("usage.ndjson", '{"event_type": "click", "user_id": "u"}')
    assert shell.json("usage", "import", file, code=1)["refused_items"] == [
        refused(1, f"looks like Amplitude's export, which is not read: right are {UNDERSTOOD}")
    ]


def test_an_item_of_a_list_is_named_as_one(shell: Shell) -> None:
    shell.apply()
    file = shell.file("usage.json", f"[{track(1)},\n\n{track(2, account='acme')}]")
    assert shell.run("usage", "import", file).err[2:] == [
        "  usage.json, item 2 (id m-2): there is no account `acme`: there are fulton, northwind"
    ]


def test_words_list_twenty_refusals_json_all(shell: Shell) -> None:
    shell.apply()
    file = shell.file("usage.ndjson", "\n".join(track(n, account="acme") for n in range(1, 58)))
    err = shell.run("usage", "import", file).err
    assert len(err) == 23
    assert err[-2:] == [
        "  usage.ndjson, line 20 (id m-20): there is no account `acme`: there are fulton, northwind",
        "  and 37 more; --json lists them all",
    ]
    items = shell.json("usage", "import", file, code=1)["refused_items"]
    assert [item["line"] for item in items] == list(range(1, 58))


def test_refusals_stand_in_the_order_of_arrival_across_files(shell: Shell, friday: dt.datetime) -> None:
    shell.apply()
    future = track(1, at="2030-01-01T00:00:00Z")
    one, two = shell.file("b.ndjson", f"{future}\nnothing"), shell.file("a.ndjson", f"{future}\nnothing")
    items = shell.json("usage", "import", one, two, code=1)["refused_items"]
    assert [(item["file"], item["line"]) for item in items] == [
        ("b.ndjson", 1), ("b.ndjson", 2), ("a.ndjson", 1), ("a.ndjson", 2),
    ]  # fmt: skip


def test_the_first_of_two_files_has_the_first_of_two_bodies(shell: Shell) -> None:
    shell.apply()
    one, two = shell.file("z.ndjson", track(1, rows=100)), shell.file("a.ndjson", track(1, rows=900))
    assert shell.json("usage", "import", one, two, code=1)["refused_items"][0]["file"] == "a.ndjson"


def test_a_batch_holds_a_thousand_events_across_files_and_a_transaction_one_account_of_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.apply()
    given: list[tuple[str, list[str]]] = []

    def noting(session: Any, account: Any, events: Any, **more: Any) -> Any:
        given.append((account.key, [event.id for event in events]))
        return record_usage(session, account, events, **more)

    monkeypatch.setattr(usage, "record_usage", noting)
    whose = ["northwind" if n % 2 else "fulton" for n in range(1_100)]
    lines = [track(n, account=account) for n, account in enumerate(whose)]
    one, two = shell.file("1.ndjson", "\n".join(lines[:600])), shell.file("2.ndjson", "\n".join(lines[600:]))
    assert shell.run("usage", "import", one, two).code == 0
    assert given == [
        (account, [f"m-{n}" for n in batch if whose[n] == account])
        for batch in (range(1_000), range(1_000, 1_100))
        for account in ("fulton", "northwind")
    ]


def test_what_an_interrupted_import_recorded_stays_and_it_goes_on_when_run_again(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.apply()
    file = shell.file("usage.ndjson", "\n".join(track(n, rows=0) for n in range(2_500)))
    with monkeypatch.context() as patch:
        interrupt_at(2, patch)
        stopped = shell.run("usage", "import", file)
    assert stopped == Ran(
        130,
        [
            "Read 1,000 events from 1 file: 1,000 recorded, 0 on record already, 0 refused.",
            "15,000 points went to people, 0 to pools.",
        ],
        ["Stopped.", GO_ON],
    )
    assert shell.json("usage", "import", file) == report(read=2_500, recorded=1_500, replayed=1_000, points=22_500)
    assert shell.run("verify").code == 0


def interrupt_at(batch: int, patch: pytest.MonkeyPatch) -> None:
    """Let somebody press Ctrl-C while this batch is being recorded."""
    calls = iter(range(1, batch + 1))

    def recording(*given: Any, **more: Any) -> Any:
        outcomes = record_usage(*given, **more)
        if next(calls) == batch:
            raise KeyboardInterrupt
        return outcomes

    patch.setattr(usage, "record_usage", recording)


def test_a_file_that_is_not_there_is_wrong_use_and_nothing_is_read(shell: Shell) -> None:
    shell.apply()
    file = shell.file("usage.ndjson", track(1))
    assert shell.run("usage", "import", file, "other.ndjson").code == 2
    assert shell.json("usage", "import", file)["recorded"] == 1


def test_without_a_programme_nothing_is_recorded(shell: Shell) -> None:
    file = shell.file("usage.ndjson", track(1))
    assert shell.run("usage", "import", file) == Ran(
        1, [], ["no programme was applied yet: `laurels programme apply FILE`"]
    )


def test_no_progress_is_shown_where_nobody_looks(shell: Shell) -> None:
    shell.apply()
    assert shell.run("usage", "import", shell.file("usage.ndjson", track(1))).err == []


def test_an_empty_file_has_nothing(shell: Shell, tmp_path: Path) -> None:
    shell.apply()
    assert shell.json("usage", "import", shell.file("usage.ndjson", "")) == report()

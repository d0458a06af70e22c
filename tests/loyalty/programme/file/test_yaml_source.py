import pytest

from loyalty.programme.errors import Problem
from loyalty.programme.file.yaml_source import MAX_DEPTH, parse
from tests.loyalty.programme.builders import CLIENTS, refused

FOUND = "but found '<block mapping start>'"
TOO_DEEP = f"mappings and lists stand within each other more than {MAX_DEPTH} deep"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty: it wants at least `programme: {name: …}`"),
        ("# only a comment\n\n", 1, "the file is empty: it wants at least `programme: {name: …}`"),
        ("~", 1, "the file is empty: it wants at least `programme: {name: …}`"),
        ("a: 1\n\tb: 2", 2, "a tab: YAML is indented with spaces"),
        ("a: {b: 1\nc: 2", 2, "this is not YAML: expected ',' or '}', but got ':' (in what begins on line 1)"),
        ("a:\n  b: 1\n c: 2", 3, f"this is not YAML: expected <block end>, {FOUND} (in what begins on line 1)"),
        ("a: 1\nb: [1, 2", 2, "this is not YAML: expected ',' or ']', but got '<stream end>'"),
        ("a: 1\nb: 'x", 2, "this is not YAML: found unexpected end of stream"),
        ("a: 1\n b: 2", 2, "this is not YAML: mapping values are not allowed here"),
        ('a: 1\nb: "\\xZZ"', 2, "this is not YAML: expected escape sequence of 2 hexdecimal numbers, but found 'Z'"),
        ('a: "\\UFFFFFFFF"', 1, "this is not YAML: an escape names a character that does not exist"),
        ("a: 1\nb: \x00", 2, "a character that no text file holds: U+0000"),
        ("a: 1\nb: \ud800", 2, "a character that no text file holds: U+D800"),
        ('a: 1\nb: "\\0"', 2, "a text holds a character that cannot be shown: U+0000"),
        ('a: 1\n"\\uD800": 2', 2, "a text holds a character that cannot be shown: U+D800"),
        ("a: 1\n---\nb: 2", 2, "a second document begins here: a programme is one"),
        ("%YAML 1.1\n---\na: 1", 2, "this file is read as YAML 1.2: take the line with `%YAML` out"),
        ("a: 1\nb: !!python/object 2", 2, "the tag `tag:yaml.org,2002:python/object` means nothing here: take it out"),
        ("a: 1\n? [b]\n: 2", 2, "a key is a word, not a list, a mapping or an alias"),
        ("a: 1\nb: *c", 2, "`*c` refers to nothing: no `&c` stands above it"),
        ("a: 1\nb: &b\n  - *b", 3, "`*b` stands within what it refers to"),
        ("a: 1\nb: " + "[" * 30 + "]" * 30, 2, TOO_DEEP),
        ("[" * 500_000, 1, TOO_DEEP),
        ("a: " + "ą" * 500_000, 1, "the file has 1,000,003 bytes: at most 1,000,000 are read"),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_a_text_that_cannot_be_read_is_refused_on_its_line(text: str, line: int, message: str) -> None:
    assert parse(text) == (None, [Problem(line, message)])


def test_a_billion_laughs_are_not_laughed() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for name, below in zip("bcdefghij", "abcdefghi", strict=True):
        text += f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]\n"
    assert parse(text) == (None, [Problem(4, "the aliases up to here unfold to more than 10,000 values")])


def test_a_list_or_a_text_is_no_programme() -> None:
    wanted = "a mapping with `programme:`, `accounts:`, `earn:` is wanted"
    assert refused("- a\n- b\n") == [(1, f"{wanted}, not a list")]
    assert refused("\n\nhello\n") == [(3, f'{wanted}, not the text "hello"')]


def test_a_key_given_twice_is_told_where_it_stands_again_and_hides_nothing_else() -> None:
    text = CLIENTS + (
        "earn:\n"
        "  - {key: a, event: A, points: 1, points: 2}\n"
        "  - key: b\n"
        "    event: B\n"
        "    key: c\n"
        "    points: 0\n"
        "earn: []\n"
    )
    assert refused(text) == [
        (6, "`points` is given twice: first on line 6"),
        (9, "`key` is given twice: first on line 7"),
        (10, "rule `b`: `points`: 0 is too little: a rule that gives nothing can never fire"),
        (11, "`earn` is given twice: first on line 5"),
    ]


@pytest.mark.parametrize("number", [".inf", "-.INF", ".nan", "1e999"])
def test_a_number_beyond_counting_is_refused(number: str) -> None:
    text = CLIENTS + f"earn:\n- {{key: a, event: A, points: 1, where: {{x: {number}}}}}\n"
    assert refused(text) == [(6, f"`{number}` is no number that can be counted with")]


def test_scalars_are_read_by_the_core_schema() -> None:
    root, problems = parse(
        "[1, -2, +3, 007, 1.5, .5, 2., 1e3, true, False, null, '', ~, on, 0x1F, 1_000, '5', 2026-03-01]"
    )
    assert problems == []
    assert root is not None
    plain = root.plain()
    assert plain == [
        *(1, -2, 3, 7, 1.5, 0.5, 2.0, 1000.0, True, False, None, "", None),
        *("on", "0x1F", "1_000", "5", "2026-03-01"),
    ]
    assert [type(value) for value in plain[:5]] == [int, int, int, int, float]

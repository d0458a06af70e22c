"""The two locks: what running the bot needs is pinned as it is for developing, without what only developing needs."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {package.replace(".", "-"): version for package, version in PIN.findall(text)}


def test_running_stands_on_the_versions_that_are_tested() -> None:
    assert pins("requirements-run.lock").items() < pins("requirements.lock").items()


def test_running_needs_no_tool_of_developing() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {re.split(r"[<>=\[;]", line)[0].replace(".", "-") for line in project["project"]["dependencies"]}
    tools = {re.split(r"[<>=\[;]", line)[0].replace(".", "-") for line in project["dependency-groups"]["dev"]}
    assert needed <= pins("requirements-run.lock").keys()
    assert not {"pytest", "mypy", "ruff", "playwright", "hypothesis"} & pins("requirements-run.lock").keys()
    assert tools <= pins("requirements.lock").keys()


def test_a_lock_has_no_address() -> None:
    for name in ("requirements.lock", "requirements-run.lock"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")

"""Ours against the floor, side by side: `make bench`, or `python -m tests.bench chart` for some of it."""

import sys
from importlib import import_module

BENCHES = ("chart", "standings", "ingest", "api", "command", "rewards", "fanout", "start")

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHES:
        import_module(f"tests.bench.{name}").main()

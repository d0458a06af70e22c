"""Ours against the floor, side by side: `make bench`, or `python -m tests.bench chart` for some of it."""

import sys
from importlib import import_module

from bot.process.garbage_collection import freeze_loaded_objects

BENCHES = ("chart", "standings", "ingest", "api", "command", "rewards", "fanout", "start")

if __name__ == "__main__":
    benches = [import_module(f"tests.bench.{name}") for name in sys.argv[1:] or BENCHES]
    freeze_loaded_objects()  # as the bot does, and the command line
    for bench in benches:
        bench.main()

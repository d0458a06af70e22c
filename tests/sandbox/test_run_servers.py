"""Starting and stopping."""

import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

from sandbox.run_servers import Site, in_background
from sandbox.server import create
from tests.sandbox.builders import SEED


def test_it_stops_at_once_though_a_page_is_listening() -> None:
    app = create(SEED, bot_url="")
    with in_background(Site(app, before_stop=app.state.slack.feed.close)) as [url]:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
        connection.request("GET", "/client/feed/U_ANIA")
        response = connection.getresponse()
        assert response.readline().startswith(b"id: ")
        began = time.monotonic()
    assert time.monotonic() - began < 1
    connection.close()


def test_foreign_pages_and_host_names_stay_outside() -> None:
    app = create(SEED, bot_url="")
    with in_background(Site(app)) as [url]:
        statuses = []
        for headers in ({}, {"Host": "evil.test"}, {"Origin": "https://evil.test"}, {"Origin": "http://localhost:9"}):
            connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
            connection.request("GET", "/client/seed", headers=headers)
            statuses.append(connection.getresponse().status)
            connection.close()
    assert statuses == [200, 403, 403, 200]

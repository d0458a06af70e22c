"""`/link/`: where apps connect in Socket Mode."""

from fastapi import APIRouter, WebSocket

from sandbox.delivery import Delivery
from sandbox.socket_mode import Socket

_MOST = 10


def router(delivery: Delivery) -> APIRouter:
    """The Socket Mode door of this Slack."""
    routes = APIRouter()
    links = delivery.links

    @routes.websocket("/link/")
    async def link(socket: WebSocket, ticket: str = "") -> None:
        if not links.redeem(ticket) or len(links.sockets) >= _MOST:
            await socket.close(code=1008)
            return
        await socket.accept()
        connection = Socket(socket)
        links.sockets.append(connection)
        try:
            await connection.greet(delivery.slack.seed.app.id, len(links.sockets))
            await connection.listen()
        finally:
            links.sockets.remove(connection)

    return routes

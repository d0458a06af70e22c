"""For whoever tests or watches: the traffic, ordered trouble, uninstalling. `/sandbox/…`."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from sandbox import event_emitter
from sandbox.delivery import Delivery
from sandbox.errors import Refusal
from sandbox.faults import Fault

Json = dict[str, Any]


class Order(BaseModel):
    """A trouble to come; see `faults.Fault`."""

    model_config = ConfigDict(extra="forbid")
    kind: str
    method: str = "*"
    times: int = 1
    seconds: float = 1.0


def router(delivery: Delivery) -> APIRouter:
    """The controls of this Slack."""
    slack = delivery.slack
    routes = APIRouter(prefix="/sandbox")

    @routes.get("/traffic")
    async def traffic() -> list[Json]:
        return [exchange.as_json() for exchange in slack.traffic.recent()]

    @routes.get("/faults")
    async def faults() -> list[Fault]:
        return slack.faults.remaining()

    @routes.post("/faults")
    async def order(order: Order) -> Json:
        try:
            slack.faults.order(Fault(**order.model_dump()))
        except ValueError as error:
            raise Refusal("invalid_fault", detail=str(error)) from error
        return {"ok": True}

    @routes.delete("/faults")
    async def clear() -> Json:
        slack.faults.clear()
        return {"ok": True}

    @routes.post("/sockets/{reason}")
    async def refresh(reason: str) -> Json:
        for socket in list(delivery.links.sockets):
            await socket.disconnect(reason)
        return {"ok": True}

    @routes.post("/uninstall/{team}")
    async def uninstall(team: str) -> Json:
        installation = slack.installed_in(team)
        if installation is None:
            raise Refusal("not_installed")
        event_emitter.uninstalled(slack, installation)
        return {"ok": True}

    return routes

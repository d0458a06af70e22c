"""Uploads, the files that come of them, and the fonts the page is set in."""

from importlib.resources import files as package_files
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from sandbox.errors import Refusal
from sandbox.files import File
from sandbox.slack import Slack

Json = dict[str, Any]
_DRAWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_SANS = "font_source_sans_pro.files"
_FONTS = {
    "sans-regular": (_SANS, "SourceSansPro-Regular.ttf"),
    "sans-italic": (_SANS, "SourceSansPro-It.ttf"),
    "sans-semibold": (_SANS, "SourceSansPro-Semibold.ttf"),
    "sans-bold": (_SANS, "SourceSansPro-Bold.ttf"),
    "cjk": ("cvttf_NotoSansCJK_Regular", "NotoSansCJKtc-Regular.otf"),
    "emoji": ("manimgx_fonts", "NotoEmoji[wght].ttf"),
}


def router(slack: Slack) -> APIRouter:
    """Files of this state, and the fonts of the installed packages."""
    routes = APIRouter()

    @routes.post("/upload/{file_id}")
    async def upload(request: Request, file_id: str) -> Response:
        content = await _content(request)
        try:
            file = slack.files.receive(file_id, content, now=slack.now())
        except Refusal as refusal:
            return PlainTextResponse(refusal.error, 400)
        return PlainTextResponse(f"OK - {file.length}")

    @routes.get("/files/{file_id}")
    async def draw(file_id: str) -> Response:
        return _sent(slack.files.find(file_id))

    @routes.get("/files/{file_id}/{name:path}")
    async def download(request: Request, file_id: str, name: str) -> Response:
        file = slack.files.find(file_id)
        if not _may_read(slack, request, file):
            return RedirectResponse(f"{slack.origin}/?redir=/files/{file_id}", 302)
        if name.removeprefix("download/") != file.name:
            raise Refusal("file_not_found")
        return _sent(file)

    @routes.get("/fonts/{name}")
    async def font(name: str) -> Response:
        if name not in _FONTS:
            return PlainTextResponse("no such font", 404)
        package, file_name = _FONTS[name]
        path = package_files(package) / file_name
        # A page around this one may be set in the same fonts.
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*"}
        return FileResponse(str(path), headers=headers)

    return routes


def _may_read(slack: Slack, request: Request, file: File) -> bool:
    """Whether a token of the file's workspace is sent along; whoever has none is led to the page for signing in."""
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    installation = slack.installations.get(bearer)
    return installation is not None and installation.team == file.team and "files:read" in slack.seed.app.scopes


def _sent(file: File) -> Response:
    if file.content is None:
        raise Refusal("file_not_found")
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
    if file.mimetype not in _DRAWN:
        headers["Content-Disposition"] = "attachment"
    return Response(file.content, 200, headers, media_type=file.mimetype)


async def _content(request: Request) -> bytes:
    if "multipart/form-data" not in request.headers.get("content-type", ""):
        return await request.body()
    form = await request.form()
    for value in form.values():
        if not isinstance(value, str):
            return await value.read()
    return b""

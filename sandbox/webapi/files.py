"""files.*: uploads in three steps."""

from typing import Any

from sandbox import event_emitter
from sandbox.conversations import Message
from sandbox.errors import Refusal, invalid_arguments
from sandbox.files import File
from sandbox.webapi.call import Call

Json = dict[str, Any]


def get_upload_url(call: Call) -> Json:
    """Where to POST the bytes, and the id of the file they will be."""
    length = call.number("length", 0)
    if length <= 0:
        raise invalid_arguments("must be greater than 0: length")
    file = File(
        id=call.slack.new_id("F"),
        name=call.text("filename"),
        length=length,
        team=call.installation.team,
        owner=call.installation.bot_user,
        begun=call.slack.now(),
        alt_text=call.optional("alt_txt") or "",
    )
    call.slack.files.begin(file)
    return {"upload_url": f"{call.slack.origin}/upload/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """The finished files, shared where the call says; without a channel they are private to the app."""
    wanted = call.objects("files")
    if not wanted:
        raise invalid_arguments("missing required field: files")
    channels = tuple(each for each in [call.optional("channel_id"), *_several(call)] if each)
    for channel in channels:
        if call.installation.bot_user not in call.slack.conversations.find(channel).members:
            raise Refusal("channel_not_found")
    never = call.slack.faults.strike(("never_shared",), "files.completeUploadExternal")
    shared = () if never else channels
    files = [_own(call, str(each.get("id"))) for each in wanted]
    done = [
        call.slack.files.complete(file.id, title=each.get("title"), channels=shared, now=call.slack.now())
        for file, each in zip(files, wanted, strict=True)
    ]
    for file in done if never else ():
        call.slack.files.never_ready(file.id)
    for channel in shared:
        _share(call, channel, done)
    return {"files": [file.as_slack(call.slack.origin) for file in done]}


def _several(call: Call) -> list[str]:
    return (call.optional("channels") or "").split(",")


def _own(call: Call, file_id: str) -> File:
    file = call.slack.files.find(file_id)
    if file.team != call.installation.team:
        raise Refusal("file_not_found")
    return file


def _share(call: Call, channel: str, files: list[File]) -> None:
    said = call.slack.say(
        Message(
            channel=channel,
            ts=call.slack.stamp(),
            user=call.installation.bot_user,
            team=call.installation.team,
            text=call.optional("initial_comment") or "",
            bot_id=call.installation.bot_id,
            app_id=call.slack.seed.app.id,
            thread_ts=call.optional("thread_ts"),
            files=tuple(file.as_slack(call.slack.origin) for file in files),
        )
    )
    event_emitter.message_said(call.slack, said)


def info(call: Call) -> Json:
    """The file; without its media type until Slack is through with it."""
    file = _own(call, call.text("file"))
    if file.ready_at is None:
        raise Refusal("file_not_found")
    shown = file.as_slack(call.slack.origin)
    if not call.slack.files.is_ready(file.id, now=call.slack.now()):
        shown |= {"mimetype": "", "filetype": ""}
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(call: Call) -> Json:
    """Nothing more: the file is gone."""
    call.slack.files.delete(_own(call, call.text("file")).id)
    return {}

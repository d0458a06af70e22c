"""What is wrong with the database and what to do, in words for whoever typed the command."""

from sqlalchemy.exc import DBAPIError

_SQLITE = {
    "database is locked": "another process is writing to the database and does not let go: wait for it, or stop it,"
    " then try again",
    "unable to open database file": "the database cannot be opened: its folder is not there, or may not be written;"
    " LAURELS_DATABASE_URL says which",
    "file is not a database": "the file is no SQLite database: move it away, or let LAURELS_DATABASE_URL name another",
    "readonly database": "the database may not be written: look at who owns the file and its folder",
    "disk is full": "the disk is full: make room, then try again; what was recorded stays",
    "disk image is malformed": "the database file is damaged: bring back the last backup",
}
_POSTGRESQL = {
    "password authentication failed": "PostgreSQL refuses the user or the password in LAURELS_DATABASE_URL",
    "does not exist": "PostgreSQL has no such database or user: make it (createdb), or let LAURELS_DATABASE_URL name"
    " another",
    "too many clients": "PostgreSQL takes no more connections: stop what holds them, or raise max_connections",
}


def database_error_words(error: DBAPIError) -> str | None:
    """Return what is wrong with the database; None where the database is not to blame."""
    said = str(error.orig)
    known = next((words for part, words in (_SQLITE | _POSTGRESQL).items() if part in said), None)
    if known is not None:
        return known
    if error.connection_invalidated or "connect" in said:
        return (
            f"the database cannot be reached ({said.strip().splitlines()[0]}): is it running, and is"
            " LAURELS_DATABASE_URL right?"
        )
    return None

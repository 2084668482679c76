"""From a search server's address to what reaches it."""

import re
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

INDEX = "consultation"
USUAL_PORTS = {"http": 9200, "https": 443}
# What every server takes in the name of an index, and we put something after it.
INDEX_NAME = re.compile(r"[a-z0-9][-_a-z0-9]{0,99}")


def search_from_url(
    url: str, *, api_key: str = "", ca_file: str = ""
) -> dict[str, Any] | None:
    """How `http(s)://[user:password@]host:port[/index]` is spoken to; None if empty.

    Raises ImproperlyConfigured for an address of another kind, or if what is given
    beside it contradicts it.
    """
    if not url:
        return None
    try:
        address = urlsplit(url)
    except ValueError:
        raise _wrong() from None
    index = address.path.strip("/") or INDEX
    port = _port(address)
    if not port or not address.hostname or not INDEX_NAME.fullmatch(index):
        raise _wrong()
    if api_key and address.username:
        raise ImproperlyConfigured(
            "SEARCH_URL names a user and SEARCH_API_KEY a key: one of them is too much."
        )
    if ca_file and address.scheme == "http":
        raise ImproperlyConfigured(
            "SEARCH_CA_FILE says who signs certificates, and SEARCH_URL is http://."
        )
    host = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    options: dict[str, Any] = {"hosts": f"{address.scheme}://{host}:{port}"}
    if address.username:
        password = unquote(address.password or "")
        options["basic_auth"] = (unquote(address.username), password)
    if api_key:
        options["api_key"] = api_key
    if ca_file:
        options["ca_certs"] = ca_file
    return {"index": index, "options": options}


def _port(address: SplitResult) -> int:
    """Zero where the address is none of a server."""
    usual = USUAL_PORTS.get(address.scheme, 0)
    if not usual or address.query or address.fragment:
        return 0
    try:
        return address.port or usual
    except ValueError:
        return 0


def _wrong() -> ImproperlyConfigured:
    """What is wrong may be a part of the password, and is not said again."""
    return ImproperlyConfigured(
        "SEARCH_URL must be https://[user:password@]host:port[/index], or http://"
        " on this very machine. The index has small letters, digits, hyphens and"
        " underscores; in a password, / ? # @ : [ ] % are written %2F %3F %23"
        " %40 %3A %5B %5D %25."
    )

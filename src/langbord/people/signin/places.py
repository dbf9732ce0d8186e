"""Where a request came from, as coarse as a limit on guessing needs it."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

HERE = ("", "127.0.0.1", "::1")
NETWORK = 56
"""A home or an office has a whole network of IPv6 addresses: counted one by one they would be no limit at all."""


def place_of(request: HttpRequest) -> str:
    """The address, or the network of one of the long kind. Behind a proxy on this machine: what the proxy says last."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return _place(forwarded if forwarded and direct in HERE else direct)


def _place(said: str) -> str:
    # Some proxies write the port as well, and that is another each time.
    bare = re.sub(r"^\[(.*)\](:\d+)?$|^([\d.]+):\d+$", lambda m: m[1] or m[3], said.strip())
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return bare[:64]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, NETWORK), strict=False))

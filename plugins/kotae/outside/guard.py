"""Which servers may be asked: public ones only. The addresses come from pages, and a page may come from anybody."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

# host, port -> the addresses the name stands for; raises OSError when it stands for none.
Resolve = Callable[[str, int], Sequence[str]]
# 64:ff9b::/96 carries an IPv4 address in its last four bytes (NAT64), 2002::/16 in the two groups after it.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressError(Exception):
    """A name that leads to this machine, this network or nowhere: it is never asked."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of ``host`` as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(host: str, port: int, resolver: Resolve = resolve) -> list[str]:
    """Return the addresses of ``host``, if every one of them is public.

    The caller connects to one of these and does not resolve again: the answer could have changed by then.
    Raises PrivateAddressError, or OSError when the name is not known.
    """
    addresses = list(resolver(host, port))
    for address in addresses:
        if not is_public(address):
            raise PrivateAddressError(host)
    return addresses


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)

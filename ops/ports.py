"""Ports on loopback: the usual one if it is free, otherwise one that is."""

import socket

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """True if a server could listen on this port of loopback now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(usual: int = 0, *, taken: frozenset[int] = frozenset()) -> int:
    """`usual` if it is free and not promised to another part, else one the system picks."""
    if usual and usual not in taken and is_free(usual):
        return usual
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
        if port not in taken:
            return port


def answers(port: int, *, timeout_s: float = 0.3) -> bool:
    """True if something accepts connections on this port of loopback."""
    return answers_at(LOOPBACK, port, timeout_s=timeout_s)


def answers_at(host: str, port: int, *, timeout_s: float) -> bool:
    """True if something accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=timeout_s):
            return True
    except OSError:
        return False

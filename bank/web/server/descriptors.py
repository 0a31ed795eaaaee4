"""How many connections fit under the process's limit of open files."""

import resource

WANTED_DESCRIPTORS = 4096
MOST_CONNECTIONS = 1000
"""Connections at the same time, however many descriptors there are: more would only wait for one another."""


def raise_descriptor_limit() -> int:
    """Raises the soft limit of open files towards the hard one, up to WANTED_DESCRIPTORS; returns the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(WANTED_DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return WANTED_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


def connections_within(descriptors: int) -> int:
    """Connections that may be open: half of the descriptors; the others are for files, and for those at the door."""
    return max(1, min(MOST_CONNECTIONS, descriptors // 2))

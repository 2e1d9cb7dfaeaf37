"""Where others may reach this computer."""

import ipaddress

import ifaddr


def own_addresses() -> list[str]:
    """Of IPv4, without loopback, or loopback alone where there is nothing else."""
    every = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips]
    found = [ip for ip in every if isinstance(ip, str) and not _is_loopback(ip)]  # others are of IPv6
    return found or ["127.0.0.1"]


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback

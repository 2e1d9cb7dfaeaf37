"""What `serve` and `hub` share: their options, and a node's life from its first word to its end."""

import argparse
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from eventdesk import __version__
from eventdesk.errors import BadInput
from eventdesk.node.opening import NodeOptions
from eventdesk.node.places import Place, place
from eventdesk.node.starting import run_node
from sync.server.running import Listening
from sync.server.settings import Rate, Settings

PORT = 8443
MOST_PROCESSES = 64


def add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="the node's folder (default: this user's own)")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="a PostgreSQL without a password in it; with one: by EVENTDESK_DATABASE (default: a file)",
    )
    parser.add_argument("--key-file", type=Path, metavar="FILE", help="the file's key (default: the keyring)")
    parser.add_argument("--name", default="", help="what people see of this node")
    parser.add_argument("--host", default="", help="the address to listen on (default: all)")
    parser.add_argument("--port", type=_port, default=PORT, help=f"(default: {PORT}; 0: any free one)")
    parser.add_argument("--processes", type=_processes, default=1, metavar="N", help="with PostgreSQL alone")
    _add_transport(parser)
    parser.add_argument(
        "--requests-per-desk",
        type=float,
        default=50.0,
        metavar="N",
        help="a second, at most; other limits follow it (default: 50)",
    )
    parser.add_argument(
        "--until-eof", action="store_true", help="end when standard input does: with whoever started it"
    )
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default="info")


def _add_transport(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="a certificate (default: one of our own)"
    )
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its key")
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="plain HTTP (default host: 127.0.0.1), for a proxy with TLS",
    )
    parser.add_argument(
        "--proxies",
        default="127.0.0.1",
        metavar="ADDRESSES",
        help="whose word counts on where a request comes from (default: 127.0.0.1)",
    )


def serve(args: argparse.Namespace, kind: str, upstream: str = "", announced: bool = True) -> int:
    """0 when it was asked to end. Raises EventDeskError where it can't begin."""
    at = place(args.folder, args.database, args.key_file, _warn)
    if args.processes > 1 and at.file is not None:
        raise BadInput(
            "Several processes need a PostgreSQL.", "Name it by --database, or leave --processes out."
        )
    options, listening = replace(_options(args, at, kind), announced=announced), _listening(args)
    if args.until_eof:
        threading.Thread(target=_end_with_input, name="input", daemon=True).start()
    run_node(options, listening, plain=args.behind_proxy, invitation=upstream, say=_say)
    return 0


def _options(args: argparse.Namespace, at: Place, kind: str) -> NodeOptions:
    rate = max(1.0, args.requests_per_desk)
    settings = Settings(
        version=__version__,
        desk=Rate(rate, rate * 3),
        hub=Rate(rate * 20, rate * 40),
        address=Rate(rate * 40, rate * 80),
        entry=Rate(rate / 25, max(5.0, rate * 1.2)),
    )
    return NodeOptions(at, args.name, kind, settings=settings)


def _listening(args: argparse.Namespace) -> Listening:
    if bool(args.tls_cert) != bool(args.tls_key):
        raise BadInput("A certificate needs its key, and a key its certificate.", "Give both, or neither.")
    if args.behind_proxy and args.tls_cert:
        raise BadInput("Behind a proxy the node speaks plain HTTP.", "Give the certificate to the proxy.")
    return Listening(
        args.host or ("127.0.0.1" if args.behind_proxy else ""),
        args.port,
        args.tls_cert,
        args.tls_key,
        args.proxies if args.behind_proxy else "",
        args.processes,
        args.log_level,
    )


def _end_with_input() -> None:
    with suppress(OSError, ValueError):
        while sys.stdin.readline():
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _say(sentence: str) -> None:
    """To whoever reads our output, if anyone still does."""
    with suppress(OSError):
        print(sentence, flush=True)


def _warn(sentence: str) -> None:
    print(f"eventdesk: {sentence}", file=sys.stderr, flush=True)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port")
    return int(text)


def _processes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"between 1 and {MOST_PROCESSES}")
    return int(text)

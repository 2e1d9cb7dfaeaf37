"""Containers and their guide, held against the program: what they name must be there and be accepted."""

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from eventdesk.__main__ import parser_for
from eventdesk.node.places import ENVIRONMENT
from sync import wire
from sync.server import certificates

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs" / "running-a-server.md"
NODE_COMMANDS = ("serve", "hub", "code", "desks", "node-backup")

# What a node's every command and process imports; with these absent as in the container.
IMPORTS = """
import sys
from importlib.metadata import packages_distributions
for absent in ("PySide6", "shiboken6", "cv2", "numpy", "PIL", "pyzbar", "zxingcpp", "reportlab"):
    sys.modules[absent] = None
from eventdesk.__main__ import parser_for
for command in {commands!r}:
    parser_for([command])
import eventdesk.node.opening, eventdesk.node.starting, eventdesk.node.ready_states, eventdesk.node.upstream
import sync.discovery, sync.server.certificates, sync.relay.relay, sync.client.http
import keyring.backends.SecretService, uvicorn.protocols.http.httptools_impl, psycopg
from sync.server.running import loop_factory
loop_factory()
import qrcode
qrcode.QRCode().make()
owners = packages_distributions()
loaded = {{name.partition(".")[0] for name, module in sys.modules.items() if module is not None}}
print(*sorted({{owner for name in loaded for owner in owners.get(name, [])}}))
"""


def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def dockerfile() -> list[tuple[str, str]]:
    """Instructions and their words, with continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines if line.strip()]


def said(instruction: str) -> list[str]:
    return [words for name, words in dockerfile() if name == instruction]


def seconds(directive: str) -> float:
    found = re.findall(
        rf"^\s*{directive} (\d+)s;", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found, directive
    return min(map(float, found))


def test_a_node_needs_neither_screen_nor_camera_and_only_what_its_image_has() -> None:
    packages = runpy.run_path(str(DEPLOY / "node_packages.py"))["NODE"]
    program = IMPORTS.format(commands=NODE_COMMANDS)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    needed = {re.sub(r"[-_.]+", "-", name).lower() for name in done.stdout.split()}
    assert "starlette" in needed
    # pip's own hook, in every environment that has setuptools; and we ourselves.
    assert needed - {"setuptools", "eventdesk"} <= packages


@pytest.mark.parametrize("words", [[], ["--build"]])
def test_what_the_image_installs_is_in_the_lock_with_digests(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, DEPLOY / "node_packages.py", *words, ROOT / "requirements.lock"],
        capture_output=True,
        text=True,
        check=True,
    )
    entries = re.split(r"^(?=[a-z0-9])", done.stdout, flags=re.MULTILINE)[1:]
    assert len(entries) > 5
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "pyside6" not in done.stdout


def test_every_file_that_the_image_copies_is_here_and_let_through() -> None:
    let_through = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    for words in said("COPY"):
        if words.startswith("--from="):
            continue
        for source in words.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert f"!{source}" in let_through, source


def test_the_image_installs_by_the_lock_and_runs_as_nobody_special() -> None:
    installs = [words for words in said("RUN") if "requirements.lock" in words]
    assert installs
    assert all("--require-hashes" in words for words in installs)
    last_user = said("USER")[-1]
    assert last_user not in ("root", "0")
    assert any(f" {last_user}" in words for words in said("RUN") if "useradd" in words)
    names = [name for name, _ in dockerfile()]
    assert names.index("USER") > max(place for place, name in enumerate(names) if name == "FROM")
    assert "/health" in said("HEALTHCHECK")[0]


def test_the_commands_in_image_and_compose_are_the_programs() -> None:
    program = yaml.safe_load(said("CMD")[0])
    args = parser_for(program).parse_args(program)
    assert (args.behind_proxy, args.host, args.port) == (True, "0.0.0.0", 8443)
    assert said("EXPOSE") == ["8443"]
    command = [str(word) for word in compose()["services"]["eventdesk"]["command"]]
    args = parser_for(command).parse_args(command)
    assert (args.processes, args.behind_proxy, args.database) == (2, True, None)


def test_the_proxy_is_believed_and_nobody_else() -> None:
    services = compose()["services"]
    command = services["eventdesk"]["command"]
    proxies = command[command.index("--proxies") + 1]
    assert services["proxy"]["networks"]["inside"]["ipv4_address"] == proxies
    assert "ports" not in services["eventdesk"]
    assert "ports" not in services["database"]
    config = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "X-Forwarded-For $remote_addr" in config


def test_the_database_lasts_and_is_waited_for() -> None:
    services, volumes = compose()["services"], compose()["volumes"]
    assert services["eventdesk"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert "pg_isready" in services["database"]["healthcheck"]["test"]
    for service in ("database", "eventdesk"):
        assert services[service]["volumes"][0].partition(":")[0] in volumes


def test_environment_names_are_the_programs_and_no_password_is_on_a_command_line() -> None:
    service = compose()["services"]["eventdesk"]
    assert set(service["environment"]) == {ENVIRONMENT}
    assert not any("PASSWORD" in str(word) for word in service["command"])


def test_the_proxy_waits_longer_than_any_pull_and_takes_the_largest_push() -> None:
    assert seconds("proxy_read_timeout") > wire.MOST_WAIT_S + 10
    assert seconds("proxy_send_timeout") > wire.MOST_WAIT_S
    config = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    largest = re.search(r"client_max_body_size (\d+)m;", config)
    assert largest is not None
    assert int(largest[1]) << 20 > wire.MOST_BYTES
    assert "proxy_next_upstream off;" in config
    assert "proxy_buffering off;" in config


def test_the_proxy_itself_accepts_its_configuration(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        pytest.skip("nginx is not on this computer")
    own = certificates.in_folder(tmp_path, [])
    config = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    config = config.replace("/etc/nginx/tls/fullchain.pem", str(own.certificate))
    config = config.replace("/etc/nginx/tls/privkey.pem", str(own.key))
    config = config.replace("server eventdesk:8443", "server 127.0.0.1:8443")
    file = tmp_path / "nginx.conf"
    file.write_text(f"pid {tmp_path}/pid;\n{config}", encoding="utf-8")
    done = subprocess.run([nginx, "-t", "-q", "-c", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "emerg" not in done.stderr


def guide_commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_every_command_of_the_guide_is_accepted() -> None:
    commands = [shlex.split(line) for line in guide_commands()]
    ours = [words[words.index("eventdesk") + 1 :] if "eventdesk" in words else [] for words in commands]
    others = [("pg_dump" in words or "up" in words) for words in commands]
    seen = set()
    for command, other in zip(ours, others, strict=True):
        if other:
            continue
        words = command[1:] if command[0] == "eventdesk" else command
        parser_for(words).parse_args(words)
        seen.add(words[0])
    # The mailer is a desk: it runs beside the node, not in its container.
    assert seen == {*NODE_COMMANDS, "mailer"}


def test_the_guide_runs_services_that_the_compose_file_has() -> None:
    services = compose()["services"]
    named = [
        word
        for line in guide_commands()
        for word in re.findall(r"(?:exec|run --rm) (\w+)", line)
        if line.startswith("docker")
    ]
    assert named
    assert set(named) <= set(services)
    assert all("deploy/compose.yaml" in line for line in guide_commands() if line.startswith("docker"))

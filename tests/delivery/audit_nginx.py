"""The guide's nginx configuration in a real nginx. Run by scripts/audit, not by CI: it needs nginx installed."""

from __future__ import annotations

import http.client
import http.server
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import workshop

RECIPE = workshop.REPOSITORY / "docs/kotae/guide/nginx.conf"
Get = Callable[..., tuple[int, dict[str, str], str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Login(http.server.BaseHTTPRequestHandler):
    """Stands for oauth2-proxy: a cookie is a login."""

    def do_GET(self) -> None:
        known = "kotae=known" in self.headers.get("Cookie", "")
        status = (202 if known else 401) if self.path == "/oauth2/auth" else 200
        self.send_response(status)
        self.end_headers()
        if status == 200:
            self.wfile.write(b"please sign in")

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def login() -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Login)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def start(site: Path, work: Path, login_port: int) -> tuple[subprocess.Popen[bytes], int]:
    port = free_port()
    recipe = RECIPE.read_text(encoding="utf-8").replace("/srv/kotae/site", str(site))
    recipe = recipe.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace(
        "127.0.0.1:4180", f"127.0.0.1:{login_port}"
    )
    recipe = "\n".join(line for line in recipe.split("\n") if "ssl_certificate" not in line)
    (work / "kotae.conf").write_text(recipe, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {work}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "nginx.conf").write_text(
        f"daemon off;\npid {work}/pid;\nerror_log {work}/error.log;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}include {work}/kotae.conf;\n}}\n"
    )
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    subprocess.run([nginx, "-t", "-c", str(work / "nginx.conf"), "-p", str(work)], check=True)
    process = subprocess.Popen([nginx, "-c", str(work / "nginx.conf"), "-p", str(work)])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    return process, port


def getter(port: int) -> Get:
    def get(host: str, path: str, cookie: str = "") -> tuple[int, dict[str, str], str]:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        link.request("GET", path, headers={"Host": host} | ({"Cookie": cookie} if cookie else {}))
        answer = link.getresponse()
        body = answer.read().decode("utf-8", "replace")
        link.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body

    return get


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nginx-site")
    built = workshop.build(workshop.copy_site("small", folder / "source"), folder / "site")
    # nginx' workers may run as another user.
    for each in (built, *built.rglob("*"), *built.parents[:3]):
        each.chmod(each.stat().st_mode | (0o755 if each.is_dir() else 0o644))
    return built


@pytest.fixture(scope="module")
def get(site: Path, login: http.server.ThreadingHTTPServer, tmp_path_factory: Any) -> Iterator[Get]:
    process, port = start(site, tmp_path_factory.mktemp("nginx"), login.server_port)
    yield getter(port)
    process.terminate()
    process.wait(10)


def every_file(folder: Path) -> list[str]:
    return ["/" + p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]


def test_without_a_login_every_address_of_the_handbook_answers_401(get: Get, site: Path) -> None:
    paths = [
        *every_file(site / "handbook"),
        "/",
        "/en/",
        "/playbooks/",
        "/no-such-page/",
        "/%2e%2e/help/",
        "//",
    ]
    paths += ["/oauth2/../index.html", "/oauth2/%2e%2e/index.html", "/OAUTH2/", "/en/../index.html"]
    answers = {path: get("handbook.example.jp", path)[0] for path in paths}
    assert {path: status for path, status in answers.items() if status != 401} in ({}, {"/%2e%2e/help/": 400})


def test_with_a_login_pages_are_read_with_the_handbooks_headers(get: Get) -> None:
    status, headers, body = get("handbook.example.jp", "/playbooks/", "kotae=known")
    assert (status, "<h1>" in body) == (200, True)
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"
    assert "noindex" in headers["x-robots-tag"]
    assert headers["cache-control"].startswith("private")


def test_the_login_itself_is_shown_with_401_and_without_our_policy(get: Get) -> None:
    status, headers, body = get("handbook.example.jp", "/playbooks/")
    assert (status, body) == (401, "please sign in")
    assert "content-security-policy" not in headers


def test_the_check_of_a_login_cannot_be_asked_from_outside(get: Get) -> None:
    assert get("handbook.example.jp", "/oauth2/auth", "kotae=known")[0] == 404


def test_a_login_service_that_is_down_closes_the_handbook(site: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    process, port = start(site, tmp_path, free_port())
    try:
        assert getter(port)("handbook.example.jp", "/", "kotae=known")[0] >= 500
        assert getter(port)("help.example.jp", "/")[0] == 200
    finally:
        process.terminate()
        process.wait(10)


def test_the_help_center_is_read_with_its_headers(get: Get) -> None:
    for path in ("/", "/en/", "/billing/refund/"):
        status, headers, _ = get("help.example.jp", path)
        assert status == 200
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-cache"
        assert "x-robots-tag" not in headers


def test_hashed_assets_are_kept_for_ever_and_others_are_not(get: Get, site: Path) -> None:
    css = next((site / "help/assets/stylesheets").glob("main.*.css")).name
    assert "immutable" in get("help.example.jp", f"/assets/stylesheets/{css}")[1]["cache-control"]
    assert "immutable" in get("help.example.jp", "/assets/kotae/core.css?v=1")[1]["cache-control"]
    assert "immutable" not in get("help.example.jp", "/assets/kotae/core.css")[1]["cache-control"]
    assert "immutable" not in get("help.example.jp", "/search-ja/directory.js")[1]["cache-control"]


def test_a_missing_page_is_the_sites_own_in_its_language(get: Get) -> None:
    for path, lang in (("/nothing/", "ja"), ("/en/nothing/", "en")):
        status, headers, body = get("help.example.jp", path)
        assert (status, f'<html lang="{lang}"' in body) == (404, True)
        assert "content-security-policy" in headers


def test_an_address_without_its_slash_leads_to_the_one_with_it(get: Get) -> None:
    status, headers, _ = get("help.example.jp", "/billing/refund")
    assert (status, headers["location"]) == (301, "/billing/refund/")


def test_files_of_the_build_itself_are_not_served(get: Get) -> None:
    assert get("help.example.jp", "/.kotae-site")[0] == 404

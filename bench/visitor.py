"""A visitor: signs in through a persona's link, opens pages over one connection, counts what comes over the wire."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

ASSETS = re.compile(r"""<(?:link[^>]+href|script[^>]+src|img[^>]+src)=["']([^"']+)["']""")
INSIDE_CSS = re.compile(r"""url\(["']?([^)"']+\.woff2)["']?\)""")


@dataclass
class Answer:
    status: int
    body: bytes
    size: int
    """Bytes of body and headers."""
    location: str


class Visitor:
    """Keeps cookies and one connection, as a browser does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, brotli: bool = False) -> Answer:
        headers = {"Host": f"localhost:{self.port}", "Accept-Language": "nb", "Accept": "text/html"}
        headers["Accept-Encoding"] = "br, gzip" if brotli else "identity"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://localhost:{self.port}"
            body = urlencode(form)
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        data = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";", 1)[0]
                key, _eq, text = pair.partition("=")
                self.cookies[key] = text
        size = len(data) + sum(len(n) + len(v) + 4 for n, v in response.getheaders()) + 15
        return Answer(response.status, data, size, response.getheader("Location") or "")

    def sign_in(self, url: str) -> None:
        """Through a one-time link: open it (nothing happens), press its button."""
        path = urlsplit(url).path
        page = self.ask("GET", path).body.decode()
        main = page[page.index("<main") :]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', main)
        action = re.search(r'<form[^>]*action="([^"]+)"', main)
        if token is None:
            raise RuntimeError("no form on the page of the link")
        target = action.group(1) if action else path
        answer = self.ask("POST", target, {"csrfmiddlewaretoken": token.group(1)})
        if answer.status not in (302, 303):
            raise RuntimeError(f"the link did not sign in: {answer.status}")

    def first_visit(self, path: str) -> tuple[int, int]:
        """Bytes and requests of a page with everything it needs, nothing cached."""
        page = self.ask("GET", path, brotli=True)
        total, requests = page.size, 1
        plain = self.ask("GET", path).body.decode()
        wanted = [urljoin(path, asset) for asset in dict.fromkeys(ASSETS.findall(plain))]
        for asset in wanted:
            answer = self.ask("GET", asset, brotli=True)
            total, requests = total + answer.size, requests + 1
            if asset.endswith(".css"):
                css = self.ask("GET", asset).body.decode()
                wanted.extend(urljoin(asset, font) for font in dict.fromkeys(INSIDE_CSS.findall(css)))
        return total, requests

    def times(self, path: str, count: int) -> list[float]:
        """Seconds of each of `count` requests, one after another. Raises when one is not 200."""
        spent = []
        for _number in range(count):
            begun = time.perf_counter()
            answer = self.ask("GET", path)
            spent.append(time.perf_counter() - begun)
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
        return spent

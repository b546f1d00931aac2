"""The presenter's view as a web page, for a tablet on the studio table: it asks for news four times a second."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bobine.errors import BobineError
from bobine.french import typeset_print
from bobine.prompter.view import View
from bobine.publish.serve.guard import Guard

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}

PAGE = """\
<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Prompteur</title>
<style>
  :root { color-scheme: dark; }
  body { margin: 0; min-height: 100vh; background: #14181e; color: #eceae5; font-family: system-ui, sans-serif;
         display: flex; flex-direction: column; justify-content: center; text-align: center; gap: 2vh; padding: 0 3vw; }
  #hour { font-size: 9vw; font-variant-numeric: tabular-nums; }
  #title { font-size: 6vw; color: #f0a26b; font-weight: bold; overflow-wrap: anywhere; }
  #left { font-size: 20vw; line-height: 1; font-weight: bold; font-variant-numeric: tabular-nums; color: #8fd6a0; }
  #left.late { color: #ff9d8f; }
  #gap { font-size: 6vw; font-weight: bold; }
  #following { font-size: 4vw; color: #b3bac4; overflow-wrap: anywhere; }
  #lost { display: none; font-size: 5vw; background: #ff9d8f; color: #14181e; font-weight: bold; padding: 1vh; }
  .lost #lost { display: block; }
</style>
<body>
<div id="lost">! Plus de nouvelles du studio</div>
<div id="hour"></div>
<div id="title"></div>
<div id="left"></div>
<div id="gap"></div>
<div id="following"></div>
<script>
  const say = (id, text) => { document.getElementById(id).textContent = text; };
  let heard = Date.now();
  async function ask() {
    try {
      const answer = await fetch("etat", { cache: "no-store" });
      if (!answer.ok) throw new Error("refused");
      const view = await answer.json();
      for (const id of ["hour", "left", "gap", "following"]) say(id, view[id]);
      say("title", view.late ? view.title + " — ▲ DÉPASSE" : view.title);
      document.getElementById("left").className = view.late ? "late" : "";
      if (!view.stale) heard = Date.now();
    } catch (error) { /* told below, once it lasts */ }
    document.body.className = Date.now() - heard > 2000 ? "lost" : "";
    setTimeout(ask, 250);
  }
  ask();
</script>
</body>
</html>
"""


def create_prompter(view: Callable[[], View], secret: str) -> Starlette:
    """The page and its news, under a secret; nothing can be changed from it, and no other site may read it.

    While the show cannot be read, the last that could be is answered, and said to be old.

    Args:
        view: what there is to see now.
        secret: the first part of the page's path; whoever does not know it gets nothing.
    """
    last: dict[str, object] = dict.fromkeys((field.name for field in dataclasses.fields(View)), "")

    def page(request: Request) -> Response:
        if not _knows(request, secret):
            return _nothing()
        return HTMLResponse(PAGE, headers=_HEADERS)

    def news(request: Request) -> Response:
        if not _knows(request, secret):
            return _nothing()
        stale = False
        try:
            last.update(dataclasses.asdict(view()))
        except (BobineError, OSError):
            stale = True
        told = {key: typeset_print(value) if isinstance(value, str) else value for key, value in last.items()}
        return JSONResponse({**told, "stale": stale}, headers=_HEADERS)

    routes = [Route("/{secret}/", page), Route("/{secret}/etat", news)]
    return Starlette(
        routes=routes, middleware=[Middleware(Guard)], exception_handlers={404: lambda _request, _error: _nothing()}
    )


def _knows(request: Request, secret: str) -> bool:
    """Whether the address holds the secret, told in a time that does not betray how much of it was right."""
    return secrets.compare_digest(request.path_params["secret"].encode(), secret.encode())


def _nothing() -> Response:
    return PlainTextResponse("Il n'y a rien à cette adresse : reprenez celle que donne la régie.\n", 404)

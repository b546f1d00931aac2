"""The namespace's rules for payments to those who make a podcast."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, at, error, quoted
from bobine.publish.check.rules.looking import whole
from bobine.publish.check.rules.tree import Feed, Node


def money(feed: Feed) -> Iterator[Finding]:
    """Faults of the value blocks of the channel and of the items."""
    for node, item in feed.everywhere("podcast:value"):
        for name in ("type", "method"):
            if not node.get(name):
                yield error(f"namespace/value-{name}", at(node, item), f"podcast:value n'a pas {name} : ajoutez-le.")
        recipients = node.all("podcast:valueRecipient")
        if not recipients:
            words = "podcast:value ne dit pas à qui va l'argent : ajoutez podcast:valueRecipient."
            yield error("namespace/value-recipient", at(node, item), words)
        for recipient in recipients:
            yield from _recipient(recipient, item)


def _recipient(node: Node, item: Node | None) -> Iterator[Finding]:
    if not node.get("type") or not node.get("address"):
        words = "Ce destinataire n'a pas de type et d'adresse : ajoutez type et address."
        yield error("namespace/value-recipient", at(node, item), words)
    if whole(node.get("split")) is None:
        words = f"La part {quoted(node.get('split'))} n'est pas un nombre entier : corrigez split."
        yield error("namespace/value-split", at(node, item), words)
    if node.get("fee") not in ("", "true", "false"):
        words = f"fee vaut {quoted(node.get('fee'))} : écrivez « true » ou « false »."
        yield error("namespace/value-fee", at(node, item), words)

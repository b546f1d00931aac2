"""Put back: an item that was taken out elsewhere while its sheet was open, with what is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.tui.kit.choice import Option
from bobine.tui.rundown.gestures.asking import choose
from bobine.tui.rundown.panel import Panel

if TYPE_CHECKING:
    from bobine.tui.rundown.screen import RundownScreen

OPTIONS = (
    Option("back", "Le remettre, avec ce qui est écrit", "À sa place d'avant ; U l'annule."),
    Option("drop", "Le laisser enlevé", "Ce qui est écrit dans sa fiche n'est pas gardé."),
)


async def run(screen: RundownScreen) -> None:
    """Ask, while the sheet stays; without an answer it goes on."""
    panel = screen.query_one(Panel)
    title = "L'élément de cette fiche a été enlevé ailleurs"
    answer = await choose(screen, title, OPTIONS, intro="Échap : continuer d'écrire dans la fiche.")
    if answer is None or not panel.editing:
        return
    item_id = panel.item_id
    if answer == "back" and panel.gone:
        try:
            episode = panel.put_back(screen.episode)
        except ValueError as error:
            screen.tell(str(error), refused=True)
            return
        panel.drop()
        screen.edit(episode, "élément remis avec ce qui était écrit", go=item_id)
    panel.drop()
    screen.back_to_the_list()
    screen.draw()

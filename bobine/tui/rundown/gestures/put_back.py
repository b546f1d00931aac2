"""Put back: an item that was taken out elsewhere while its sheet was open, with what is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.rundown.asking import choose

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import RundownWithSheet

OPTIONS = (
    Option("back", "Le remettre, avec ce qui est écrit", "À sa place d'avant ; U l'annule."),
    Option("drop", "Le laisser enlevé", "Ce qui est écrit dans sa fiche n'est pas gardé."),
)


async def run(rundown: RundownWithSheet) -> None:
    """Ask, while the sheet stays; without an answer it goes on."""
    sheet = rundown.open_sheet
    title = "L'élément de cette fiche a été enlevé ailleurs"
    answer = await choose(rundown, title, OPTIONS, intro="Échap : continuer d'écrire dans la fiche.")
    if answer is None or not sheet.editing:
        return
    item_id = sheet.item_id
    if answer == "back" and sheet.gone:
        try:
            episode = sheet.put_back(rundown.episode)
        except ValueError as error:
            rundown.tell(str(error), refused=True)
            return
        sheet.drop()
        rundown.edit(episode, "élément remis avec ce qui était écrit", go=item_id)
    sheet.drop()
    rundown.back_to_the_list()
    rundown.draw()

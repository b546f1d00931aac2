"""The worked example of a community radio's rundown, as it is written in the reference and typed at the screens."""

from __future__ import annotations

from bobine.tui.kit.dialogs.ask import Ask
from tests.tui.hands import Hands

EXAMPLE = (
    ("18:00:00", "0'40", "Générique", "opening-theme"),
    ("18:00:40", "1'50", "Accueil, sommaire", "talk"),
    ("18:02:30", "0'10", "Virgule", "sting"),
    ("18:02:40", "6'00", "Politique locale", "chronique"),
    ("18:08:40", "4'00", "Live 1", "live-music"),
    ("18:12:40", "5'00", "Littérature", "chronique"),
    ("18:17:40", "0'10", "Virgule", "sting"),
    ("18:17:50", "3'30", "Feuilleton Pedro l'Avocat", "serial"),
    ("18:21:20", "9'00", "Portrait", "interview"),
    ("18:30:20", "0'20", "Jingle", "jingle"),
    ("18:30:40", "4'00", "Live 2", "live-music"),
    ("18:34:40", "4'30", "Paroles d'ados", "report"),
    ("18:39:10", "4'30", "Cinéma", "chronique"),
    ("18:43:40", "3'00", "Jeu", "game"),
    ("18:46:40", "3'00", "Agenda", "chronique"),
    ("18:49:40", "3'30", "Live 3", "live-music"),
    ("18:53:10", "1'10", "Remerciements", "talk"),
    ("18:54:20", "0'40", "Générique de fin", "closing-theme"),
)
"""Hour, planned duration, title and kind of each item; it ends at 18:55:00, so each back-time is its hour."""

TRIO = "Élodie Garnier, Tigran Sarkissian, Moussa Camara"
PEOPLE = {
    "accueil": "Samira Benhaddou (animation), Loïc Chastel (technique)",
    "politique-locale": "Samira Benhaddou, Claire Dumollard",
    "live-1": TRIO,
    "litterature": "Mireille Vossier",
    "pedro-l-avocat": "Paul Arnichand, Fatoumata Diarra (interview)",
    "portrait": "Fatoumata Diarra, Thi-Lan Nguyen (invitée)",
    "live-2": TRIO,
    "paroles-d-ados": "Inès (mineure : Karim Belkacem), Noé (mineur : Sandrine Vial), Samira Benhaddou",
    "cinema": "Anouar Ketfi",
    "jeu": "Samira Benhaddou",
    "agenda": "Yannick Le Bihan",
    "live-3": TRIO,
    "remerciements": "Samira Benhaddou, Loïc Chastel",
}
"""Who takes part in which item, as it is typed; in the order of the rundown."""


async def settle_all(hands: Hands) -> None:
    """Settle what lacks with the first remedy of each, typing what it asks for."""
    await hands.press("g")
    while hands.rundown.lacks:
        assert hands.app.screen is not hands.place, "the list of what lacks was closed"
        await hands.press("enter")
        if isinstance(hands.app.screen, Ask):
            await hands.write("feuille 31" if "feuille" in hands.dialog() else "La passerelle")
            await hands.press("enter")
            assert not isinstance(hands.app.screen, Ask), hands.dialog()
    await hands.settled()

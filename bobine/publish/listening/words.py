"""The words for listening figures: what was left out, and what a download is. Pure."""

from __future__ import annotations

from bobine.model.published.listening import OTHER_APPS, LeftOut
from bobine.publish.listening.agents import UNNAMED

LEFT_OUT = {
    LeftOut.BOT: "robots",
    LeftOut.PARTIAL: "moins d'une minute (auditeurs)",
    LeftOut.REPEATED: "reprises et répétitions d'un téléchargement",
    LeftOut.METHOD: "sans demander le son (HEAD…)",
    LeftOut.STATUS: "réponses sans le son (304, 404…)",
    LeftOut.PRELOAD: "préchargements de lecteurs web",
    LeftOut.WATCH: "montres, doublées par leur téléphone",
    LeftOut.INTERNAL: "adresses de l'équipe et de Bobine",
    LeftOut.UNKNOWN_SOUND: "fichiers audio d'aucun épisode connu ici",
}
"""What was not counted, for a table: requests, but for the listeners who had less than a minute."""

DEFINITION = (
    "Un téléchargement : au moins une minute de son d'un épisode, envoyée à une même adresse et une même application, "
    "compté une fois par jour, à l'heure de l'émission (règles IAB Podcast Measurement 2.2)."
)
"""What is counted, in a sentence."""

PRIVACY = (
    "Personne n'est suivi : les adresses sont brouillées avec un secret tiré pour chaque jour, puis oubliées ; seuls "
    "des totaux sont gardés."
)
"""What is kept, in a sentence."""


def app_name(app: str) -> str:
    """An app as it is shown."""
    return {OTHER_APPS: "autres applications", UNNAMED: "application inconnue"}.get(app, app)

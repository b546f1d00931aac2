"""Each key of ``shows.toml`` in French: its name on the screen, and what the file's comment says of it. Pure.

One table for the file that a new workspace starts with and for the screen *Réglages*. The keys themselves are the
fields of the model's dataclasses, which is also what reads the file: a test holds that none lacks its words.
"""

from __future__ import annotations

from dataclasses import fields

from bobine.model.carts import ShowCart
from bobine.model.counted.subsidy import ActionForm, ActionTheme, Job, Subsidy
from bobine.model.destination import BucketDestination, FolderDestination, SftpDestination, WebdavDestination
from bobine.model.episode import Item, Work
from bobine.model.fields.field import Field
from bobine.model.fields.tables import FIELDS
from bobine.model.hours import HourlyRate
from bobine.model.podcast import License, Platform, Podcast
from bobine.model.recording import RecordingSettings
from bobine.model.show import Chronique, Election, Holiday, SeasonCalendar, Show, Slot, Sound, Station
from bobine.plan.fields.words import WORDS
from bobine.plan.settings.destination_words import BUCKET, FOLDER, SFTP, WEBDAV
from bobine.plan.settings.duty_words import ACTION_FORM, ACTION_THEME, ELECTION, HOURLY_RATE, JOB, SUBSIDY
from bobine.plan.settings.podcast_words import LICENSE, PLATFORM, PODCAST
from bobine.plan.settings.wording import Setting

_SHOW = {
    "title": Setting("Titre", "le titre de l'émission"),
    "tagline": Setting("Devise", "la devise, en quelques mots ; vide : aucune"),
    "description": Setting("Description", "ce que lisent les gens dans leur application de podcast"),
    "language": Setting("Langue", "la langue de l'émission"),
    "station": Setting("Radio", "La radio qui diffuse l'émission."),
    "slot": Setting("Créneau", "Le créneau. À l'heure de fin, la radio reprend l'antenne, quoi qu'il arrive."),
    "season": Setting("Saison", "La saison, et les semaines sans émission."),
    "chroniques": Setting("Chroniques", "Les chroniques et feuilletons qui reviennent : une table [[…]] pour chacun."),
    "elections": Setting(
        "Périodes électorales",
        "Les périodes électorales : le temps de parole des personnes élues ou candidates y est chronométré, et rien "
        "n'y est purgé. Les dates sont celles de l'Arcom.",
    ),
    "hourly_rates": Setting(
        "Valeur d'une heure",
        "Ce que vaut une heure de bénévolat dans le bilan : une table pour chaque taux, à partir de son jour.",
    ),
    "subsidy": Setting(
        "Dossier du FSER", "Le dossier de subvention de chaque année, que « bobine bilan --fser » prépare."
    ),
    "sound": Setting(
        "Son du podcast",
        "Ce que le montage doit atteindre : les niveaux de tous les podcasts, à laisser ainsi sans raison précise.",
    ),
    "recording": Setting("Enregistrement", "L'enregistrement de l'antenne, et les sons joués pendant le direct."),
    "carts": Setting(
        "Sons sous la main",
        "Les sons que chaque émission a sous la main en direct, en plus des PAD de son conducteur : un chiffre les "
        "lance.",
    ),
    "podcast": Setting("Podcast", "Le podcast, tel que les applications le montrent."),
    "template": Setting(
        "Modèle", "Le modèle que chaque nouvelle émission recopie : ses éléments, dans l'ordre de passage."
    ),
}

_STATION = {
    "name": Setting("Nom", "le nom de la radio"),
    "frequency": Setting("Fréquence", "comme « 99.2 FM » ; vide : non dite"),
    "stream": Setting(
        "Direct",
        "l'adresse du son de la radio en direct sur le web : le podcast annonce alors ses directs ; vide : non",
    ),
    "address": Setting("Adresse", "où est le studio : le lieu des rendez-vous de l'équipe ; vide : non dit"),
}

_SLOT = {
    "day": Setting("Jour", "le jour de l'émission"),
    "start": Setting("Début", "l'heure où l'antenne est prise"),
    "end": Setting("Fin", "l'heure où elle est rendue ; avant le début, c'est le lendemain"),
    "timezone": Setting("Fuseau horaire", "le fuseau de ces heures"),
    "tolerance": Setting("Tolérance", "trop longue ou trop courte de plus que cela, une émission n'est pas prête"),
    "arrival": Setting("Arrivée", "l'équipe est attendue tant avant le début ; sans elle, à l'heure du début"),
}

_SEASON = {
    "first_month": Setting("Premier mois", "de 1 à 12 : le mois où la saison s'ouvre"),
    "last_month": Setting("Dernier mois", "de 1 à 12 : le mois où elle se ferme"),
    "first_year": Setting("Première année", "l'année où la saison 1 a commencé"),
    "holidays": Setting("Vacances", "les semaines sans émission, à mettre à jour chaque été"),
}

_HOLIDAY = {
    "name": Setting("Nom", "ce que c'est"),
    "start": Setting("Du", "le premier jour"),
    "end": Setting("Au", "le dernier jour"),
}

_CHRONIQUE = {
    "id": Setting("Nom court", "le nom court que citent les éléments : il ne change plus ensuite"),
    "title": Setting("Titre", "comme on l'annonce"),
    "every_weeks": Setting("Rythme", "1 pour toutes les semaines, 2 pour une sur deux…"),
    "duration": Setting("Durée habituelle", "chaque émission choisit la sienne"),
    "serial": Setting("Feuilleton", "true pour un feuilleton, dont les épisodes sont numérotés"),
    "ended": Setting("Terminée", "true quand c'est fini : plus aucune émission n'en attend"),
    "political": Setting("Parole politique", "true : le temps de parole y est minuté en période électorale"),
    "minors": Setting("Personnes mineures", "true : on y entend des personnes mineures, il faut des autorisations"),
    "feed": Setting("Podcast à elle", "true : elle a aussi un podcast à elle seule, fait de ses éléments"),
    "themes": Setting("Thèmes", "comme les financeurs les nomment : ceux de ses éléments où rien n'est dit"),
    "description": Setting("Description", "de quoi elle parle"),
}

_SOUND = {
    "integrated_lufs": Setting("Volume moyen", "en LUFS : le même d'un podcast à l'autre"),
    "true_peak_dbtp": Setting("Crêtes", "en dBTP : au-dessus, elles craquent sur certains téléphones"),
    "tolerance_lu": Setting("Écart permis", "en LU, entre le volume obtenu et le volume voulu"),
    "spread_lu": Setting("Écart des voix", "en LU, entre la voix la plus forte et la plus faible"),
    "max_gain_db": Setting("Gain le plus fort", "en dB : un élément n'est jamais monté de plus que cela"),
    "leveling_db": Setting(
        "Rattrapage des voix",
        "en dB : dans un élément parlé, une voix faible ou forte est rapprochée des autres, au plus de cela ; "
        "0 : jamais",
    ),
    "remove_hum": Setting(
        "Ronflement retiré",
        "true : le ronflement du secteur (50 ou 60 Hz) est retiré de tous les éléments où il s'entend",
    ),
    "master_on_air": Setting(
        "Monté pendant l'antenne",
        "true : chaque élément est monté dès qu'il a quitté l'antenne, et le podcast est prêt plus tôt ; "
        "false : tout est monté après l'émission",
    ),
    "warn_gain_db": Setting("Gain signalé", "en dB : au-delà, le souffle remonte, et c'est dit"),
    "dead_air": Setting("Blanc", "un blanc plus long que cela est signalé"),
    "formats": Setting("Formats", "mp3, opus ou les deux ; le premier est celui du flux"),
    "mp3_kbps": Setting("Débit du MP3", "en kb/s"),
    "opus_kbps": Setting("Débit de l'Opus", "en kb/s"),
}

_RECORDING = {
    "input": Setting(
        "Entrée son",
        "d'où vient le son. « pulse:default » convient à presque tous les Linux (« bobine antenne prochaine "
        "--controle » en donne la liste) ; sinon « alsa:hw:0 », « jack:bobine », l'adresse du flux de la radio "
        "(https://…), ou « file:chemin » pour un fichier de l'atelier. Vide : rien n'est enregistré",
    ),
    "rate": Setting("Fréquence", "en échantillons par seconde : 44100, 48000 ou 96000"),
    "channels": Setting("Voies", "2 pour la stéréo, 1 pour la mono"),
    "pair": Setting(
        "Paire de voies", "les deux voies d'une console qui en a plus, comme [3, 4] ; vide : les deux premières"
    ),
    "second": Setting(
        "Deuxième copie",
        "un dossier où garder une deuxième copie en même temps, comme celui d'une clé USB ; vide : pas de deuxième "
        "copie",
    ),
    "silence": Setting("Silence", "un silence plus long que cela est signalé pendant le direct"),
    "output": Setting(
        "Sortie son",
        "par où sont joués les sons lancés par les chiffres en direct, comme « pulse:default » ou « alsa:hw:0 » (leur "
        "liste : « pactl list short sinks ») ; vide : aucun",
    ),
    "keep_days": Setting(
        "Jours gardés",
        "la loi demande de garder un mois ce qui est passé à l'antenne : pas de purge avant (31 au moins)",
    ),
}

_CART = {
    "title": Setting("Titre", "ce que c'est"),
    "file": Setting("Fichier", "son chemin depuis ce dossier"),
    "bed": Setting("Tapis", "true pour un tapis : plus doux, il tourne jusqu'à ce qu'on l'arrête"),
    "out_cue": Setting("Derniers mots", "annoncés quand le son finit"),
    "works": Setting("Œuvres", "les œuvres qu'on y entend, pour le relevé musical, comme dans un élément"),
}


def _declared(cls: type) -> dict[str, Setting]:
    """The words of a class whose fields are declared for every file: an item of the template, and its works."""
    return {field.name: Setting(FIELDS[cls][field.name].label, _note(FIELDS[cls][field.name])) for field in fields(cls)}


def _note(field: Field) -> str:
    if field.choices is None:
        return field.note
    return field.note.format(words=", ".join(f"{value} ({word})" for value, word in WORDS[field.choices].items()))


SETTINGS: dict[type, dict[str, Setting]] = {
    Show: _SHOW,
    Station: _STATION,
    Slot: _SLOT,
    SeasonCalendar: _SEASON,
    Holiday: _HOLIDAY,
    Election: ELECTION,
    HourlyRate: HOURLY_RATE,
    Subsidy: SUBSIDY,
    ActionTheme: ACTION_THEME,
    ActionForm: ACTION_FORM,
    Job: JOB,
    Chronique: _CHRONIQUE,
    Sound: _SOUND,
    RecordingSettings: _RECORDING,
    ShowCart: _CART,
    Podcast: PODCAST,
    Platform: PLATFORM,
    License: LICENSE,
    Item: _declared(Item),
    Work: _declared(Work),
    FolderDestination: FOLDER,
    BucketDestination: BUCKET,
    SftpDestination: SFTP,
    WebdavDestination: WEBDAV,
}
"""Every key that ``shows.toml`` may hold, by class, then by field."""

UNWRITTEN: dict[type, frozenset[str]] = {
    Show: frozenset({"slug"}),
    FolderDestination: frozenset({"name"}),
    BucketDestination: frozenset({"name"}),
    SftpDestination: frozenset({"name"}),
    WebdavDestination: frozenset({"name"}),
}
"""The fields that are the name of their table, not a key in it."""


def written_fields(cls: type) -> tuple[str, ...]:
    """Names of a class's fields that are keys of the file, in the file's order.

    Raises:
        TypeError: if it is no dataclass.
    """
    known = SETTINGS[cls]
    names = [field.name for field in fields(cls) if field.name not in UNWRITTEN.get(cls, frozenset())]
    order = list(known)
    return tuple(sorted(names, key=lambda name: order.index(name) if name in known else len(order)))

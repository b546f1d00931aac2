"""The people, subjects and items that the shows of a season made from nothing are drawn from. Pure."""

from __future__ import annotations

from bobine.model.counted.objectives import Objective
from bobine.model.episode import ItemKind, Work, WorkUse
from bobine.model.team import Member, Skill

MINOR = "ines"
THEME = Work(title="La Bobine", composer="Anouar Ketfi", performer="Anouar Ketfi", use=WorkUse.THEME)

TEAM = (
    Member(id="samira", name="Samira Benhaddou", host=Skill.TRAINER, interviewer=Skill.TRAINER),
    Member(id="loic", name="Loïc Chastel", technician=Skill.TRAINER, editor=Skill.AUTONOMOUS),
    Member(id="mireille", name="Mireille Vossier", host=Skill.ASSISTED, welcome=Skill.TRAINER),
    Member(id="anouar", name="Anouar Ketfi", technician=Skill.ASSISTED, editor=Skill.TRAINER),
    Member(id="yannick", name="Yannick Le Bihan", host=Skill.AUTONOMOUS, welcome=Skill.AUTONOMOUS),
    Member(id="fatoumata", name="Fatoumata Diarra", host=Skill.ASSISTED, interviewer=Skill.TRAINER),
    Member(id="paul", name="Paul Arnichand", technician=Skill.AUTONOMOUS, notes="Écrit et joue le feuilleton."),
    Member(id="odile", name="Odile Marchetti", host=Skill.DISCOVERED, welcome=Skill.AUTONOMOUS),
    Member(id="bachir", name="Bachir Amrani", technician=Skill.AUTONOMOUS, editor=Skill.ASSISTED),
    Member(id="celeste", name="Céleste Roybon", host=Skill.TRAINER, interviewer=Skill.AUTONOMOUS),
    Member(id="hugo", name="Hugo Valleray", technician=Skill.DISCOVERED, away=True),
    Member(id="denise", name="Denise Kouassi", interviewer=Skill.ASSISTED, welcome=Skill.TRAINER),
    Member(id="tomas", name="Tomás Figueira", editor=Skill.AUTONOMOUS, notes="Pas le premier jeudi du mois."),
)
HOSTS = ("samira", "yannick", "celeste")
TECHNICIANS = ("loic", "paul", "bachir")

GUESTS = (
    ("claire", "Claire Dumollard"), ("thi-lan", "Thi-Lan Nguyen"), (MINOR, "Inès Belkacem"), ("rene", "René Astier"),
    ("awa", "Awa Traoré"), ("marc", "Marc Peyrache"), ("leila", "Leïla Haddad"), ("jean-luc", "Jean-Luc Orsini"),
)  # fmt: skip
MUSICIANS = (
    ("trio", "Trio du Jacquemart"), ("nadia", "Nadia Sorel"), ("fanfare", "La Fanfare du Pont Vieux"),
    ("elio", "Elio Campanella"),
)  # fmt: skip

SUBJECTS = (
    "le budget participatif sans jargon", "un roman qui sent le cuir", "des bancs pour la place", "le jardin partagé",
    "la piscine en travaux", "apprendre à réparer un vélo", "la cantine des ados", "les oiseaux de la Joyeuse",
    "ce que dit la loi sur les loyers", "une usine devenue atelier", "le marché du dimanche", "la ligne de bus 3",
)  # fmt: skip
TITLES = (
    "Une ville qui coud, une ville qui chante", "Le fil des saisons", "Ce qui nous relie", "À qui la rue ?",
    "Les mains dans la terre", "Tout ce qui roule", "L'école est finie", "Des murs et des oreilles",
    "Un hiver ensemble", "La parole aux ados", "Sous les platanes",
)  # fmt: skip

# kind, its weight in the time there is, its title
BODY = (
    (ItemKind.LIVE_MUSIC, 24, "Live"),
    (ItemKind.CHRONIQUE, 30, ""),
    (ItemKind.STING, 1, "Virgule"),
    (ItemKind.CHRONIQUE, 26, ""),
    (ItemKind.SERIAL, 21, "Feuilleton"),
    (ItemKind.INTERVIEW, 50, "Portrait"),
    (ItemKind.JINGLE, 2, "Jingle"),
    (ItemKind.REPORT, 27, "Paroles d'ados"),
    (ItemKind.CHRONIQUE, 22, ""),
    (ItemKind.MUSIC, 20, "Pause musicale"),
    (ItemKind.GAME, 18, "Jeu"),
    (ItemKind.VOX_POP, 12, "Micro-trottoir"),
    (ItemKind.CHRONIQUE, 18, ""),
)
OBJECTIVES = {
    ItemKind.INTERVIEW: Objective.VOICES,
    ItemKind.REPORT: Objective.VOICES,
    ItemKind.CHRONIQUE: Objective.EDUCATION,
    ItemKind.LIVE_MUSIC: Objective.INITIATIVES,
    ItemKind.GAME: Objective.ACCESSIBLE,
}

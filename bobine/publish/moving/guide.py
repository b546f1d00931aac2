"""The README of an export: what is in the folder, and what to do, step by step. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bobine.french import typeset_print
from bobine.publish.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A move, as its guide tells it.

    Attributes:
        title: the podcast's.
        slug: the show's, the folder of its files.
        guid: the podcast's identity.
        episodes: how many can be heard.
        old_feed: address of the feed until now.
        new_feed: address of the new feed; empty where not known yet.
        is_site: whether the new place is a site that this folder is copied to as it is.
        locked: whether the feed forbids other platforms to import it.
        missing: keys that were not there to be copied.
    """

    title: str
    slug: str
    guid: str
    episodes: int
    old_feed: str
    new_feed: str
    is_site: bool
    locked: bool
    missing: tuple[str, ...] = ()


def guide(move: Move) -> str:
    """The README, in Markdown and French."""
    blocks = [
        f"# {one_line(move.title)} : le déménagement du podcast",
        (
            f"Ce dossier contient tout le podcast : {_episodes(move.episodes)}, tels qu'ils sont en ligne à "
            f"<{move.old_feed}>. Il ne change rien, ni ici ni là-bas : les étapes sont plus bas."
        ),
        *_missing(move),
        "## Ce qu'il y a ici",
        f"- `site/{move.slug}/` : les sons, les images, les chapitres, les transcriptions, le flux et ses pages, les "
        "pages web, les fiches des épisodes (`releases/`) ;\n"
        "- `episodes.csv` : chaque épisode, avec son identité (guid), sa date, son titre et l'adresse de son son ;\n"
        "- `redirections/` : où va chaque ancienne adresse (`adresses.csv`), et de quoi le dire à un serveur nginx, "
        "Apache (`htaccess.txt`, à nommer `.htaccess`) ou Caddy ;\n"
        + (
            "- `ancienne-adresse/feed.xml` : le flux de l'ancienne adresse, qui dit où il est parti ;\n"
            if move.new_feed
            else ""
        )
        + "- `manifeste.json` : la taille et l'empreinte SHA-256 de chaque fichier. S'il est là, l'export est entier "
        "et vérifié ; sinon, relancez `bobine exporter`.",
        "## Les étapes",
        *_steps(move),
        "## Ce qui ne doit pas changer",
        (
            f"- l'identité du podcast (`podcast:guid`) : `{move.guid}` ;\n"
            "- celle de chaque épisode (`guid`, dans `episodes.csv`) : si elle change, les applications proposent "
            "tout une "
            "deuxième fois ;\n"
            "- les dates et les titres."
        ),
    ]
    return typeset_print("\n\n".join(blocks)) + "\n"


def _missing(move: Move) -> list[str]:
    if not move.missing:
        return []
    listed = "\n".join(f"- `{key}`" for key in move.missing)
    return [f"**Il manque** ce qui n'était plus à la destination :\n\n{listed}"]


def _steps(move: Move) -> list[str]:
    new = f"<{move.new_feed}>" if move.new_feed else "la nouvelle adresse du flux"
    steps = []
    if move.is_site:
        steps.append(
            "**Copier le site.** Copiez ce que contient `site/` à la racine du nouveau site, sans rien renommer. Le "
            f"nouveau flux est alors {new} : ouvrez-le, et écoutez le premier et le dernier épisode. Dans "
            "`shows.toml`, décrivez cette destination, et publiez-y désormais."
        )
    else:
        unlock = "Le podcast est verrouillé : mettez d'abord `locked = false` dans `shows.toml`, et publiez. "
        steps.append(
            f"**Importer chez le nouvel hébergeur.** {unlock if move.locked else ''}Donnez-lui l'adresse "
            f"<{move.old_feed}>. Vérifiez qu'il a "
            f"{_episodes(move.episodes)}, avec les mêmes identités (guid) et les mêmes dates. Puis relancez `bobine "
            "exporter` avec `--nouvelle-adresse` et l'adresse de son flux : les redirections sont alors écrites."
        )
    steps += [
        (
            "**Rediriger l'ancien flux.** Mettez le bloc de `redirections/` qui convient sur l'ancien serveur : chaque "
            f"adresse répond alors « 301 » vers la nouvelle, le flux d'abord. Vérifiez : `curl -I {move.old_feed}`."
        ),
        (
            "**Dire le déménagement dans l'ancien flux**, en plus ou si l'ancien serveur ne redirige pas : dans "
            f'`shows.toml`, `new_feed_url = "{move.new_feed or "https://…"}"`, puis publiez encore une fois à '
            f"l'ancienne "
            "destination (`bobine publier derniere --vers …`) ; ou mettez-y `ancienne-adresse/feed.xml`."
        ),
        (
            "**Apple Podcasts.** Dans Podcasts Connect, ouvrez le podcast, « Modifier l'URL du flux », et donnez "
            f"{new}. Sans cela, Apple suit la redirection en quelques jours."
        ),
        (
            "**Spotify, Deezer, Amazon et les autres.** Spotify : Spotify for Creators, Paramètres, « Mettre à jour le "
            "flux RSS ». Ailleurs, dans le compte du podcast, de même. Podcast Index et les applications libres "
            "suivent seules."
        ),
        "**Le site de l'association, les affiches, les QR codes** : changez les liens vers le flux et vers les pages.",
        (
            "**Attendre quatre semaines au moins**, sans rien enlever à l'ancienne adresse : c'est le temps que "
            "demande "
            "Apple, et des applications ne regardent qu'une fois par mois. Gardez les redirections tant que vous "
            "pouvez ; "
            "les anciens sons doivent rester, ou rediriger, tant qu'on les demande."
        ),
        (
            "**Publier l'épisode suivant** à la nouvelle adresse seulement, et regarder s'il arrive dans une "
            "application "
            "qui était abonnée à l'ancienne."
        ),
    ]
    return ["\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))]


def _episodes(count: int) -> str:
    return f"{count} épisode{'s' if count > 1 else ''}"

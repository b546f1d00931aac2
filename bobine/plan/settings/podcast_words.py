"""Each key of the podcast in ``shows.toml`` in French; see ``words``. Pure."""

from __future__ import annotations

from bobine.plan.settings.wording import Setting

PODCAST = {
    "link": Setting("Page", "l'adresse de la page de l'émission"),
    "author": Setting("Par", "qui fait l'émission"),
    "funding": Setting("Dons", "l'adresse d'une page pour donner ou adhérer ; vide : aucune"),
    "funding_text": Setting("Texte des dons", "ce que dit ce lien, en quelques mots"),
    "location": Setting("Lieu", "le lieu dont parle le podcast, comme « Romans-sur-Isère » ; vide : aucun"),
    "location_geo": Setting("Position", "où il est, comme « geo:45.0447,5.0508 » ; vide : non dite"),
    "location_osm": Setting(
        "Lieu d'OpenStreetMap", "son numéro là-bas, comme « R113314 » (R, W ou N d'abord) ; vide : non dit"
    ),
    "location_country": Setting("Pays", "son pays en deux lettres, comme « fr » ; vide : non dit"),
    "owner_name": Setting("Responsable", "qui répond du podcast ; publié dans le flux"),
    "owner_email": Setting("Courriel", "publié aussi, et lu par les plateformes ; vide : aucun"),
    "category": Setting("Catégorie", "un nom de la liste d'Apple, en anglais"),
    "subcategory": Setting("Sous-catégorie", "une de cette catégorie ; vide : aucune"),
    "explicit": Setting("Propos explicites", "true pour l'avertissement des plateformes"),
    "copyright": Setting("Droits", "le nom de l'association, sans © ni année"),
    "license": Setting("Licence", "sous quelles conditions le podcast peut être repris"),
    "chapters": Setting(
        "Chapitres",
        "les genres d'éléments qui ouvrent un chapitre dans les applications, comme interview ou chronique : six "
        "par heure suffisent ; la page de l'émission les garde tous. Un élément qui a chapter = true en ouvre toujours "
        "un. Vide : tous les genres",
    ),
    "podroll": Setting(
        "Podcasts amis", "l'identité (podcast:guid) de chacun des podcasts que celui-ci recommande ; vide : aucun"
    ),
    "discussion": Setting(
        "Discussion", "l'adresse d'un message public, comme sur Mastodon, sous lequel on en parle ; vide : aucune"
    ),
    "txt": Setting("Texte technique", "un code que demande un service pour vérifier à qui est le flux ; vide : aucun"),
    "txt_purpose": Setting("Usage de ce texte", "à quoi il sert, comme « verify » ; vide : non dit"),
    "hub": Setting("Hub", "l'adresse d'un hub WebSub, prévenu quand le flux change ; vide : aucun"),
    "podping": Setting(
        "Podping",
        "l'adresse d'un serveur Podping, comme https://podping.cloud/, prévenu aussi ; le jeton qu'il a donné est dans "
        "la variable d'environnement PODPING_TOKEN ; vide : aucun",
    ),
    "image": Setting("Image", "une image carrée de 1400 à 3000 pixels ; vide : une couverture est dessinée"),
    "image_alt": Setting("Image décrite", "ce qu'on y voit, pour qui ne la voit pas ; vide : le titre est dit"),
    "guid": Setting(
        "Identité", "l'identité du podcast, écrite ici par la première publication : ensuite, n'y touchez plus jamais"
    ),
    "locked": Setting("Verrouillé", "true : personne d'autre ne peut emporter le podcast sur une autre plateforme"),
    "new_feed_url": Setting(
        "Nouvelle adresse du flux",
        "une fois le podcast déménagé : l'adresse de son nouveau flux, que les applications suivent d'ici ; vide : il "
        "n'a pas déménagé",
    ),
    "destination": Setting(
        "Publié vers", "le nom d'une des destinations décrites plus bas ; c'est l'adresse du flux à donner aux gens"
    ),
    "mirrors": Setting(
        "Aussi vers",
        "d'autres de ces destinations, où tout est publié de même, chacune avec son propre flux, comme "
        '["nuage"] ; vide : aucune',
    ),
    "keep_former_days": Setting(
        "Jours en ligne après retrait",
        "combien de jours un fichier remplacé ou retiré reste en ligne, pour les applications qui le demandent "
        "encore ; 0 : supprimé tout de suite",
    ),
    "platforms": Setting(
        "Plateformes", "les plateformes qui gardent une copie du podcast, à prévenir après une correction ou un retrait"
    ),
}

PLATFORM = {
    "name": Setting("Nom", "le nom de la plateforme"),
    "address": Setting("Adresse", "la page du podcast sur cette plateforme"),
    "removal": Setting("Démarche", "comment y demander une mise à jour ou un retrait"),
}

LICENSE = {
    "name": Setting("Licence", "un identifiant comme cc-by-nc-nd-4.0, ou un nom"),
    "url": Setting("Texte", "l'adresse de son texte, pour une licence qui n'a pas d'identifiant"),
}

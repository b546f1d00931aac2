"""Each key of a destination in ``shows.toml`` in French; see ``words``. Pure."""

from __future__ import annotations

from bobine.plan.settings.wording import Setting

FOLDER = {
    "path": Setting("Dossier", "le dossier, depuis celui-ci"),
    "public_url": Setting("Adresse publique", "où on l'écoute ; « bobine servir » donne celle-ci"),
}

BUCKET = {
    "bucket": Setting("Bucket", "le nom du bucket"),
    "public_url": Setting("Adresse publique", "où les gens l'écoutent"),
    "endpoint": Setting("Service", "l'adresse du service S3 ; vide : celui d'AWS"),
    "prefix": Setting("Dossier", "un dossier dans le bucket, fini par / ; vide : aucun"),
    "region": Setting("Région", "la région du service"),
    "profile": Setting("Profil", "le profil AWS qui a les clés ; vide : celles de l'environnement"),
    "checksums": Setting("Sommes de contrôle", "when_required, ou when_supported si le service les accepte"),
    "acl": Setting(
        "Lecture publique", "public-read, si l'hébergeur le veut pour chaque fichier ; vide : le bucket décide"
    ),
    "addressing": Setting("Adressage", "auto essaie ; path : le bucket après le nom du service, virtual : devant"),
    "upload_ahead_kbps": Setting(
        "Envoi pendant l'antenne",
        "kbit/s laissés au podcast pendant l'émission ; 0 : rien ne part avant la fin",
    ),
}

SFTP = {
    "host": Setting("Serveur", "le nom du serveur, chez l'hébergeur"),
    "user": Setting("Utilisateur", "le nom du compte"),
    "public_url": Setting("Adresse publique", "où les gens trouvent ce dossier sur le web"),
    "path": Setting("Dossier", "le dossier là-bas ; / au début : depuis la racine du serveur ; vide : celui du compte"),
    "port": Setting("Port", "22, sauf si l'hébergeur en dit un autre"),
    "fingerprint": Setting(
        "Empreinte du serveur",
        "l'empreinte de sa clé, à comparer à celle que donne l'hébergeur : « bobine verifier » la dit. Vide : la clé "
        "doit être dans known_hosts",
    ),
    "known_hosts": Setting("Serveurs connus", "un fichier comme ceux d'OpenSSH ; vide : ~/.ssh/known_hosts"),
    "key_file": Setting(
        "Fichier de clé", "la clé privée, sur cet ordinateur ; vide : l'agent SSH, et celles de ~/.ssh"
    ),
    "password_variable": Setting(
        "Variable du mot de passe",
        "le nom de la variable d'environnement qui contient le mot de passe, ou celui du fichier de clé ; vide : aucun",
    ),
}

WEBDAV = {
    "address": Setting("Adresse", "l'adresse WebDAV du dossier ; Nextcloud la donne dans les paramètres de Fichiers"),
    "user": Setting("Utilisateur", "le nom du compte"),
    "public_url": Setting("Adresse publique", "où les gens trouvent ce dossier sur le web"),
    "password_variable": Setting(
        "Variable du mot de passe",
        "le nom de la variable d'environnement qui contient le mot de passe (pour Nextcloud, un mot de passe "
        "d'application)",
    ),
}

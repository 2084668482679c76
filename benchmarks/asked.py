"""What is asked of a search while it is measured: always the same forty questions.

Of one to five words, such as people type about public data and digital matters; some
stand in a fifth of what was said, some nearly nowhere.
"""

QUESTIONS = (
    "données",
    "internet",
    "loi",
    "liberté",
    "citoyens",
    "bibliothèque",
    "accessibilité",
    "haut débit",
    "téléphone portable",
    "vie privée",
    "logiciel libre",
    "données personnelles",
    "neutralité du net",
    "domaine public",
    "services publics",
    "égalité des territoires",
    "protection des données",
    "ouverture des données publiques",
    "accès à internet pour tous",
    "enseignement du numérique à l’école",
    "handicap et accessibilité des sites",
    "droit à l’oubli",
    "recherche scientifique",
    "libre accès aux publications",
    "vote électronique",
    "commune rurale sans réseau",
    "fibre optique à la campagne",
    "formation des enseignants",
    "jeux vidéo en ligne",
    "commerce électronique",
    "identité numérique des élèves",
    "surveillance des communications privées",
    "chiffrement des messages",
    "administration sans papier",
    "marchés publics et logiciels",
    "format ouvert et interopérable",
    "plateforme loyale envers les consommateurs",
    "coupure de l’accès à internet",
    "mort numérique et héritage",
    "santé",
)
# What somebody has typed of a word or two when suggestions come.
BEGINNINGS = (
    *("don", "donn", "inter", "libe", "acc", "logi", "neutr", "prot", "pub", "rech"),
    *("numé", "vie pri", "logiciel li", "droit à l", "open", "éga", "for", "san"),
    *("données pub", "accès int"),
)

"""What a public site must say of itself: four pages under each home page.

Their words are honest about the software, and leave between square brackets what only
the body that opens the site can say.
"""

import uuid

from django.db import migrations
from django.db.models import F
from django.utils import timezone

# How the tree writes the place of a page among its sisters.
STEP_LENGTH = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

LEGAL_NOTICE = """
<p>Cette page est exigée par l’article 1-1 de la loi n° 2004-575 du 21 juin 2004 pour la confiance dans l’économie numérique, où la loi n° 2024-449 du 21 mai 2024 a repris ce que disait le III de son article 6. <b>Elle est incomplète : l’organisme qui ouvre ce site doit remplir ce qui est entre crochets.</b></p>
<h2>Qui publie ce site</h2>
<p><b>[À compléter : nom de l’organisme]</b>, <b>[À compléter : adresse du siège]</b>, <b>[À compléter : numéro SIREN]</b>. Téléphone : <b>[À compléter]</b>.</p>
<p>Direction de la publication : <b>[À compléter : nom et qualité]</b>.</p>
<h2>Qui l’héberge</h2>
<p><b>[À compléter : nom, adresse et numéro de téléphone de l’hébergeur]</b>.</p>
<h2>Les contributions</h2>
<p>Une contribution n’engage que la personne ou l’organisme qui la signe. Elle porte un numéro et une adresse qui répondent toujours. Lorsqu’une contribution est masquée par la modération, son numéro, la date et le motif de la décision restent publics.</p>
<p>La loi donne un droit de réponse à toute personne nommée ou désignée sur ce site : la demande s’adresse à la direction de la publication, dans les trois mois.</p>
<h2>Le logiciel</h2>
<p>Ce site fonctionne avec un logiciel libre, sous licence publique générale GNU Affero, version 3 ou suivante. Son code source : <b>[À compléter : adresse]</b>.</p>
"""

PERSONAL_DATA = """
<p>Cette page est exigée par l’article 13 du règlement (UE) 2016/679 sur la protection des données (RGPD) et par la loi n° 78-17 du 6 janvier 1978. <b>Elle est incomplète : l’organisme qui ouvre ce site doit remplir ce qui est entre crochets.</b></p>
<h2>Lire ne laisse pas de trace</h2>
<p>Les pages publiques ne déposent aucun cookie, ne chargent rien d’un tiers et ne mesurent pas l’audience. Seule la connexion à un compte dépose des cookies : ils maintiennent la connexion et protègent les formulaires, et rien d’autre.</p>
<p>Ce que le serveur et l’hébergeur notent des visites, et combien de temps : <b>[À compléter]</b>.</p>
<h2>Qui répond de ces données</h2>
<p>Responsable du traitement : <b>[À compléter : nom et adresse de l’organisme]</b>. Délégué à la protection des données : <b>[À compléter : moyen de le joindre]</b>.</p>
<h2>Ce qui est enregistré</h2>
<ul>
<li>Du compte : un nom public, une adresse électronique qui n’est jamais montrée, une langue et un mot de passe sous une forme qui ne permet pas de le retrouver.</li>
<li>Des contributions : leurs mots, leur auteur, leur date et leur heure.</li>
<li>Des votes et des soutiens : qui a choisi quoi n’est jamais montré, seuls les totaux le sont.</li>
<li>Des organismes : qui peut parler en leur nom. L’organisme signe seul ; qui a tenu la plume n’est pas public.</li>
</ul>
<h2>Pourquoi, et combien de temps</h2>
<p>Ces données servent à tenir les consultations publiées sur ce site. Base légale : <b>[À compléter : par exemple la mission d’intérêt public, article 6, paragraphe 1, point e, du RGPD]</b>. Destinataires : <b>[À compléter]</b>. Durée de conservation des comptes : <b>[À compléter]</b>.</p>
<p><b>Une contribution publiée reste publique</b>, avec le nom public de son auteur, y compris après la fin du débat : d’autres y répondent et la citent. Elle figure au registre public de la consultation. La page qui rassemble les contributions d’une personne demande aux moteurs de recherche de ne pas la garder.</p>
<h2>Vos droits</h2>
<p>Vous pouvez demander l’accès à vos données, leur rectification, leur effacement, la limitation de leur usage, ou vous y opposer : <b>[À compléter : à qui écrire]</b>. Vous pouvez aussi adresser une plainte à la <a href="https://www.cnil.fr/fr/plaintes">Commission nationale de l’informatique et des libertés</a>.</p>
"""

ACCESSIBILITY = """
<p>Cette page est exigée par l’article 47 de la loi n° 2005-102 du 11 février 2005 et par le décret n° 2019-768 du 24 juillet 2019, qui renvoient au référentiel général d’amélioration de l’accessibilité (RGAA). <b>Elle est incomplète : l’organisme qui ouvre ce site doit remplir ce qui est entre crochets.</b></p>
<p><b>[À compléter : nom de l’organisme]</b> s’engage à rendre ce site accessible. Schéma pluriannuel et plan d’action : <b>[À compléter : adresse]</b>.</p>
<h2>État de conformité : non évalué</h2>
<p>Aucun audit n’a encore dit si ce site est conforme au RGAA. Sans résultat d’audit en cours de validité, le RGAA tient un site pour non conforme.</p>
<p><b>[À compléter après l’audit : état de conformité, date, auteur, taux, contenus non accessibles et dérogations. Donner alors à cette page un titre qui dit l’état, comme « Accessibilité : partiellement conforme » : le pied de toutes les pages le reprendra.]</b></p>
<h2>Ce que le logiciel vise</h2>
<p>Le logiciel vise le niveau AA des règles WCAG 2.2. Tout se lit et se parcourt au clavier, sans script, sur petit et sur grand écran, de jour et de nuit. Un contrôle automatique passe sur chaque sorte de page ; il ne voit qu’une partie des défauts et ne remplace pas un audit.</p>
<h2>Signaler une difficulté</h2>
<p>Si quelque chose vous est inaccessible, écrivez à <b>[À compléter : moyen de joindre la personne chargée de l’accessibilité]</b> : vous serez orienté vers une autre façon d’y accéder, ou le contenu vous sera donné sous une autre forme.</p>
<h2>Si vous n’obtenez pas de réponse</h2>
<p>Vous avez signalé un défaut qui vous empêche d’accéder à un contenu ou à un service, et la réponse ne vient pas ou ne convient pas. Vous pouvez :</p>
<ul>
<li>écrire au <a href="https://formulaire.defenseurdesdroits.fr/">Défenseur des droits</a> ;</li>
<li>joindre <a href="https://www.defenseurdesdroits.fr/saisir/delegues">son délégué dans votre région</a> ;</li>
<li>lui adresser une lettre, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.</li>
</ul>
"""

CONTACT = """
<p>Le code des relations entre le public et l’administration (article L. 112-8) permet à chacun de s’adresser à une administration par voie électronique, et le règlement (UE) 2022/2065 sur les services numériques (article 12) demande à un service comme celui-ci un point de contact. <b>Cette page est incomplète : l’organisme qui ouvre ce site doit remplir ce qui est entre crochets.</b></p>
<h2>Écrire à l’organisme</h2>
<p><b>[À compléter : nom de l’organisme et du service]</b>, <b>[À compléter : adresse électronique]</b>, <b>[À compléter : adresse postale]</b>. Téléphone : <b>[À compléter : numéro et heures]</b>.</p>
<h2>À propos d’une contribution</h2>
<p>Donnez son numéro, celui qui commence par #. Si elle vous paraît contraire à la loi ou à la charte, dites en quoi.</p>
<h2>À propos de vos données, ou de l’accessibilité</h2>
<p>Les pages qui leur sont consacrées, au pied de ce site, disent à qui écrire.</p>
"""

LEGAL_NOTICE_EN = """
<p>This page is required by article 1-1 of French act no. 2004-575 of 21 June 2004 on confidence in the digital economy, which took over, by act no. 2024-449 of 21 May 2024, what its article 6, III used to say. <b>It is incomplete: the body that opens this site must fill in what stands between square brackets.</b></p>
<h2>Who publishes this site</h2>
<p><b>[To be completed: name of the body]</b>, <b>[To be completed: address of its seat]</b>, <b>[To be completed: SIREN number]</b>. Telephone: <b>[To be completed]</b>.</p>
<p>Director of publication: <b>[To be completed: name and position]</b>.</p>
<h2>Who hosts it</h2>
<p><b>[To be completed: name, address and telephone number of the host]</b>.</p>
<h2>Contributions</h2>
<p>A contribution commits only the person or institution that signs it. It has a number and an address that always answer. When moderators hide a contribution, its number, the date and the ground of the decision stay public.</p>
<p>The law gives a right of reply to anybody who is named or identified on this site: write to the director of publication within three months.</p>
<h2>The software</h2>
<p>This site runs on free software, under the GNU Affero General Public License, version 3 or later. Its source code: <b>[To be completed: address]</b>.</p>
"""

PERSONAL_DATA_EN = """
<p>This page is required by article 13 of regulation (EU) 2016/679 (the GDPR) and by French act no. 78-17 of 6 January 1978. <b>It is incomplete: the body that opens this site must fill in what stands between square brackets.</b></p>
<h2>Reading leaves no trace</h2>
<p>The public pages set no cookie, load nothing from a third party and measure no audience. Only logging in to an account sets cookies: they keep you logged in and protect the forms, and do nothing else.</p>
<p>What the server and the host note of visits, and for how long: <b>[To be completed]</b>.</p>
<h2>Who answers for these data</h2>
<p>Controller: <b>[To be completed: name and address of the body]</b>. Data protection officer: <b>[To be completed: how to reach them]</b>.</p>
<h2>What is recorded</h2>
<ul>
<li>Of an account: a public name, an e-mail address that is never shown, a language, and a password in a form from which it cannot be recovered.</li>
<li>Of contributions: their words, their author, their date and time.</li>
<li>Of votes and supports: who chose what is never shown, only the totals are.</li>
<li>Of institutions: who may speak in their name. The institution signs alone; who held the pen is not public.</li>
</ul>
<h2>Why, and for how long</h2>
<p>These data serve to hold the consultations published on this site. Legal basis: <b>[To be completed: for instance the performance of a task in the public interest, article 6(1)(e) of the GDPR]</b>. Recipients: <b>[To be completed]</b>. How long accounts are kept: <b>[To be completed]</b>.</p>
<p><b>A published contribution stays public</b>, with the public name of its author, after the end of the debate too: others answer it and cite it. It is part of the public record of the consultation. The page that gathers a person’s contributions asks search engines not to keep it.</p>
<h2>Your rights</h2>
<p>You may ask for access to your data, for their rectification, their erasure or the restriction of their use, or object to it: <b>[To be completed: whom to write to]</b>. You may also lodge a complaint with the <a href="https://www.cnil.fr/fr/plaintes">French data protection authority</a> (CNIL).</p>
"""

ACCESSIBILITY_EN = """
<p>This page is required by article 47 of French act no. 2005-102 of 11 February 2005 and by decree no. 2019-768 of 24 July 2019, which refer to the French accessibility standard (RGAA). <b>It is incomplete: the body that opens this site must fill in what stands between square brackets.</b></p>
<p><b>[To be completed: name of the body]</b> undertakes to make this site accessible. Multi-year scheme and action plan: <b>[To be completed: address]</b>.</p>
<h2>State of compliance: not assessed</h2>
<p>No audit has yet said whether this site complies with the RGAA. Without the results of a valid audit, the RGAA holds a site to be non-compliant.</p>
<p><b>[To be completed after the audit: state of compliance, date, auditor, rate, content that is not accessible, and exemptions. Then give this page a title that says the state, such as “Accessibility: partially compliant”: the foot of every page will repeat it.]</b></p>
<h2>What the software aims at</h2>
<p>The software aims at level AA of WCAG 2.2. Everything can be read and reached with a keyboard, without scripts, on small and large screens, by day and by night. An automatic check runs on every sort of page; it sees only some of the defects and does not replace an audit.</p>
<h2>Reporting a difficulty</h2>
<p>If something is out of your reach, write to <b>[To be completed: how to reach the person in charge of accessibility]</b>: you will be shown another way to it, or given the content in another form.</p>
<h2>If you get no answer</h2>
<p>You have reported a defect that keeps you from some content or service, and no satisfactory answer comes. You can:</p>
<ul>
<li>write to the <a href="https://formulaire.defenseurdesdroits.fr/">Defender of Rights</a>;</li>
<li>reach <a href="https://www.defenseurdesdroits.fr/saisir/delegues">their delegate in your region</a>;</li>
<li>send a letter, without a stamp: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.</li>
</ul>
"""

CONTACT_EN = """
<p>The French code of relations between the public and the administration (article L. 112-8) lets anybody address an administration by electronic means, and regulation (EU) 2022/2065 on digital services (article 12) asks a service like this one for a point of contact. <b>This page is incomplete: the body that opens this site must fill in what stands between square brackets.</b></p>
<h2>Writing to the body</h2>
<p><b>[To be completed: name of the body and department]</b>, <b>[To be completed: e-mail address]</b>, <b>[To be completed: postal address]</b>. Telephone: <b>[To be completed: number and hours]</b>.</p>
<h2>About a contribution</h2>
<p>Give its number, the one that begins with #. If you find it contrary to the law or the charter, say why.</p>
<h2>About your data, or accessibility</h2>
<p>The pages about them, at the foot of this site, say whom to write to.</p>
"""

# In each language, in the order of the footer: address, title, words. What stands at
# the same place in two languages is one page and its translation.
PAGES = {
    "fr": [
        ("mentions-legales", "Mentions légales", LEGAL_NOTICE),
        ("donnees-personnelles", "Données personnelles", PERSONAL_DATA),
        ("accessibilite", "Accessibilité", ACCESSIBILITY),
        ("contact", "Contact", CONTACT),
    ],
    "en": [
        ("legal-notice", "Legal notice", LEGAL_NOTICE_EN),
        ("personal-data", "Personal data", PERSONAL_DATA_EN),
        ("accessibility", "Accessibility", ACCESSIBILITY_EN),
        ("contact", "Contact", CONTACT_EN),
    ],
}


def add_information_pages(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    home_page = apps.get_model("consultation", "HomePage")
    information_page = apps.get_model("consultation", "InformationPage")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        model="informationpage", app_label="consultation"
    )
    now = timezone.now()
    keys = {}
    for home in home_page.objects.select_related("locale").order_by("path"):
        children = page.objects.filter(path__startswith=home.path, depth=home.depth + 1)
        for position, (slug, title, body) in enumerate(
            PAGES.get(home.locale.language_code, [])
        ):
            slug = free_slug(children, slug)
            information_page.objects.create(
                title=title,
                draft_title=title,
                slug=slug,
                body=body.strip(),
                content_type=content_type,
                path=home.path + next_step(children),
                depth=home.depth + 1,
                numchild=0,
                url_path=f"{home.url_path}{slug}/",
                live=True,
                first_published_at=now,
                last_published_at=now,
                locale=home.locale,
                translation_key=keys.setdefault(
                    (home.translation_key, position), uuid.uuid4()
                ),
            )
            page.objects.filter(pk=home.pk).update(numchild=F("numchild") + 1)


def free_slug(children, slug):
    """A consultation may have taken this address."""
    taken = set(children.values_list("slug", flat=True))
    candidates = [slug, *(f"{slug}-{n}" for n in range(1, len(taken) + 2))]
    return next(each for each in candidates if each not in taken)


def next_step(children):
    last = children.order_by("path").last()
    number = int(last.path[-STEP_LENGTH:], len(DIGITS)) + 1 if last else 1
    step = ""
    for _ in range(STEP_LENGTH):
        number, digit = divmod(number, len(DIGITS))
        step = DIGITS[digit] + step
    return step


def remove_information_pages(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    ours = apps.get_model("consultation", "InformationPage").objects.all()
    for path in list(ours.values_list("path", flat=True)):
        above = page.objects.filter(path=path[:-STEP_LENGTH])
        above.update(numchild=F("numchild") - 1)
    ours.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0003_informationpage"),
    ]

    operations = [
        migrations.RunPython(add_information_pages, remove_information_pages)
    ]

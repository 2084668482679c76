"""The charter, the licence and the privacy notice, in their first versions.

Sensible for any site; whoever opens one may add versions of its own in the admin.
"""

from datetime import UTC, datetime

from django.db import migrations

# Midnight in Paris.
IN_FORCE_AT = datetime(2025, 12, 31, 23, tzinfo=UTC)

CHARTER_FR = """
<p>Ce site est un lieu de débat public. Chacun peut y proposer, argumenter, apporter une source, donner son avis. Cette charte dit ce qui est attendu de chacun, ce qui est masqué, et pourquoi.</p>
<h2>Ce qui est attendu</h2>
<ul>
<li>Parler du sujet du débat, et répondre aux idées plutôt qu’aux personnes.</li>
<li>Écrire en son propre nom, sous un nom public que l’on choisit, sans se faire passer pour quelqu’un d’autre. Seules les personnes qu’un organisme a désignées parlent pour lui.</li>
<li>Donner ses sources quand on avance un fait ou un chiffre.</li>
<li>N’avoir qu’un compte, et ne voter qu’une fois.</li>
</ul>
<h2>Ce qui est masqué</h2>
<ul>
<li>Ce qui est hors du sujet du débat.</li>
<li>Les injures et les attaques personnelles.</li>
<li>Les propos haineux ou discriminatoires.</li>
<li>Les données personnelles d’autrui : adresse, téléphone, santé, vie privée.</li>
<li>La publicité, et le même texte répété.</li>
<li>Ce qui est manifestement illicite.</li>
</ul>
<p>Un avis n’est jamais masqué parce qu’il est minoritaire, maladroit ou critique envers ceux qui organisent le débat.</p>
<h2>Comment</h2>
<p>Une personne décide, jamais un programme seul. Le numéro de la contribution, la date et le motif de la décision restent publics ; l’auteur en est informé. Ce qui se rattache à une contribution masquée est masqué avec elle. Chacun peut signaler une contribution, et demander que la décision soit revue.</p>
<h2>Ce qui reste</h2>
<p>Une contribution publiée garde son numéro et son adresse pour toujours. Son auteur peut la retirer jusqu’à la fin du débat : ses mots ne sont plus montrés, sa place reste, et les mots des autres aussi. Après la fin, plus rien ne s’ajoute et rien ne se retire.</p>
"""

CHARTER_EN = """
<p>This site is a place of public debate. Everybody may propose, argue, bring a source and give an opinion. This charter says what is expected of each of us, what is hidden, and why.</p>
<h2>What is expected</h2>
<ul>
<li>Speak of the subject of the debate, and answer ideas rather than people.</li>
<li>Write in your own name, under a public name of your choice, without passing for somebody else. Only the people whom an institution has named speak for it.</li>
<li>Give your sources when you state a fact or a figure.</li>
<li>Have one account, and vote once.</li>
</ul>
<h2>What is hidden</h2>
<ul>
<li>What is off the subject of the debate.</li>
<li>Insults and personal attacks.</li>
<li>Hateful or discriminatory words.</li>
<li>Somebody else’s personal data: address, telephone, health, private life.</li>
<li>Advertising, and the same text repeated.</li>
<li>What is manifestly unlawful.</li>
</ul>
<p>No opinion is ever hidden because few people hold it, because it is clumsy, or because it criticises those who hold the debate.</p>
<h2>How</h2>
<p>A person decides, never a program alone. The number of the contribution, the date and the ground of the decision stay public; the author is told. What hangs on a hidden contribution is hidden with it. Everybody may report a contribution, and ask for a decision to be looked at again.</p>
<h2>What stays</h2>
<p>A published contribution keeps its number and its address for ever. Its author may withdraw it until the end of the debate: its words are no longer shown, its place stays, and so do the words of others. After the end nothing is added and nothing is withdrawn.</p>
"""

LICENCE_FR = """
<p>Ce que vous publiez ici reste à vous. Pour que chacun puisse le lire, le citer et l’étudier librement, vous le placez sous la <a href="https://www.etalab.gouv.fr/licence-ouverte-open-licence/">Licence Ouverte, version 2.0</a>, rédigée par Etalab.</p>
<h2>Ce que vous permettez</h2>
<p>À toute personne, dans le monde entier, gratuitement et sans limite de durée : reproduire vos contributions, les diffuser, les traduire, les adapter et en tirer d’autres données, y compris dans un cadre commercial.</p>
<h2>À quelle condition</h2>
<p>Celle ou celui qui réutilise vos contributions doit dire d’où elles viennent et quand elles ont été mises à jour, sans laisser croire que vous approuvez l’usage qui en est fait.</p>
<h2>Ce que vous assurez</h2>
<ul>
<li>Les mots que vous publiez sont les vôtres, ou vous avez le droit de les publier ; une citation est courte et dit son auteur.</li>
<li>Ils ne contiennent pas de données personnelles d’autrui.</li>
</ul>
<p>Cette permission vaut pour ce qui est public. Elle ne porte ni sur votre adresse électronique, ni sur vos votes, qui ne sont jamais montrés.</p>
<p>Si vous retirez une contribution, ce qui en a été copié auparavant reste sous cette licence.</p>
"""

LICENCE_EN = """
<p>What you publish here stays yours. So that everybody may read, quote and study it freely, you place it under the <a href="https://www.etalab.gouv.fr/licence-ouverte-open-licence/">Licence Ouverte (Open Licence), version 2.0</a>, written by Etalab.</p>
<h2>What you permit</h2>
<p>To anybody, all over the world, free of charge and without limit of time: to reproduce your contributions, spread them, translate them, adapt them and draw other data from them, for business too.</p>
<h2>On what condition</h2>
<p>Whoever reuses your contributions must say where they come from and when they were last brought up to date, without letting anybody believe that you approve of the use that is made of them.</p>
<h2>What you answer for</h2>
<ul>
<li>The words that you publish are yours, or you have the right to publish them; a quotation is short and names its author.</li>
<li>They hold no personal data of others.</li>
</ul>
<p>This permission covers what is public. It covers neither your e-mail address nor your votes, which are never shown.</p>
<p>If you withdraw a contribution, what was copied from it before stays under this licence.</p>
"""

PRIVACY_FR = """
<p>Cette notice dit ce que le site garde d’un compte, ce qu’il en montre et pourquoi. Qui répond de ces données et comment exercer vos droits : la page « Données personnelles », au bas de chaque page.</p>
<h2>Ce qui est montré à tous</h2>
<ul>
<li>Votre nom public, à côté de chacune de vos contributions.</li>
<li>Vos contributions, avec leur date et leur heure. Quand vous parlez au nom d’un organisme, lui seul est nommé.</li>
<li>Une page qui rassemble vos contributions, que les moteurs de recherche sont priés de ne pas garder.</li>
</ul>
<h2>Ce qui n’est jamais montré</h2>
<ul>
<li>Votre adresse électronique. Elle sert à vous connecter, à vous envoyer les codes, les reçus et les avis qui concernent votre compte, et à rien d’autre.</li>
<li>Votre mot de passe, gardé sous une forme qui ne permet pas de le retrouver.</li>
<li>Ce que vous avez voté et soutenu : seuls les totaux sont publics.</li>
<li>Vos brouillons.</li>
</ul>
<h2>Ce qui est gardé pour votre sécurité</h2>
<ul>
<li>Pour chaque connexion : sa date, l’adresse du réseau et le nom du navigateur. Vous les voyez dans « Mon compte », et pouvez y mettre fin.</li>
<li>Quels textes vous avez acceptés, dans quelle version, et quand.</li>
<li>Des compteurs de tentatives, qui s’effacent d’eux-mêmes en un jour au plus.</li>
</ul>
<h2>Cookies</h2>
<p>Lire ne dépose aucun cookie. Se connecter en dépose deux, qui maintiennent la connexion et protègent les formulaires. Rien n’est mesuré, rien n’est demandé à un tiers.</p>
<h2>Combien de temps</h2>
<p>Ce qui a été publié reste public, avec votre nom public : d’autres y répondent et le citent. Le reste est gardé tant que le compte existe.</p>
"""

PRIVACY_EN = """
<p>This notice says what the site keeps of an account, what it shows of it, and why. Who answers for these data, and how to use your rights: the page “Personal data”, at the foot of each page.</p>
<h2>What everybody sees</h2>
<ul>
<li>Your public name, beside each of your contributions.</li>
<li>Your contributions, with their day and hour. When you speak for an institution, it alone is named.</li>
<li>A page that gathers your contributions, which search engines are asked not to keep.</li>
</ul>
<h2>What is never shown</h2>
<ul>
<li>Your e-mail address. It serves to log you in, to send you codes, receipts and notices about your account, and nothing else.</li>
<li>Your password, kept in a form from which it cannot be found.</li>
<li>How you voted and what you support: the totals alone are public.</li>
<li>Your drafts.</li>
</ul>
<h2>What is kept for your safety</h2>
<ul>
<li>Of each session: its day, the address of the network and the name of the browser. You see them in “My account”, and can end each of them.</li>
<li>Which texts you accepted, in which version, and when.</li>
<li>Counters of attempts, which vanish by themselves within a day.</li>
</ul>
<h2>Cookies</h2>
<p>Reading leaves no cookie. Logging in leaves two, which keep you logged in and protect the forms. Nothing is measured, nothing is asked of a third party.</p>
<h2>For how long</h2>
<p>What was published stays public, with your public name: others answer and quote it. The rest is kept as long as the account exists.</p>
"""

TEXTS = {
    "charter": (CHARTER_FR, CHARTER_EN),
    "licence": (LICENCE_FR, LICENCE_EN),
    "privacy": (PRIVACY_FR, PRIVACY_EN),
}


def add(apps, schema_editor):
    terms = apps.get_model("accounts", "Terms")
    for kind, (text_fr, text_en) in TEXTS.items():
        terms.objects.create(
            kind=kind,
            version=1,
            in_force_at=IN_FORCE_AT,
            text_fr=text_fr.strip(),
            text_en=text_en.strip(),
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_vouch_for_those_who_log_in")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

"""Excipients in every language: listed without their statements, each is told; with them, none is."""

from __future__ import annotations

import re

import pytest

from tests.compose import NAME, Piece, compose, text_of
from tests.leaflets import judged
from validator import catalogue
from validator.lexicon import lexicon
from validator.plan import plan
from validator.report import Document
from validator.statements import paste

PACKS = [*(("eu", language) for language in catalogue.languages("eu")), ("tr", "tr")]
ROUTES = ("oral", "injection", "inhalation", "cutaneous", "ocular", "rectal", "nasal")


def asked(market: str, language: str, route: str) -> dict[str, str]:
    """The excipients that have a rule for a route, with the text to paste."""
    pack = catalogue.language_pack(market, language)
    found = {}
    for entry in plan(market, language).entries:
        key = entry.task.params.get("excipient", "")
        if entry.requirement.kind == "excipient" and key in pack.excipients:
            routes = entry.applies.get("route", route)
            if route in routes.split("|"):
                found[key] = paste(pack.excipients[key].text, NAME, oral=route == "oral")
    return found


def report(market: str, language: str, route: str, *, stated: bool) -> Document:
    """The report on a leaflet that lists every excipient of a route, with or without the statements."""
    pack = catalogue.language_pack(market, language)
    texts = asked(market, language, route)
    pieces = compose(market, language)
    at = next(n for n, piece in enumerate(pieces) if piece.rule == "statement/excipients")
    names = ", ".join(pack.excipients[key].names[0] for key in texts)
    pieces[at] = Piece(f"{pieces[at].text} {names}.", pieces[at].rule, pieces[at].section)
    if stated:
        end = max(n for n, piece in enumerate(pieces) if piece.section == "before-use")
        pieces.insert(end + 1, Piece("\n\n".join(texts.values()), section="before-use"))
    return judged(
        text_of(pieces), market=market, language=language, product={"route": route, "form": "solution"}
    )


def verdicts(document: Document, keys: dict[str, str]) -> dict[str, str]:
    found = {judgement.rule: judgement.verdict for judgement in document.requirements}
    return {key: found[f"excipient/{key}"] for key in keys}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("market", "language"), PACKS)
def test_listed_without_its_statement_each_is_told(market: str, language: str, route: str) -> None:
    keys = asked(market, language, route)
    found = verdicts(report(market, language, route, stated=False), keys)
    assert {key: verdict for key, verdict in found.items() if verdict not in ("gap", "review")} == {}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("market", "language"), PACKS)
def test_with_its_statement_none_is_missing(market: str, language: str, route: str) -> None:
    document = report(market, language, route, stated=True)
    missing = [
        f.rule for f in document.findings if f.rule.startswith("excipient/") and f.problem == "missing"
    ]
    assert missing == []
    assert set(verdicts(document, asked(market, language, route)).values()) <= {"met", "gap", "review"}


@pytest.mark.parametrize("language", catalogue.languages("eu"))
def test_a_statement_s_common_words_elsewhere_are_not_the_statement(language: str) -> None:
    """The heading “X contains ...” is kept, and allergic reactions are spoken of, but not of the dye's."""
    pack = catalogue.language_pack("eu", language)
    dye = pack.excipients["azo-dyes"]
    heading = _filled(pack.subheadings["contains"].text, f"{dye.names[0]} (E110)")
    words = " ".join(lexicon("eu", language).phrases(dye.statement[-1])[0].plain.split())
    pieces = compose("eu", language)
    at = next(n for n, piece in enumerate(pieces) if piece.section == "before-use")
    pieces.insert(at + 1, Piece(f"{words.capitalize()}.", section="before-use"))
    at = next(n for n, piece in enumerate(pieces) if piece.rule == "statement/excipients")
    pieces[at] = Piece(f"{pieces[at].text} {dye.names[0]} (E110).", pieces[at].rule, "contents")
    at = next(n for n, piece in enumerate(pieces) if piece.rule == "statement/driving")
    pieces.insert(at, Piece(heading, section="before-use"))
    rule = "excipient/azo-dyes"
    found = judged(text_of(pieces), market="eu", language=language, select=(rule,), product={"route": "oral"})
    assert [(f.rule, f.problem, f.severity) for f in found.findings] == [(rule, "missing", "advice")]


def _filled(heading: str, dye: str) -> str:
    """A heading with the name and the excipient in its slots, as people paste it."""
    named = paste(heading, NAME, oral=True)
    return re.sub(r"\{[^{}]*\}", dye, named)


@pytest.mark.parametrize(
    ("said", "listed", "told"),
    [
        ("Velorin laktoz içerir.", "laktoz monohidrat, talk", []),
        ("Velorin laktoz içerir.", "mısır nişastası, talk", ["laktoz içerir"]),
        ("Her tablet 50 mg sükroz ve 5 mg sorbitol (E420) ihtiva eder.", "talk", ["sükroz", "sorbitol"]),
        ("Her tablet 50 mg sükroz ve 5 mg sorbitol içermektedir.", "sükroz", ["sorbitol içermektedir"]),
        ("Laktoz içeren gıdalardan kaçınınız.", "talk", []),
        ("Bu ilaç 23 mg’dan az sodyum ihtiva eder.", "talk", []),
    ],
)
def test_what_turkish_says_before_its_verb_is_named_in_the_list(
    said: str, listed: str, told: list[str]
) -> None:
    pieces = compose("tr", "tr")
    at = next(n for n, piece in enumerate(pieces) if piece.rule == "statement/excipients")
    pieces[at] = Piece(f"Yardımcı maddeler: {listed}.", pieces[at].rule, pieces[at].section)
    end = max(n for n, piece in enumerate(pieces) if piece.section == "before-use")
    text = text_of([*pieces[: end + 1], Piece(said, section="before-use"), *pieces[end + 1 :]])
    found = judged(text, market="tr", language="tr", select=("excipient/unlisted",)).findings
    assert [(each.evidence, each.severity) for each in found] == [(words, "warning") for words in told]


# What leaflets say of lactose and of sodium, by language.
SAID = {
    "bg": (
        "Ако Вашият лекар Ви е казал, че имате непоносимост към някои захари, свържете се с "
        "него, преди да приемете това лекарство.",
        "Това лекарство съдържа по-малко от 1 mmol натрий (23 mg) на таблетка, т.е. може да "
        "се каже, че практически не съдържа натрий.",
    ),
    "cs": (
        "Pokud Vám lékař sdělil, že nesnášíte některé cukry, poraďte se se svým lékařem, než "
        "začnete tento léčivý přípravek užívat.",
        "Tento léčivý přípravek obsahuje méně než 1 mmol (23 mg) sodíku v jedné tabletě, to "
        "znamená, že je v podstatě „bez sodíku“.",
    ),
    "da": (
        "Kontakt lægen, før du tager dette lægemiddel, hvis lægen har fortalt dig, at du ikke "
        "tåler visse sukkerarter.",
        "Dette lægemiddel indeholder mindre end 1 mmol (23 mg) natrium pr. tablet, dvs. det "
        "er i det væsentlige natriumfrit.",
    ),
    "de": (
        "Bitte nehmen Sie dieses Arzneimittel erst nach Rücksprache mit Ihrem Arzt ein, wenn "
        "Ihnen bekannt ist, dass Sie unter einer Zuckerunverträglichkeit leiden.",
        "Dieses Arzneimittel enthält weniger als 1 mmol (23 mg) Natrium pro Tablette, d.h. es "
        "ist nahezu „natriumfrei“.",
    ),
    "el": (
        "Αν ο γιατρός σας σάς έχει ενημερώσει ότι έχετε δυσανεξία σε ορισμένα σάκχαρα, "
        "επικοινωνήστε με τον γιατρό σας πριν πάρετε αυτό το φάρμακο.",
        "Αυτό το φάρμακο περιέχει λιγότερο από 1 mmol νατρίου (23 mg) ανά δισκίο, είναι αυτό "
        "που ονομάζουμε «ελεύθερο νατρίου».",
    ),
    "es": (
        "Si su médico le ha indicado que padece una intolerancia a ciertos azúcares, consulte "
        "con él antes de tomar este medicamento.",
        "Este medicamento contiene menos de 1 mmol de sodio (23 mg) por comprimido; esto es, "
        "esencialmente “exento de sodio”.",
    ),
    "et": (
        "Kui arst on teile öelnud, et te ei talu teatud suhkruid, peate te enne ravimi "
        "kasutamist konsulteerima arstiga.",
        "Ravim sisaldab vähem kui 1 mmol (23 mg) naatriumi tabletis, see tähendab "
        "põhimõtteliselt „naatriumivaba“.",
    ),
    "fi": (
        "Jos lääkärisi on kertonut, että sinulla on jokin sokeri-intoleranssi, keskustele "
        "lääkärisi kanssa ennen tämän lääkevalmisteen ottamista.",
        "Tämä lääkevalmiste sisältää alle 1 mmol natriumia (23 mg) per tabletti eli sen "
        "voidaan sanoa olevan ”natriumiton”.",
    ),
    "fr": (
        "Si votre médecin vous a informé(e) d’une intolérance à certains sucres, contactez-le "
        "avant de prendre ce médicament.",
        "Ce médicament contient moins de 1 mmol (23 mg) de sodium par comprimé, c.-à-d. qu’il "
        "est essentiellement « sans sodium ».",
    ),
    "hr": (
        "Ako Vam je liječnik rekao da ne podnosite neke šećere, obratite se liječniku prije "
        "uzimanja ovog lijeka.",
        "Ovaj lijek sadrži manje od 1 mmol (23 mg) natrija po tableti, tj. zanemarive količine natrija.",
    ),
    "hu": (
        "Amennyiben kezelőorvosa korábban már figyelmeztette Önt, hogy bizonyos cukrokra "
        "érzékeny, keresse fel orvosát, mielőtt elkezdi szedni ezt a gyógyszert.",
        "A készítmény kevesebb mint 1 mmol (23 mg) nátriumot tartalmaz tablettánként, azaz "
        "gyakorlatilag „nátriummentes”.",
    ),
    "is": (
        "Ef óþol fyrir sykrum hefur verið staðfest skal hafa samband við lækni áður en lyfið er tekið inn.",
        "Lyfið inniheldur minna en 1 mmól (23 mg) af natríum í hverri töflu, þ.e.a.s. er sem "
        "næst natríumlaust.",
    ),
    "it": (
        "Se il medico le ha diagnosticato una intolleranza ad alcuni zuccheri, lo contatti "
        "prima di prendere questo medicinale.",
        "Questo medicinale contiene meno di 1 mmol (23 mg) di sodio per compressa, cioè "
        "essenzialmente “senza sodio”.",
    ),
    "lt": (
        "Jeigu gydytojas Jums yra sakęs, kad netoleruojate kokių nors angliavandenių, "
        "kreipkitės į jį prieš pradėdami vartoti šį vaistą.",
        "Šio vaisto tabletėje yra mažiau kaip 1 mmol (23 mg) natrio, t. y. jis beveik neturi reikšmės.",
    ),
    "lv": (
        "Ja ārsts ir teicis, ka Jums ir kāda cukura nepanesība, pirms lietojat šīs zāles, "
        "konsultējieties ar ārstu.",
        "Šīs zāles satur mazāk par 1 mmol nātrija (23 mg) katrā tabletē, – būtībā tās ir "
        "“nātriju nesaturošas”.",
    ),
    "mt": (
        "Jekk it-tabib tiegħek qallek li għandek intolleranza għal ċerti tipi ta’ zokkor, "
        "ikkuntattja lit-tabib tiegħek qabel tieħu din il-mediċina.",
        "Din il-mediċina fiha anqas minn 1 mmol sodium (23 mg) f’kull pillola, jiġifieri "
        "essenzjalment ‘ħielsa mis-sodium’.",
    ),
    "nl": (
        "Als uw arts u heeft verteld dat u bepaalde suikers niet verdraagt, neem dan contact "
        "op met uw arts voordat u dit geneesmiddel inneemt.",
        "Dit middel bevat minder dan 1 mmol natrium (23 mg) per tablet, dat wil zeggen dat "
        "het in wezen ‘natriumvrij’ is.",
    ),
    "no": (
        "Dersom legen din har fortalt deg at du har en intoleranse overfor noen sukkertyper, "
        "bør du kontakte legen din før du tar dette legemidlet.",
        "Dette legemidlet inneholder mindre enn 1 mmol natrium (23 mg) i hver tablett, og er "
        "så godt som «natriumfritt».",
    ),
    "pl": (
        "Jeżeli stwierdzono wcześniej u pacjenta nietolerancję niektórych cukrów, pacjent "
        "powinien skontaktować się z lekarzem przed przyjęciem leku.",
        "Lek zawiera mniej niż 1 mmol (23 mg) sodu na tabletkę, to znaczy lek uznaje się za „wolny od sodu”.",
    ),
    "pt": (
        "Se foi informado pelo seu médico que tem intolerância a alguns açúcares, contacte-o "
        "antes de tomar este medicamento.",
        "Este medicamento contém menos do que 1 mmol (23 mg) de sódio por comprimido, ou "
        "seja, é praticamente “isento de sódio”.",
    ),
    "ro": (
        "Dacă medicul dumneavoastră v-a atenționat că aveți intoleranță la unele categorii de "
        "glucide, adresați-vă acestuia înainte de a lua acest medicament.",
        "Acest medicament conține sodiu mai puțin de 1 mmol (23 mg) per comprimat, adică "
        "practic „nu conține sodiu”.",
    ),
    "sk": (
        "Ak vám váš lekár povedal, že neznášate niektoré cukry, kontaktujte svojho lekára "
        "pred užitím tohto lieku.",
        "Tento liek obsahuje menej ako 1 mmol sodíka (23 mg) v jednej tablete, t. j. v "
        "podstate zanedbateľné množstvo sodíka.",
    ),
    "sl": (
        "Če vam je zdravnik povedal, da ne prenašate nekaterih sladkorjev, se pred uporabo "
        "tega zdravila posvetujte s svojim zdravnikom.",
        "To zdravilo vsebuje manj kot 1 mmol (23 mg) natrija na tableto, kar v bistvu pomeni ‘brez natrija’.",
    ),
    "sv": (
        "Om du inte tål vissa sockerarter, bör du kontakta din läkare innan du tar detta läkemedel.",
        "Detta läkemedel innehåller mindre än 1 mmol (23 mg) natrium per tablett, d.v.s. är "
        "näst intill ”natriumfritt”.",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_the_usual_words_on_lactose_and_sodium_are_known(language: str) -> None:
    pack = catalogue.language_pack("eu", language)
    pieces = compose("eu", language)
    at = next(n for n, piece in enumerate(pieces) if piece.rule == "statement/excipients")
    names = ", ".join(pack.excipients[key].names[0] for key in ("lactose", "sodium"))
    pieces[at] = Piece(f"{pieces[at].text} {names}.", pieces[at].rule, pieces[at].section)
    end = max(n for n, piece in enumerate(pieces) if piece.section == "before-use")
    said = [Piece(text, section="before-use") for text in SAID[language]]
    text = text_of([*pieces[: end + 1], *said, *pieces[end + 1 :]])
    rules = ("excipient/lactose", "excipient/sodium", "excipient/sodium-level")
    document = judged(text, market="eu", language=language, product={"route": "oral"}, select=rules)
    verdicts = {each.rule: each.verdict for each in document.requirements}
    assert [verdicts[rule] for rule in rules[:2]] == ["met", "met"]
    assert not document.findings

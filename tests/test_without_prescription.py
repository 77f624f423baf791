"""Medicines without prescription: the template's own words for them are accepted in every language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.compose import Piece, compose, text_of
from tests.leaflets import judged
from validator.plan import plan

ASKED = "statement/further-questions"
TAKEN = "statement/take-as-told"
PRESCRIBED = "statement/prescribed-for-you"

# By language what replaces the statements on questions and on taking the medicine.
WORDS = {
    "bg": (
        "Ако се нуждаете от допълнителна информация или съвет, попитайте Вашия фармацевт.",
        "Винаги приемайте това лекарство точно както е описано в тази листовка или както Ви е казал "
        "Вашият лекар или фармацевт. Ако не сте сигурни в нещо, попитайте Вашия лекар или "
        "фармацевт.",
    ),
    "cs": (
        "Požádejte svého lékárníka, pokud potřebujete další informace nebo radu.",
        "Vždy užívejte tento přípravek přesně v souladu s touto příbalovou informací nebo podle "
        "pokynů svého lékaře nebo lékárníka. Pokud si nejste jistý(á), poraďte se se svým lékařem "
        "nebo lékárníkem.",
    ),
    "da": (
        "Spørg apotekspersonalet, hvis der er mere, du vil vide.",
        "Tag altid lægemidlet nøjagtigt som beskrevet i denne indlægsseddel eller efter de "
        "anvisninger, lægen eller apotekspersonalet har givet dig. Er du i tvivl, så spørg lægen "
        "eller apotekspersonalet.",
    ),
    "de": (
        "Fragen Sie Ihren Apotheker, wenn Sie weitere Informationen oder einen Rat benötigen.",
        "Nehmen Sie dieses Arzneimittel immer genau wie in dieser Packungsbeilage beschrieben bzw. "
        "genau nach der mit Ihrem Arzt oder Apotheker getroffenen Absprache ein. Fragen Sie bei "
        "Ihrem Arzt oder Apotheker nach, wenn Sie sich nicht sicher sind.",
    ),
    "el": (
        "Απευθυνθείτε στον φαρμακοποιό σας, εάν χρειαστείτε περισσότερες πληροφορίες ή κάποια συμβουλή.",
        "Πάντοτε να παίρνετε το φάρμακο αυτό αυστηρά όπως περιγράφεται στο παρόν φύλλο οδηγιών ή "
        "σύμφωνα με τις οδηγίες του γιατρού ή του φαρμακοποιού σας. Εάν έχετε αμφιβολίες, ρωτήστε "
        "τον γιατρό ή τον φαρμακοποιό σας.",
    ),
    "en": (
        "Ask your pharmacist if you need more information or advice.",
        "Always take this medicine exactly as described in this leaflet or as your doctor or "
        "pharmacist have told you. Check with your doctor or pharmacist if you are not sure.",
    ),
    "es": (
        "Si necesita consejo o más información, consulte a su farmacéutico.",
        "Siga exactamente las instrucciones de administración del medicamento contenidas en este "
        "prospecto o las indicadas por su médico o farmacéutico. En caso de duda, consulte de nuevo "
        "a su médico o farmacéutico.",
    ),
    "et": (
        "Lisateabe saamiseks pidage nõu oma apteekriga.",
        "Võtke seda ravimit alati täpselt nii, nagu on kirjeldatud selles infolehes või nagu arst "
        "või apteeker on teile selgitanud. Kui te ei ole milleski kindel, pidage nõu oma arsti või "
        "apteekriga.",
    ),
    "fi": (
        "Kysy tarvittaessa apteekista lisätietoja ja neuvoja.",
        "Ota tätä lääkettä juuri siten kuin tässä pakkausselosteessa kuvataan tai kuin lääkäri on "
        "määrännyt tai apteekkihenkilökunta on neuvonut. Tarkista ohjeet lääkäriltä tai apteekista, "
        "jos olet epävarma.",
    ),
    "fr": (
        "Adressez-vous à votre pharmacien pour tout conseil ou information.",
        "Veillez à toujours prendre ce médicament en suivant exactement les instructions de cette "
        "notice ou les indications de votre médecin ou pharmacien. Vérifiez auprès de votre médecin "
        "ou pharmacien en cas de doute.",
    ),
    "hr": (
        "Obratite se ljekarniku ako trebate dodatne informacije ili savjet.",
        "Uvijek uzmite ovaj lijek točno onako kako je opisano u ovoj uputi ili kako su Vam rekli "
        "Vaš liječnik ili ljekarnik. Provjerite s liječnikom ili ljekarnikom ako niste sigurni.",
    ),
    "hu": (
        "További információkért vagy tanácsért forduljon gyógyszerészéhez.",
        "Ezt a gyógyszert mindig pontosan a betegtájékoztatóban leírtaknak, vagy az Ön kezelőorvosa "
        "vagy gyógyszerésze által elmondottaknak megfelelően szedje. Amennyiben nem biztos az "
        "adagolást illetően, kérdezze meg kezelőorvosát vagy gyógyszerészét.",
    ),
    "is": (
        "Leitið til apóteks ef þörf er á frekari upplýsingum eða ráðgjöf.",
        "Notið lyfið alltaf eins og lýst er í þessum fylgiseðli eða eins og læknirinn eða "
        "lyfjafræðingur hefur mælt fyrir um. Ef ekki er ljóst hvernig nota á lyfið skal leita "
        "upplýsinga hjá lækninum eða lyfjafræðingi.",
    ),
    "it": (
        "Se desidera maggiori informazioni o consigli, si rivolga al farmacista.",
        "Prenda questo medicinale seguendo sempre esattamente quanto riportato in questo foglio o "
        "le istruzioni del medico o del farmacista. Se ha dubbi consulti il medico o il farmacista.",
    ),
    "lt": (
        "Jeigu norite sužinoti daugiau arba pasitarti, kreipkitės į vaistininką.",
        "Visada vartokite šį vaistą tiksliai kaip aprašyta šiame lapelyje arba kaip nurodė "
        "gydytojas arba vaistininkas. Jeigu abejojate, kreipkitės į gydytoją arba vaistininką.",
    ),
    "lv": (
        "Ja Jums nepieciešama papildus informācija vai padoms, vaicājiet farmaceitam.",
        "Vienmēr lietojiet šīs zāles tieši tā, kā aprakstīts šajā instrukcijā vai kā ārsts vai "
        "farmaceits Jums teicis. Neskaidrību gadījumā vaicājiet ārstam vai farmaceitam.",
    ),
    "mt": (
        "Staqsi lill-ispiżjar tiegħek jekk għandek bżonn aktar informazzjoni jew parir.",
        "Dejjem għandek tieħu din il-mediċina eżatt kif deskritt f’dan il-fuljett jew kif qallek "
        "it-tabib jew l-ispiżjar tiegħek. Iċċekkja mat-tabib jew mal-ispiżjar tiegħek jekk ikollok "
        "xi dubju.",
    ),
    "nl": (
        "Heeft u nog vragen? Neem dan contact op met uw apotheker.",
        "Neem dit geneesmiddel altijd in zoals beschreven in deze bijsluiter of zoals uw arts of "
        "apotheker u dat heeft verteld. Twijfelt u over het juiste gebruik? Neem dan contact op met "
        "uw arts of apotheker.",
    ),
    "no": (
        "Spør apoteket dersom du trenger mer informasjon eller råd.",
        "Bruk alltid dette legemidlet nøyaktig som beskrevet i dette pakningsvedlegget eller som "
        "legen din eller apoteket har fortalt deg. Kontakt lege eller apotek hvis du er usikker.",
    ),
    "pl": (
        "Jeśli potrzebna jest rada lub dodatkowa informacja, należy zwrócić się do farmaceuty.",
        "Ten lek należy zawsze przyjmować dokładnie tak, jak to opisano w ulotce dla pacjenta lub "
        "według zaleceń lekarza lub farmaceuty. W razie wątpliwości należy zwrócić się do lekarza "
        "lub farmaceuty.",
    ),
    "pt": (
        "Caso precise de esclarecimentos ou conselhos, consulte o seu farmacêutico.",
        "Tome este medicamento exatamente como está descrito neste folheto, ou de acordo com as "
        "indicações do seu médico ou farmacêutico. Fale com o seu médico ou farmacêutico se tiver "
        "dúvidas.",
    ),
    "ro": (
        "Întrebați farmacistul dacă aveți nevoie de mai multe informații sau recomandări.",
        "Luați întotdeauna acest medicament exact așa cum este descris în acest prospect sau așa "
        "cum v-a spus medicul dumneavoastră sau farmacistul. Discutați cu medicul dumneavoastră sau "
        "cu farmacistul dacă nu sunteți sigur.",
    ),
    "sk": (
        "Ak potrebujete ďalšie informácie alebo radu, obráťte sa na svojho lekárnika.",
        "Vždy užívajte tento liek presne tak, ako je to uvedené v tejto písomnej informácii alebo "
        "ako vám povedal váš lekár alebo lekárnik. Ak si nie ste niečím istý, overte si to u svojho "
        "lekára alebo lekárnika.",
    ),
    "sl": (
        "Posvetujte se s farmacevtom, če potrebujete dodatne informacije ali nasvet.",
        "Pri jemanju tega zdravila natančno upoštevajte napotke v tem navodilu ali navodila "
        "zdravnika ali farmacevta. Če ste negotovi, se posvetujte z zdravnikom ali farmacevtom.",
    ),
    "sv": (
        "Vänd dig till apotekspersonalen om du behöver mer information eller råd.",
        "Ta alltid detta läkemedel exakt enligt beskrivning i denna bipacksedel eller enligt "
        "anvisningar från din läkare eller apotekspersonal. Rådfråga läkare eller apotekspersonal "
        "om du är osäker.",
    ),
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("kept", [(), (ASKED,), (TAKEN,)], ids=["both", "taken", "asked"])
def test_either_statement_tells_that_no_prescription_is_needed(language: str, kept: tuple[str, ...]) -> None:
    words = dict(zip((ASKED, TAKEN), WORDS[language], strict=True))
    pieces = [
        replace(each, text=words[each.rule]) if each.rule in words and each.rule not in kept else each
        for each in compose("eu", language)
        if each.rule != PRESCRIBED
    ]
    document = judged(text_of(pieces), market="eu", language=language)
    verdicts = {each.rule: each.verdict for each in document.requirements}
    assert {rule: verdicts[rule] for rule in (ASKED, TAKEN, PRESCRIBED)} == {
        ASKED: "met",
        TAKEN: "met",
        PRESCRIBED: "not-applicable",
    }


def self_care(language: str, *sentences: str) -> str:
    """A leaflet of a medicine without prescription; the sentences stand in the opening and in section 1."""
    pieces = [each for each in compose("eu", language) if each.rule != PRESCRIBED]
    told = dict(zip((ASKED, TAKEN), WORDS[language], strict=True))
    pieces = [replace(each, text=told.get(each.rule, each.text)) for each in pieces]
    for section, sentence in zip(("front", "what-it-is"), sentences, strict=False):
        last = max(number for number, each in enumerate(pieces) if each.section == section)
        pieces.insert(last if section == "front" else last + 1, Piece(sentence, section=section))
    return text_of(pieces)


def after(language: str, days: int) -> str:
    """The template's sentence with this number of days in it."""
    text = plan("eu", language).lexicon.pack.statements["no-improvement"].text
    return re.sub(r"<([^<>]*)\{[^{}]*\}([^<>]*)>", rf"\g<1>{days}\g<2>", text)


@pytest.mark.parametrize("language", WORDS)
def test_no_improvement_is_told_twice_with_the_same_number_of_days(language: str) -> None:
    rules = ("statement/no-improvement", "statement/no-improvement-uses", "consistency/no-improvement")
    found = {}
    for name, days in {"same": (3, 3), "other": (3, 7), "once": (3,), "never": ()}.items():
        text = self_care(language, *(after(language, number) for number in days))
        document = judged(text, market="eu", language=language, select=rules)
        found[name] = sorted((each.rule.split("/", 1)[1], each.problem) for each in document.findings)
        seen = plan("eu", language).lexicon.pack.statements["no-improvement"].seen
        severities = {each.severity for each in document.findings}
        assert severities <= {"advice"} or seen != "memory"
    front, uses = ("no-improvement", "missing"), ("no-improvement-uses", "missing")
    assert found == {
        "same": [],
        "other": [("no-improvement", "inconsistent")],
        "once": [uses],
        "never": [front, uses],
    }


def test_what_only_medicines_without_prescription_say_is_not_asked_of_others() -> None:
    document = judged(text_of(compose("eu", "en")), market="eu", language="en")
    reasons = {each.rule: (each.verdict, each.reason) for each in document.requirements}
    asked = ("not-applicable", "only for prescription no; here: yes")
    assert reasons["statement/no-improvement"] == reasons["statement/no-improvement-uses"] == asked
    unknown = judged(text_of(compose("eu", "en"), without=PRESCRIBED), market="eu", language="en")
    verdicts = {each.rule: (each.verdict, each.reason) for each in unknown.requirements}
    told = ("not-applicable", "only for prescription no; the text does not tell it")
    assert verdicts["statement/no-improvement"] == told

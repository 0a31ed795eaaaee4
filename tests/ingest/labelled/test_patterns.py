"""Usual labels of municipal and association templates, in five languages."""

import pytest

from bank.ingest.labelled.labels import build_kind_labels
from bank.vocabulary import Vocabulary, load_vocabulary

HEARD = {
    "title": "Nombre oficial de la iniciativa|Nome do projeto/ação|Nom de la bona pràctica|Intitulé de l'action"
    "|Project name",
    "city": "Nombre de la ciudad|Concelho|Nom del municipi|Nom de la collectivité|Name of the city",
    "organisation": "Dirección o área responsable|Unidade responsável|Servei o àrea responsable|Service porteur"
    "|Lead department",
    "contact_person": "Nombre y puesto del responsable|Técnico responsável|Nom de la persona de contacte"
    "|Nom et fonction du responsable|Name of the contact person",
    "contact": "Correo electrónico de contacto|Correio eletrónico de contacto|Adreça electrònica|Courriel de contact"
    "|Contact e-mail",
    "contact_phone": "Teléfono de la oficina|Telemóvel|Telèfons|N° de téléphone|Phone number",
    "summary": "Resumen del proyecto|Sinopse|Resum executiu|Résumé de l'action|Short description of the project",
    "context": "Diagnóstico inicial|Contextualização|Justificació i antecedents|Contexte et enjeux|Problem statement",
    "objectives": "Objetivo(s)|Finalidades|Objectius generals i específics|Objectifs visés|Aims and goals",
    "methodology": "Descripción de las acciones|Atividades desenvolvidas|Actuacions realitzades|Actions menées"
    "|Activities carried out",
    "groups": "Población a la que se dirige|Beneficiários|A qui s'adreça|Public(s) cible(s)|Intended beneficiaries",
    "participants_total": "Total de beneficiarios|N.º de participantes|Nombre total de participants"
    "|Nombre de bénéficiaires|Number of people involved",
    "partners": "Instituciones involucradas|Instituições parceiras|Entitats implicades|Acteurs impliqués|Key partners",
    "results": "Logros alcanzados|Principais resultados|Resultats assolits|Résultats attendus|Expected results",
    "evaluation": "Indicadores de éxito|Monitorização|Mecanismes d'avaluació|Suivi et évaluation|Evaluation methods",
    "cost": "Presupuesto ejercido|Custo aproximado|Pressupost total|Budget prévisionnel|Estimated cost",
    "funding": "Fuente(s) de financiamiento|Fontes de financiamento|Fonts de finançament|Sources de financement"
    "|Source(s) of funding",
    "period": "Fecha de inicio y de término|Data de início e fim|Data d'inici i finalització|Date de début et de fin"
    "|Start and end date",
    "continuity": "Sostenibilidad|Sustentabilidade e continuidade|Sostenibilitat|Pérennité du projet|Sustainability",
    "weak_points": "Retos y dificultades|Dificuldades encontradas|Dificultats trobades|Freins|Challenges encountered",
    "links": "Ligas / enlaces|Ligações úteis|Enllaços d'interès|Site internet|Web links",
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.mark.parametrize(("field", "label"), [(id, one) for id, all in HEARD.items() for one in all.split("|")])
def test_usual_labels_are_heard_in_five_languages(vocabulary: Vocabulary, field: str, label: str) -> None:
    heard = build_kind_labels(vocabulary, "experience").field(label, loose=True)
    assert heard is not None
    assert heard.id == field


def test_the_city_that_takes_part_is_the_city(vocabulary: Vocabulary) -> None:
    labels = build_kind_labels(vocabulary, "experience")
    for line in (
        "Ciudad que presenta: León",
        "Municipio que postula la experiencia: León",
        "Ciudad participante: León",
    ):
        label = labels.read(line)
        assert label is not None
        assert label.field is not None
        assert label.field.id == "city"


@pytest.mark.parametrize("line", ["Contexto social: Uno.", "Presupuesto ejercido : $ 10", "Impacto social: Tres."])
def test_a_few_more_words_are_allowed_before_a_colon(vocabulary: Vocabulary, line: str) -> None:
    label = build_kind_labels(vocabulary, "experience").read(line)
    assert label is not None
    assert label.field is not None


@pytest.mark.parametrize(
    "line",
    [
        "Contexto social",
        "Impacto social de las obras",
        "13. Sostenibilidad",
        "Sostenibilidad",
        "El contexto social es: difícil",
        "TÍTULO PRIMERO: Disposiciones generales",
        "Ciudad de México: tres plazas",
        "Año escolar: 2020",
        "Actividades en la plaza y en el barrio de la ciudad: tres",
        "Entidad federativa: Guanajuato",
        "Ciudad que educa",
        "Ciudad que educa: tres plazas",
        "But remember: bring water.",
        "Public schools: three",
        "Need help: call us",
        "Forces armées: deux",
        "Nombre de la persona entrevistada: Ana Ficticia",
        "Correo para personas mayores",
        "Teléfono para jóvenes en riesgo",
    ],
)
def test_running_text_and_principles_are_no_labels(vocabulary: Vocabulary, line: str) -> None:
    label = build_kind_labels(vocabulary, "experience").read(line)
    assert label is None or label.field is None

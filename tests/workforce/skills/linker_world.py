"""An invented taxonomy, small and regular: crafts times materials, in both languages and genders."""

from __future__ import annotations

from functools import cache

from workforce.skills.linker.concepts import Label, TaxonomyConcept
from workforce.skills.linker.linking import ConceptLinker, FittedLinker

CRAFTS = (
    ("soldador", "soldadora", "welder", "7212", "Une piezas con calor.", "Joins parts by heat."),
    ("cortador", "cortadora", "cutter", "7223", "Corta piezas a la medida.", "Cuts parts to size."),
    ("pulidor", "pulidora", "polisher", "7224", "Da brillo a las piezas.", "Makes parts shine."),
    ("inspector", "inspectora", "inspector", "7543", "Revisa piezas terminadas.", "Checks finished parts."),
    ("pintor", "pintora", "painter", "7132", "Cubre piezas con pintura.", "Covers parts with paint."),
)
MATERIALS = (
    ("acero", "steel"),
    ("vidrio", "glass"),
    ("madera", "wood"),
    ("plástico", "plastic"),
    ("cobre", "copper"),
    ("aluminio", "aluminum"),
    ("cerámica", "ceramics"),
    ("cartón", "cardboard"),
)
STRANGE = ("quiero pastel", "ojos azules", "read a novel", "blue sky", "gato dormido", "rainy sunday", "luna llena")


def concepts() -> list[TaxonomyConcept]:
    """Forty occupations with eight names each."""
    return [
        TaxonomyConcept(
            code=f"{en}-{material}",
            labels=(
                Label("es", f"{he.capitalize()}/{she.capitalize()} de {es}", preferred=True),
                Label("es", f"operador {he} en {es}"),
                Label("es", f"oficial de {es}, {he}"),
                Label("es", f"ayudante {he} para {es}"),
                Label("en", f"{material.capitalize()} {en}", preferred=True),
                Label("en", f"{en} of {material}"),
                Label("en", f"{material} {en} operator"),
                Label("en", f"assistant {en} for {material}"),
            ),
            definitions={"es": about_es, "en": about_en},
            group=isco,
            related=(f"work-{material}", f"skill-{en}"),
        )
        for he, she, en, isco, about_es, about_en in CRAFTS
        for es, material in MATERIALS
    ]


@cache
def world() -> FittedLinker:
    """The linker of this world, fitted once a process."""
    return ConceptLinker("occupation").fit(concepts(), strange=STRANGE)

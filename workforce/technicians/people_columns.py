"""What the columns of a list of people may hold, and by which headings they are known."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from workforce.imports.columns import guess_by_names
from workforce.imports.kinds import Field

NAMES = ("given_names", "full_name")
FIELDS = (
    Field(
        "external_id",
        _("Your number for the person"),
        ("folio", "matricula", "id", "numero", "no", "num", "clave", "numero de control", "numero de empleado",
         "number", "student id", "employee id", "external id", "reference"),
        help=_("By it the person is known again in your next file. Without it, by name, phone and e-mail together."),
    ),
    Field(
        "full_name",
        _("Whole name"),
        ("nombre completo", "nombre y apellidos", "alumno", "candidato", "full name", "name"),
    ),
    Field("given_names", _("Given names"), ("nombre", "nombres", "nombre s", "first name", "given names")),
    Field(
        "paternal",
        _("First surname"),
        ("apellido", "apellidos", "apellido paterno", "paterno", "primer apellido", "last name", "surname"),
    ),
    Field("maternal", _("Second surname"), ("apellido materno", "materno", "segundo apellido", "second last name")),
    Field("phone", _("Phone"), ("telefono", "tel", "celular", "cel", "movil", "whatsapp", "phone", "mobile", "cell")),
    Field("email", _("E-mail"), ("correo", "correo electronico", "email", "e mail", "mail")),
    Field("zone", _("Zone"), ("zona", "colonia", "sector", "neighborhood", "area")),
    Field("language", _("Language"), ("idioma", "lengua")),
    Field(
        "skills",
        _("Skills"),
        ("habilidades", "conocimientos", "competencias", "oficios", "oficio", "skill"),
        help=_("Several with commas between them; a level may stand in brackets: welding (advanced)."),
    ),
)  # fmt: skip


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Return which column seems to hold what; "Nombre" without a column of surnames is the whole name."""
    found = guess_by_names(FIELDS, headings)
    if "given_names" in found and "full_name" not in found and not {"paternal", "maternal"} & set(found):
        found["full_name"] = found.pop("given_names")
    return found

"""Two people editing one role: what the other one changed meanwhile, and a form in which nothing of either is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.http import QueryDict

from workforce.core.choices import SkillLevel
from workforce.employers.forms import RoleForm, initial_of
from workforce.employers.models import Role
from workforce.employers.services import EDITABLE

SALT = "puente.role-form"
LISTS = ("shifts", "benefits", "credentials")
COMPARED = (*EDITABLE, "skills", "credentials")
Plain = Any  # a text, a list of texts, or for skills a list of rows of texts: what JSON carries


@dataclass(frozen=True)
class Difference:
    """A field that the other person changed; ``yours`` is None where theirs was taken over."""

    label: str
    theirs: str
    yours: str | None


def _plain(value: Any) -> Plain:
    """Return a field's value as text or list of texts, alike for a saved role and for a form's cleaned data."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (list, tuple)):
        return sorted(str(item) for item in value)
    return str(getattr(value, "pk", value)).replace("\r\n", "\n")


def _plain_skills(rows: Iterable[Any]) -> list[list[str]]:
    return sorted([row.skill.code, str(row.level), "on" if row.must else "", str(row.weight or "")] for row in rows)


def snapshot(role: Role) -> dict[str, Plain]:
    """Return the editable state of a saved role."""
    values = initial_of(role) | {"occupation": role.occupation_id}
    plain = {name: _plain(values[name]) for name in COMPARED if name != "skills"}
    return plain | {"skills": _plain_skills(values["skills"])}


def entered(form: RoleForm) -> dict[str, Plain]:
    """Return what a valid form holds, comparable with ``snapshot``."""
    values = form.values() | {"credentials": [credential.pk for credential in form.cleaned_data["credentials"]]}
    plain = {name: _plain(values[name]) for name in COMPARED if name != "skills"}
    return plain | {"skills": _plain_skills(form.cleaned_data["skills"])}


def sign(state: Mapping[str, Plain]) -> str:
    """Pack a snapshot for a hidden field."""
    return signing.dumps(dict(state), salt=SALT, compress=True)


def unsign(packed: str) -> dict[str, Plain]:
    """Unpack a snapshot; an empty one when the field was tampered with."""
    try:
        state: dict[str, Plain] = signing.loads(packed, salt=SALT)
    except signing.BadSignature:
        return {}
    return state


def _put(data: QueryDict, name: str, value: Plain, role: Role) -> None:
    """Write one field of the stored role into posted data."""
    if name == "skills":
        for key in [key for key in data if key == "skill" or key.startswith(("level-", "must-", "weight-"))]:
            del data[key]
        for code, level, must, weight in value:
            data.appendlist("skill", code)
            data.update({f"level-{code}": level, f"weight-{code}": weight} | ({f"must-{code}": must} if must else {}))
    elif name in LISTS:
        data.setlist(name, list(value))
    elif name == "occupation":
        data[name] = role.occupation.title if role.occupation else ""
    else:
        data[name] = str(value)


def merged(posted: QueryDict, role: Role, mine: Mapping[str, Plain]) -> tuple[QueryDict, list[str], list[str]]:
    """Return the posted data brought up to the stored ``role``, the fields taken over, and those that both changed.

    What only the other person changed is taken over; where both did, the posted value stays. The new data carry the
    stored revision, so that sending them again is a decision made with open eyes.
    """
    now, base = snapshot(role), unsign(posted.get("base", ""))
    data = posted.copy()
    taken, both = [], []
    for name in COMPARED:
        if now[name] == base.get(name) or now[name] == mine[name]:
            continue
        if mine[name] == base.get(name):
            _put(data, name, now[name], role)
            taken.append(name)
        else:
            both.append(name)
    data["revision"], data["base"] = str(role.revision), sign(now)
    return data, taken, both


def _shown(form: RoleForm, name: str, value: Plain, names: Mapping[str, str]) -> str:
    """Put a plain value into words."""
    if name == "skills":
        return ", ".join(f"{names.get(code, code)} ({SkillLevel(int(level)).label})" for code, level, *_more in value)
    if name == "occupation":
        return names.get(f"occupation-{value}", str(value))
    choices = getattr(form.fields[name], "choices", None)
    if choices is None:
        return str(value)
    labels = {str(key): str(label) for key, label in choices}
    keys = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(key), str(key)) for key in keys)


def differences(
    form: RoleForm, role: Role, mine: Mapping[str, Plain], taken: list[str], both: list[str]
) -> list[Difference]:
    """Say field by field what the other person stored and, where both changed it, what stands in the form."""
    now = snapshot(role)
    names = {need.skill.code: str(need.skill) for need in role.role_skills.select_related("skill")}
    names |= {row.skill.code: str(row.skill) for row in form.cleaned_data.get("skills", [])}
    for occupation in (role.occupation, form.cleaned_data.get("occupation")):
        if occupation is not None:
            names[f"occupation-{occupation.pk}"] = str(occupation)
    return [
        Difference(
            str(form.fields[name].label),
            _shown(form, name, now[name], names),
            _shown(form, name, mine[name], names) if name in both else None,
        )
        for name in (*both, *taken)
    ]

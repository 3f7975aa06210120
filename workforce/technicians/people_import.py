"""People as a kind of import: each good row becomes a technician without an account, seen by nobody until claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.core.text import fold
from workforce.imports.choices import Outcome
from workforce.imports.kinds import Importer, Session, Switch, Taken
from workforce.imports.models import ImportJob, ImportRow
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import Row
from workforce.places.models import Zone
from workforce.skills.search import link_skill
from workforce.technicians.access import can_keep_people
from workforce.technicians.choices import IntakeState
from workforce.technicians.models import Intake
from workforce.technicians.people_cells import find_zone, read_language, read_skills, split_name, zones_by_name
from workforce.technicians.people_columns import FIELDS, NAMES, guess
from workforce.technicians.services.skills import SkillEntry
from workforce.technicians.services.unclaimed import register_unclaimed_batch
from workforce.technicians.services.unclaimed_ending import erase_profiles, recorded_elsewhere
from workforce.technicians.services.unclaimed_rows import TEXTS, RowResult, UnclaimedRow, external_key, tidy
from workforce.technicians.services.unclaimed_rows import Outcome as Became

MAX_RAW = 250
# Remarks about people quote no cell: they are kept longer than the file, and a cell may say who it is.
TOO_LONG = _("This is longer than %(most)s characters.")
TWICE = _("The same person is already in row %(first)s. Give each a number of their own if they are two.")
CLOSED = _("You registered this person before, and they are not on your list any more.")
DIFFERS = _("This person is on your list already, with other details. Nothing was changed.")
ZONE = _("We know no zone of this name, or several. The person is taken without one.")
NO_SENDER = _("Whoever sent this file has no account here any more. Send it again.")
CLAIMED = _("This person has taken over their profile: it is theirs now.")
GONE = _("This person is not on your list any more.")
CHANGED = _("Somebody changed this person's details after the import.")
USED = _("Something is recorded of this person, a course for example. Take them off your list by hand.")


def fingerprint(row: UnclaimedRow) -> str:
    """Tell a person's details as they are now, to whoever compares; it tells nobody who it is."""
    said = (row.given_names, row.paternal, row.maternal, row.email, row.phone, row.zone_id)
    return salted_hmac("puente.people_import", repr(said), algorithm="sha256").hexdigest()


def as_held(intake: Intake) -> UnclaimedRow:
    """Return what is held of a registered person, as a row would say it."""
    person: Any = intake.technician
    return UnclaimedRow(
        given_names=person.given_names,
        paternal=person.paternal,
        maternal=person.maternal,
        zone_id=person.zone_id,
        email=intake.email,
        phone=intake.phone,
    )


class PeopleSession(Session):
    """One pass over a list of people. Zones and the words for skills are looked up once, not once per row."""

    def __init__(self, job: ImportJob) -> None:
        super().__init__(job)
        self.organization: Organization = job.organization  # type: ignore[assignment]  # its kind always has one
        self.zones = zones_by_name(Zone.objects.order_by("pk"))
        self.words: dict[tuple[str, str], int | None] = {}

    def take(self, rows: Sequence[Row]) -> list[Taken]:
        """Register the good rows in one batch."""
        if self.job.user is None:
            raise ImportProblem("sender_gone", NO_SENDER)
        taken: list[Taken] = []
        wanted: list[tuple[Taken, UnclaimedRow]] = []
        for row in rows:
            one = Taken(row.line, Outcome.FAILED, problems=[row.problem] if row.problem else [])
            taken.append(one)
            if not one.problems and (person := self._read(one, row)) is not None:
                wanted.append((one, person))
        people = [person for _one, person in wanted]
        if people:
            results = register_unclaimed_batch(actor=self.job.user, organization=self.organization, rows=people)
            held = self._held(results)
            for (one, person), result in zip(wanted, results, strict=True):
                self._file(one, person, result, held)
        return taken

    def _cell(self, row: Row, name: str) -> str:
        column = self.job.mapping.get(name)
        return row.cells[column] if column is not None else ""

    def _column(self, name: str) -> str:
        column = self.job.mapping.get(name, self.job.mapping.get("full_name"))
        return self.job.headings[column] if column is not None else ""

    def _problem(self, line: int, code: str, message: Any, name: str = "", **params: Any) -> ImportProblem:
        return ImportProblem(code, message, row=line, column=self._column(name) if name else "", params=params)

    def _read(self, one: Taken, row: Row) -> UnclaimedRow | None:
        """Return the person that a row speaks of; None when it cannot be taken, with the reasons in ``one``."""
        values: dict[str, Any] = {name: self._cell(row, name) for name in TEXTS}
        if whole := self._cell(row, "full_name"):
            parted = vars(split_name(whole))
            values |= {name: value for name, value in parted.items() if not values[name]}
        language = read_language(self._cell(row, "language"))
        if zone := self._cell(row, "zone"):
            values["zone_id"] = find_zone(zone, self.zones)
            if values["zone_id"] is None:
                one.notes.append(self._problem(row.line, "zone_unknown", ZONE, "zone"))
        person = tidy(
            UnclaimedRow(
                **values,
                language=language,
                skills=tuple(self._skills(row, language)),
                send_link=bool(self.job.options.get("send_link")),
                once_key=_once_key(values),
            )
        )
        for name, most in TEXTS.items():
            if len(getattr(person, name)) > most:
                one.problems.append(self._problem(row.line, "too_long", TOO_LONG, name, most=most))
        one.identity = external_key(self.organization.pk, person) or ""
        self._refuse_twin(one)
        return None if one.problems else person

    def _refuse_twin(self, one: Taken) -> None:
        """Refuse who stands in an earlier row that was taken; one that was refused does not count."""
        first = self.seen.get(one.identity)
        if first is not None:
            one.outcome = Outcome.FAILED
            one.problems.append(self._problem(one.line, "duplicate_row", TWICE, "external_id", first=first))

    def _skills(self, row: Row, language: str) -> list[SkillEntry]:
        return [
            SkillEntry(skill_id, level, "" if skill_id else words[:MAX_RAW])
            for words, level in read_skills(self._cell(row, "skills"))
            for skill_id in (self._skill(words, language),)
        ]

    def _skill(self, words: str, language: str) -> int | None:
        key = (fold(words), language)
        if key not in self.words:
            linked = link_skill(words, language)
            self.words[key] = linked.skill.pk if linked is not None else None
        return self.words[key]

    def _held(self, results: Sequence[RowResult]) -> Mapping[int, str]:
        known = [result.intake_id or 0 for result in results if result.outcome == Became.KNOWN]
        found = Intake.objects.filter(pk__in=known).select_related("technician") if known else ()
        return {intake.pk: fingerprint(as_held(intake)) for intake in found}

    def _file(self, one: Taken, person: UnclaimedRow, result: RowResult, held: Mapping[int, str]) -> None:
        """Say in ``one`` what became of the row."""
        one.object_id = result.intake_id
        if result.outcome == Became.MADE:
            one.outcome, one.after = Outcome.CREATED, fingerprint(person)
            self.seen[one.identity] = one.line
        elif result.outcome == Became.KNOWN and one.identity in self.seen:  # by an earlier row of this very batch
            self._refuse_twin(one)
        elif result.outcome == Became.KNOWN:
            one.outcome = Outcome.UNCHANGED
            self.seen[one.identity] = one.line
            if held.get(result.intake_id or 0) != fingerprint(person):
                one.notes.append(self._problem(one.line, "known_differs", DIFFERS))
        elif result.outcome == Became.CLOSED:
            one.problems.append(self._problem(one.line, "person_closed", CLOSED))
        else:
            one.problems += [
                self._problem(one.line, f"{name}_invalid", message, name)
                for name, message in (result.errors or {}).items()
            ]


def _once_key(values: Mapping[str, Any]) -> str:
    """What makes a person without a number the same one at the next import."""
    names = (fold(values[name]) for name in ("given_names", "paternal", "maternal", "email"))
    return "|".join((*names, "".join(filter(str.isdigit, values["phone"]))[-10:]))


class PeopleImporter(Importer):
    """People of an institute, agency or employer."""

    kind = "people"
    label = _("People")
    text = _("People you know who have no account: one row each. Nobody else sees them until they take over.")
    fields = FIELDS
    needs_one_of = (NAMES,)
    switches = (
        Switch(
            "send_link",
            _("Send each new person with an e-mail their link"),
            _("With it they take over what you entered, or refuse it. You can also send it later, one by one."),
        ),
    )

    def may(self, user: User, organization: Organization) -> bool:
        """Whoever keeps the people of the organization."""
        return can_keep_people(user, organization)

    def guess(self, headings: Sequence[str]) -> dict[str, int]:
        """By the headings that lists of people have."""
        return guess(headings)

    def session(self, job: ImportJob) -> PeopleSession:
        """Begin a pass."""
        return PeopleSession(job)

    def undo(self, rows: Sequence[ImportRow]) -> list[ImportProblem | None]:
        """Erase those whom the import registered, unless they took over or somebody changed them since."""
        found = Intake.objects.filter(pk__in=[row.object_id for row in rows]).order_by("pk")
        held = {intake.pk: intake for intake in found.select_related("technician").select_for_update(of=("self",))}
        people = [intake.technician_id for intake in held.values() if intake.technician_id is not None]
        used = recorded_elsewhere(people)
        answers = [_why_not(row, held.get(row.object_id or 0), used) for row in rows]
        gone = [held[row.object_id or 0] for row, answer in zip(rows, answers, strict=True) if answer is None]
        Intake.objects.filter(pk__in=[intake.pk for intake in gone]).delete()
        erase_profiles([intake.technician_id for intake in gone if intake.technician_id is not None])
        return answers


def _why_not(row: ImportRow, intake: Intake | None, used: set[int]) -> ImportProblem | None:
    if intake is not None and intake.state == IntakeState.CLAIMED:
        return ImportProblem("claimed", CLAIMED)
    if intake is None or intake.state != IntakeState.OPEN or intake.technician is None:
        return ImportProblem("gone", GONE)
    if intake.technician_id in used:
        return ImportProblem("in_use", USED)
    if fingerprint(as_held(intake)) != row.after or intake.technician.revision != 1:
        return ImportProblem("changed_since", CHANGED)
    return None

"""What is personal in training: the people on the lists. Institutes keep how many there were and how it ended."""

from collections.abc import Iterable

from workforce.core.personal import Person, also, declare, not_personal, plain


def listed_by_address(person: Person) -> Iterable[int]:
    """Profiles that an institute's list made for the address of the account, and that nobody has claimed."""
    email = plain("accounts.User").filter(pk=person.user_id).values_list("email", flat=True).first()
    if not email:
        return ()
    listed = plain("training.Enrolment").filter(listed_email__iexact=email, technician__user=None)
    return set(listed.values_list("technician_id", flat=True))


also(listed_by_address)

not_personal("what an institute teaches", "training.Programme", "training.ProgrammeSkill", "training.Cohort")
declare(
    "training.Enrolment",
    technician="technician",
    change={"listed_name": "-", "listed_email": ""},
    keep={
        "how many were in the cohort and how it ended": "technician cohort state exited_on confirmed_at",
        "when the row was made": "created_at updated_at",
    },
)

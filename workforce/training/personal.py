"""What is personal in training: the people on the lists. Institutes keep how many there were and how it ended."""

from workforce.core.personal import declare, not_personal

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

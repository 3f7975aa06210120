"""10,000 people from an XLSX file with 2% bad rows: time, peak memory and queries, each step's result asserted.

    python benchmarks/imports.py [--rows 10000]            (a scratch SQLite file)
    python -m tests.services -- python benchmarks/imports.py       (PostgreSQL, with DATABASE_URL set by it)

Steps: check, run, undo, a run that is killed with signal 9 in the middle and resumed, the same file again. The peer of
the same rows, in the same run: openpyxl and the ORM in a plain loop, row by row, with full_clean (no trial, no undo,
no resuming). Each step runs in a process of its own, whose peak of resident memory is told.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
os.environ.setdefault("PUENTE_ENV", "dev")
os.environ.setdefault("LOG_LEVEL", "ERROR")
if "BENCH_SCRATCH" not in os.environ:
    os.environ["BENCH_SCRATCH"] = tempfile.mkdtemp(prefix="puente-imports-")
SCRATCH = Path(os.environ["BENCH_SCRATCH"])
os.environ.setdefault("DATABASE_URL", f"sqlite:///{SCRATCH / 'bench.sqlite3'}")
os.environ["PUENTE_VAR"] = str(SCRATCH)

import django

django.setup()

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from workforce.accounts.choices import Position, Verification
from workforce.accounts.models import Membership, Organization, User
from workforce.imports import running, services
from workforce.imports.choices import JobState
from workforce.imports.models import ImportJob, ImportRow, RowError
from workforce.places.models import Zone
from workforce.skills.search import link_skill
from workforce.technicians.models import Intake, Technician, TechnicianSkill

HEADINGS = [
    "Matrícula",
    "Nombre",
    "Paterno",
    "Materno",
    "Celular",
    "Correo",
    "Colonia",
    "Habilidades",
]
GIVEN = ["Ana", "Luis", "Rosa", "Iván", "Elena", "Jorge", "Lucía", "Mario", "Nadia", "Óscar"]
SURNAMES = ["Arce", "Bravo", "Cano", "Duarte", "Esparza", "Fierro", "Galván", "Holguín", "Ibarra", "Jurado"]
SKILLS = ["soldadura MIG", "torno", "PLC", "montacargas", "metrología", "costura", "ensamble", "inspección visual"]
BAD = 50  # every 50th row: 2 %


def cells(number: int) -> list[str]:
    """One row; every 50th has no name, a phone that is none, an address that is none, or a number used before."""
    row = [
        f"A-{number:05d}",
        GIVEN[number % 10],
        SURNAMES[number // 10 % 10],
        SURNAMES[number // 100 % 10],
        f"656 {number // 10_000:03d} {number % 10_000:04d}",
        f"p{number}@example.com",
        "",
        f"{SKILLS[number % 8]} (avanzado), {SKILLS[number // 8 % 8]}",
    ]
    if number % BAD == BAD - 1:
        where, what = ((1, ""), (4, "12"), (5, "p@"), (0, f"A-{number - 1:05d}"))[number // BAD % 4]
        row[where] = what
    return row


def workbook(rows: int) -> bytes:
    """The file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Personas")
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append(cells(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def peer(data: bytes, organization: Organization) -> dict[str, int]:
    """What one would write in an afternoon: a loop that saves row by row."""
    zones = {zone.name: zone for zone in Zone.objects.all()}
    linked: dict[str, int | None] = {}
    created = refused = 0
    sheet = load_workbook(io.BytesIO(data), read_only=True).active
    for number, given, paternal, maternal, phone, email, zone, skills in sheet.iter_rows(min_row=2, values_only=True):
        try:
            with transaction.atomic():
                if Intake.objects.filter(organization=organization, external_id=number).exists():
                    raise ValidationError("twice")
                if sum(map(str.isdigit, phone)) < 10:
                    raise ValidationError("phone")
                person = Technician(given_names=given or "", paternal=paternal, maternal=maternal,
                                    zone=zones.get(zone or ""), discoverable=False)  # fmt: skip
                person.full_clean()
                person.save()
                intake = Intake(organization=organization, technician=person, external_id=number, email=email,
                                phone=phone, erase_at=timezone.now())  # fmt: skip
                intake.full_clean(exclude=["external_key", "claim_hash"])
                intake.save()
                for words in dict.fromkeys(part.split("(")[0].strip() for part in skills.split(",")):
                    if words not in linked:
                        found = link_skill(words, "es")
                        linked[words] = found.skill.pk if found else None
                    TechnicianSkill.objects.get_or_create(
                        technician=person, skill_id=linked[words], raw="" if linked[words] else words
                    )
        except ValidationError:
            refused += 1
        else:
            created += 1
    return {"created": created, "failed": refused}


def child(step: str, key: int) -> None:
    """One step in this process; tells what it cost as JSON."""
    queries = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    link_skill("torno", "es")  # the look-up is there in every worker
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, result = time.perf_counter(), {}
    with connection.execute_wrapper(count):
        if step == "peer":
            result = peer((SCRATCH / "people.xlsx").read_bytes(), Organization.objects.get(pk=key))
        else:
            running.work(key)
    cost = {
        "seconds": time.perf_counter() - started,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "more_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
        "queries": queries,
        "result": result,
    }
    sys.stdout.write(json.dumps(cost))


def start(step: str, key: int) -> subprocess.Popen[bytes]:
    """A process for one step."""
    return subprocess.Popen([sys.executable, __file__, "--child", step, str(key)], stdout=subprocess.PIPE, cwd=ROOT)


def run(name: str, step: str, key: int, rows: int) -> dict[str, Any]:
    """Do a step and tell its cost."""
    process = start(step, key)
    out, _none = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"{name} failed")
    cost: dict[str, Any] = json.loads(out)
    by_chunk = cost["queries"] / -(-rows // running.CHUNK)
    sys.stdout.write(
        f"{name:<22} {cost['seconds']:7.1f} s  {rows / cost['seconds']:7.0f} rows/s  peak {cost['peak_mb']:4.0f} MB "
        f"(+{cost['more_mb']:.0f})  {cost['queries']:6d} queries, {by_chunk:6.1f} per {running.CHUNK} rows\n"
    )
    sys.stdout.flush()
    return cost


def must(truth: bool, what: str) -> None:
    """Stop when something is not as it has to be."""
    if not truth:
        raise SystemExit(f"WRONG: {what}")


def people() -> list[tuple[Any, ...]]:
    """Who is registered, in an order of their own."""
    fields = ("organization_id", "external_id", "email", "phone", "technician__given_names", "technician__paternal")
    return sorted(Intake.objects.values_list(*fields))


def fresh(job: ImportJob) -> ImportJob:
    """The job as it stands."""
    return ImportJob.objects.get(pk=job.pk)


def checked(user: User, organization: Organization, data: bytes, rows: int, name: str) -> ImportJob:
    """Send the file and have it tried."""
    job = services.upload_file(user=user, organization=organization, kind="people", name="personas.xlsx", data=data)
    services.set_columns(job=job, mapping=job.mapping)
    run(name, "work", job.pk, rows)
    must(fresh(job).state == JobState.CHECKED, f"{name}: {fresh(job).failure_text}")
    return job


def killed(job: ImportJob, rows: int) -> None:
    """Begin a run and kill its process with signal 9 when a third of the rows is written."""
    process = start("work", job.pk)
    while fresh(job).done < rows // 3 and process.poll() is None:
        time.sleep(0.05)
    must(process.poll() is None, "the run was over before it could be killed")
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = fresh(job)
    must(left.state == JobState.RUNNING and 0 < left.done < rows, "killed in the middle")
    must(ImportRow.objects.filter(job=job).count() == left.done, "rows and place agree after the kill")
    sys.stdout.write(f"killed with signal 9 at row {left.done} of {rows}\n")


def main(rows: int) -> None:
    """All steps."""
    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0, stdout=io.StringIO())
    call_command("load_taxonomy", verbosity=0, stdout=io.StringIO())
    user = User.objects.create(email="bench@example.com")
    organizations = [
        Organization.objects.create(name=name, slug=name, is_institute=True, verification=Verification.VERIFIED)
        for name in ("bench", "bench-peer")
    ]
    Membership.objects.create(user=user, organization=organizations[0], position=Position.OWNER)
    data = workbook(rows)
    (SCRATCH / "people.xlsx").write_bytes(data)
    bad = rows // BAD
    good = {"created": rows - bad, "failed": bad}
    sys.stdout.write(f"{rows} rows, {bad} bad, {len(data) / 1e3:.0f} kB of XLSX, {connection.vendor}\n")

    job = checked(user, organizations[0], data, rows, "check (trial run)")
    must(fresh(job).checked_counts == good, f"check: {fresh(job).checked_counts}")
    must(not Intake.objects.exists() and not Technician.objects.exists(), "a trial writes nothing")
    services.start_import(job=job)
    ours = run("run", "work", job.pk, rows)
    must(fresh(job).state == JobState.DONE and fresh(job).counts == good, f"run: {fresh(job).counts}")
    must(RowError.objects.filter(job=job, severity="error").values("row").distinct().count() == bad, "bad rows named")
    undisturbed = people()
    must(len(undisturbed) == rows - bad == Technician.objects.count(), "one person per good row")

    services.undo_import(job=job)
    run("undo", "work", job.pk, rows)
    must(fresh(job).state == JobState.UNDONE and fresh(job).counts["undone"] == rows - bad, "undo")
    must(not Intake.objects.exists() and not Technician.objects.exists(), "an undo leaves nobody")
    must(not TechnicianSkill.objects.exists(), "nor what they can do")

    job = checked(user, organizations[0], data, rows, "check again")
    services.start_import(job=job)
    killed(job, rows)
    run("resumed after the kill", "work", job.pk, rows)
    must(fresh(job).state == JobState.DONE and fresh(job).counts == good, f"resumed: {fresh(job).counts}")
    must(people() == undisturbed, "a killed and resumed run makes the same people")
    must(ImportRow.objects.filter(job=job).count() == rows, "each row once")

    job = checked(user, organizations[0], data, rows, "check the same file")
    services.start_import(job=job)
    run("the same file again", "work", job.pk, rows)
    must(fresh(job).counts == {"unchanged": rows - bad, "failed": bad}, f"again: {fresh(job).counts}")
    must(people() == undisturbed, "the same file makes no duplicates")

    theirs = run("peer: loop by row", "peer", organizations[1].pk, rows)
    must(theirs["result"] == good, f"peer: {theirs['result']}")
    sys.stdout.write(
        f"the peer takes {theirs['seconds'] / ours['seconds']:.1f} times as long as the run, with "
        f"{theirs['queries'] / ours['queries']:.0f} times the queries\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--child", nargs=2)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], int(options.child[1]))
    else:
        main(options.rows)

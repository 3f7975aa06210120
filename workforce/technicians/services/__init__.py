"""Writes of technicians: one use-case, one function, one transaction, and others are told inside it."""

from workforce.technicians.services.certificates import add_certificate, remove_certificate
from workforce.technicians.services.experience import add_experience, change_experience, remove_experience
from workforce.technicians.services.profile import create_technician, save_profile
from workforce.technicians.services.skills import SkillEntry, add_skill, entries_of, remove_skill, save_skills
from workforce.technicians.services.succession import replace_credential, replace_skill
from workforce.technicians.services.unclaimed import register_unclaimed, register_unclaimed_batch
from workforce.technicians.services.unclaimed_ending import erase_overdue, remove_unclaimed
from workforce.technicians.services.unclaimed_rows import Outcome, RowResult, UnclaimedRow
from workforce.technicians.services.verification import recheck_edited, verify_certificate, withdraw_verification

__all__ = [
    "Outcome",
    "RowResult",
    "SkillEntry",
    "UnclaimedRow",
    "add_certificate",
    "add_experience",
    "add_skill",
    "change_experience",
    "create_technician",
    "entries_of",
    "erase_overdue",
    "recheck_edited",
    "register_unclaimed",
    "register_unclaimed_batch",
    "remove_certificate",
    "remove_experience",
    "remove_skill",
    "remove_unclaimed",
    "replace_credential",
    "replace_skill",
    "save_profile",
    "save_skills",
    "verify_certificate",
    "withdraw_verification",
]

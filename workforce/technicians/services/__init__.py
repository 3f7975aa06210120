"""Writes of technicians: one use-case, one function, one transaction, and others are told inside it."""

from workforce.technicians.services.certificates import add_certificate, remove_certificate
from workforce.technicians.services.consents import has_read, purposes_of, save_consents
from workforce.technicians.services.experience import add_experience, change_experience, remove_experience
from workforce.technicians.services.looking import note_access
from workforce.technicians.services.profile import create_technician, save_profile
from workforce.technicians.services.skills import SkillEntry, add_skill, entries_of, remove_skill, save_skills
from workforce.technicians.services.states import block_profile, pause_profile, resume_profile, unblock_profile
from workforce.technicians.services.succession import replace_credential, replace_skill
from workforce.technicians.services.verification import recheck_edited, verify_certificate, withdraw_verification

__all__ = [
    "SkillEntry",
    "add_certificate",
    "add_experience",
    "add_skill",
    "block_profile",
    "change_experience",
    "create_technician",
    "entries_of",
    "has_read",
    "note_access",
    "pause_profile",
    "purposes_of",
    "recheck_edited",
    "remove_certificate",
    "remove_experience",
    "remove_skill",
    "replace_credential",
    "replace_skill",
    "resume_profile",
    "save_consents",
    "save_profile",
    "save_skills",
    "unblock_profile",
    "verify_certificate",
    "withdraw_verification",
]

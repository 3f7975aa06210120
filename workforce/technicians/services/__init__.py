"""Writes of technicians: one use-case, one function, one transaction, and others are told inside it."""

from workforce.technicians.services.certificates import add_certificate, remove_certificate
from workforce.technicians.services.claim_letters import send_letters
from workforce.technicians.services.claim_links import make_link, revoke_link, send_link
from workforce.technicians.services.claiming import Claimed, claim, find_claimable, has_claimed, refuse
from workforce.technicians.services.consents import has_read, purposes_of, save_consents
from workforce.technicians.services.cv_forgetting import forget_old_cvs
from workforce.technicians.services.cv_reading import read_cv, read_left
from workforce.technicians.services.cv_saving import Pick, confirm_cv
from workforce.technicians.services.cv_there import what_is_there
from workforce.technicians.services.cv_upload import discard_cv, upload_cv
from workforce.technicians.services.experience import add_experience, change_experience, remove_experience
from workforce.technicians.services.looking import note_access
from workforce.technicians.services.profile import create_technician, save_profile
from workforce.technicians.services.relinking import relink_own_words
from workforce.technicians.services.skills import (
    SkillEntry,
    add_skill,
    add_skills,
    entries_of,
    remove_skill,
    save_skills,
)
from workforce.technicians.services.states import block_profile, pause_profile, resume_profile, unblock_profile
from workforce.technicians.services.studies import add_study, remove_study
from workforce.technicians.services.succession import replace_credential, replace_skill
from workforce.technicians.services.unclaimed import register_unclaimed, register_unclaimed_batch
from workforce.technicians.services.unclaimed_ending import erase_overdue, remove_unclaimed
from workforce.technicians.services.unclaimed_rows import Outcome, RowResult, UnclaimedRow
from workforce.technicians.services.verification import recheck_edited, verify_certificate, withdraw_verification

__all__ = [
    "Claimed",
    "Outcome",
    "Pick",
    "RowResult",
    "SkillEntry",
    "UnclaimedRow",
    "add_certificate",
    "add_experience",
    "add_skill",
    "add_skills",
    "add_study",
    "block_profile",
    "change_experience",
    "claim",
    "confirm_cv",
    "create_technician",
    "discard_cv",
    "entries_of",
    "erase_overdue",
    "find_claimable",
    "forget_old_cvs",
    "has_claimed",
    "has_read",
    "make_link",
    "note_access",
    "pause_profile",
    "purposes_of",
    "read_cv",
    "read_left",
    "recheck_edited",
    "refuse",
    "register_unclaimed",
    "register_unclaimed_batch",
    "relink_own_words",
    "remove_certificate",
    "remove_experience",
    "remove_skill",
    "remove_study",
    "remove_unclaimed",
    "replace_credential",
    "replace_skill",
    "resume_profile",
    "revoke_link",
    "save_consents",
    "save_profile",
    "save_skills",
    "send_letters",
    "send_link",
    "unblock_profile",
    "upload_cv",
    "verify_certificate",
    "what_is_there",
    "withdraw_verification",
]

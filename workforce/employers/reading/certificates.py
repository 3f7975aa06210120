"""Certificates as people name them in a list of requirements."""

from __future__ import annotations

import re

from workforce.core.text import fold
from workforce.skills.choices import CredentialKind
from workforce.skills.models import Credential
from workforce.skills.nicknames import CREDENTIALS
from workforce.skills.search import link_skill

# What people say for a certificate, by its code; the rest is found by its name.
NICKNAMES = {
    r"\b" + fold(nickname).replace("lic ", r"lic\.? ") + r"\b": code
    for code, nicknames in CREDENTIALS.items()
    for nickname in nicknames
}
# Without one of these, words that a certificate's name shares with a skill mean the skill.
_SIGN = re.compile(
    r"certific|constancia|licen[cs]|\bec ?\d{4}|\bipc\b|j-?std|\bosha\b|\baws d|\bcambridge\b|\bpmp\b|\brjg\b|\bdiploma"
)
_DC3 = re.compile(r"\bdc ?-?3\b")
_AROUND = re.compile(
    r"\bdc ?-?3\b|\blicencia\b|\bconstancia\b|\bcurso\b|\bcertificad[oa]\b|\bcertificacion\b|\b(?:de|en)\b"
)
_EC = re.compile(r"\bec ?-?(\d{4})\b")
_WORD = re.compile(r"[a-z0-9]+")
_IDLE_TEXT = (
    "de del la el y en con the of and for cis cit certificado certificacion certified certification licencia "
    "license licence"
)
_IDLE = frozenset(_IDLE_TEXT.split())
ENOUGH = 0.66


def _by_dc3(text: str) -> Credential | None:
    """Find a DC-3 by the skill that it proves: "DC-3 montacargas"."""
    linked = link_skill(" ".join(_AROUND.sub(" ", text).split()))
    proofs = Credential.objects.active().filter(kind=CredentialKind.DC3).order_by("code")
    return proofs.filter(credential_skills__skill=linked.skill).first() if linked else None


def _by_name(text: str) -> Credential | None:
    """Find the certificate whose name shares enough words; none when two share as many."""
    said = set(_WORD.findall(text))
    scored: dict[tuple[float, int], list[Credential]] = {}
    for credential in (
        Credential.objects.active().exclude(kind__in=(CredentialKind.DC3, CredentialKind.CONOCER)).order_by("code")
    ):
        best = (0.0, 0)
        for name in (credential.name_es, credential.name_en):
            wanted = set(_WORD.findall(fold(re.sub(r"\(.*?\)", " ", name or "")))) - _IDLE
            shared = len(wanted & said)
            best = max(best, (shared / max(len(wanted), 1), shared))
        if best[0] >= ENOUGH:
            scored.setdefault(best, []).append(credential)
    return scored[max(scored)][0] if scored else None


def find_credential(words: str) -> Credential | None:
    """Return the certificate that ``words`` surely name, or None."""
    text = fold(words)
    for pattern, code in NICKNAMES.items():
        if re.search(pattern, text):
            return Credential.objects.active().filter(code=code).first()
    if _DC3.search(text):
        return _by_dc3(text)
    if standard := _EC.search(text):
        return Credential.objects.active().filter(code=f"conocer-ec{standard[1]}").first()
    return _by_name(text) if _SIGN.search(text) else None

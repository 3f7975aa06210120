"""The bilingual taxonomy: what people can do, are called, and can prove."""

from workforce.skills.models.base import URI_LENGTH, Concept, ConceptAlias, ConceptLink, ConceptQuerySet, FoldedText
from workforce.skills.models.credentials import Credential, CredentialSkill
from workforce.skills.models.occupations import Occupation, OccupationAlias, OccupationLink, OccupationSkill
from workforce.skills.models.phrases import UnlinkedPhrase
from workforce.skills.models.skills import Category, Skill, SkillAlias, SkillLink, SkillRelation
from workforce.skills.models.state import ConceptChange, TaxonomyState

__all__ = [
    "URI_LENGTH",
    "Category",
    "Concept",
    "ConceptAlias",
    "ConceptChange",
    "ConceptLink",
    "ConceptQuerySet",
    "Credential",
    "CredentialSkill",
    "FoldedText",
    "Occupation",
    "OccupationAlias",
    "OccupationLink",
    "OccupationSkill",
    "Skill",
    "SkillAlias",
    "SkillLink",
    "SkillRelation",
    "TaxonomyState",
    "UnlinkedPhrase",
]

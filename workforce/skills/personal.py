"""What is personal in the taxonomy: who changed it. People's own words for a skill are spoken of by technicians."""

from workforce.core.personal import not_personal, trace

not_personal(
    "the public taxonomy",
    *("skills.Category", "skills.Skill", "skills.SkillLink", "skills.SkillAlias", "skills.SkillRelation"),
    *("skills.Credential", "skills.CredentialSkill", "skills.Occupation", "skills.OccupationLink"),
    *("skills.OccupationAlias", "skills.OccupationSkill", "skills.TaxonomyState"),
)
not_personal("what was changed in the public taxonomy; who did it is a trace", "skills.ConceptChange")
trace("skills.UnlinkedPhrase", "decided_by", "who decided on words, as their work")
trace("skills.ConceptChange", "actor", "who changed a concept, as their work")

"""The bilingual taxonomy: skills, occupations, credentials."""

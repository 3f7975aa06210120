"""From text in Spanish or English to concepts. Pure: no Django; ``workforce.skills.corpus`` feeds it."""

"""Invented people, plants and institutes, so that a newcomer sees a living place. Never installed in production."""

"""One way to fold text, so that look-ups ignore case, accents and stray spaces everywhere alike."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents and with single spaces.

    NFKD keeps the base letter of every accented one (``ñ`` becomes ``n``, which is how people search on a
    keyboard without it).
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SPACES.sub(" ", bare).strip()

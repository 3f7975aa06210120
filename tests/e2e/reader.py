"""Somebody in front of a browser, and what they do there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.factories import PASSWORD


@dataclass
class Reader:
    """A page of one person in one language; ``complaints`` is what the browser's console had to say."""

    page: Page
    language: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page, which must be there."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press the button, or follow the link, of this very name."""
        where = within or self.page.locator("main")
        button = where.get_by_role("button", name=name, exact=True)
        button.or_(where.get_by_role("link", name=name, exact=True)).first.click()

    def heading(self) -> Locator:
        """The heading of the page."""
        return self.page.get_by_role("heading", level=1)

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        """Log in by the form."""
        self.go("/accounts/login/")
        self.page.locator("#id_login").fill(email)
        self.page.locator("#id_password").fill(password)
        self.page.locator("#id_password").press("Enter")
        self.page.wait_for_url(lambda address: "/accounts/login" not in address)

    def switch_language(self, language: str) -> None:
        """Use the switch in the header, and wait for the page in the other language."""
        self.page.locator(f"header button[name=language][value={language}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(language))
        self.language = language

    def overflow(self) -> int:
        """Pixels by which the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def watch(reader: Reader) -> None:
    """Keep what the console says: errors, and whatever the content security policy refused."""

    def hear(message: ConsoleMessage) -> None:
        if str(message.location.get("url", "")).endswith("/favicon.ico"):
            return  # Django's admin names no icon, so browsers guess
        if message.type == "error" or "Content Security Policy" in message.text:
            reader.complaints.append(f"{reader.page.url}: {message.text}")

    reader.page.on("console", hear)
    reader.page.on("pageerror", lambda error: reader.complaints.append(f"{reader.page.url}: {error}"))


class Picker:
    """The skill picker on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("[data-skill-picker]")
        self.field = self.root.locator("[role=combobox]")
        self.options = self.root.get_by_role("option")

    def row(self, code: str) -> Locator:
        """The chosen skill of this code."""
        return self.root.locator(f'[data-row="{code}"]')

    def offers(self, words: str, code: str) -> Locator:
        """Type words; return the option of that code once the list shows it."""
        self.field.fill("")
        self.field.press_sequentially(words)
        option = self.root.locator(f'[role=option][data-code="{code}"]')
        expect(option).to_be_visible()
        return option

    def by_keyboard(self, words: str, code: str) -> None:
        """Type, go down to the option with the arrow key, and take it with Enter."""
        option = self.offers(words, code)
        for _ in range(self.options.count()):
            self.field.press("ArrowDown")
            if option.get_attribute("aria-selected") == "true":
                break
        self.field.press("Enter")
        expect(self.row(code)).to_be_visible()

    def by_touch(self, words: str, code: str) -> None:
        """Type, and tap the option."""
        self.offers(words, code).tap()
        expect(self.row(code)).to_be_visible()

    def by_mouse(self, words: str, code: str) -> None:
        """Type, and click the option."""
        self.offers(words, code).click()
        expect(self.row(code)).to_be_visible()

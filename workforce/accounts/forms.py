"""Forms of accounts."""

from allauth.account.forms import SignupForm as AllauthSignupForm


class SignupForm(AllauthSignupForm):
    """Signing up, as a job seeker or for an organization."""

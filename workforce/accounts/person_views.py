"""The way in by phone, second half: who of those on the number, and their own PIN or password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from workforce.accounts import pending, people, resets
from workforce.accounts.numbers import spaced
from workforce.accounts.pending import Pending
from workforce.accounts.phone_forms import RegisterForm, SecretForm
from workforce.accounts.phone_steps import enter, proved_step, reader_language
from workforce.accounts.services import PersonNames
from workforce.core.errors import DomainError


@proved_step
def who(request: HttpRequest, way: Pending) -> HttpResponse:
    """Choose the person among those who share the number."""
    if request.method == "POST":
        user = people.person_on(way.e164, request.POST.get("person"))
        if user is None:
            return redirect("phone-who")
        pending.choose(request, way, user)
        return redirect("phone-secret")
    return render(
        request, "accounts/phone/who.html", {"people": people.people_on(way.e164), "number": spaced(way.e164)}
    )


@proved_step
def secret(request: HttpRequest, way: Pending) -> HttpResponse:
    """Ask for the person's own PIN or password, and log in."""
    user = pending.chosen(way)
    if user is None:
        return redirect("phone-who")
    form = SecretForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.check_secret(user=user, typed=form.cleaned_data["secret"])
        except DomainError as error:
            form.show(error)
        else:
            return enter(request, user, way)
    reset = resets.waiting_of(user)
    context = {
        "form": form,
        "name": people.label_of(user),
        "wait_until": people.wait_of(user),
        "reset_ready": reset is not None and resets.is_ready(reset),
    }
    return render(request, "accounts/phone/secret.html", context)


@proved_step
def register(request: HttpRequest, way: Pending) -> HttpResponse:
    """Make an account for one more person on the proved number."""
    form = RegisterForm(request.POST or None, e164=way.e164)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        names = PersonNames(data["given_names"], data["paternal"], data["maternal"])
        try:
            user = people.register_person(code_id=way.code_id, names=names, pin=data["pin"], language=reader_language())
        except DomainError as error:
            form.show(error)
        else:
            return enter(request, user, way)
    return render(request, "accounts/phone/register.html", {"form": form, "number": spaced(way.e164)})

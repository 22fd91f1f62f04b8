"""What a candidate declares. Everything is looked up among the reader's own rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.actions.declared import remove_declared, save_declared
from careers.forms import DECLARED_FORMS
from careers.queries.declared import declared_page


def declared(request: HttpRequest) -> HttpResponse:
    return render(request, "careers/declared.html", {"facts": declared_page(request.user)})


def form_class(kind: str) -> type[forms.ModelForm[Any]]:
    if kind not in DECLARED_FORMS:
        raise Http404
    return DECLARED_FORMS[kind]


def edit(request: HttpRequest, kind: str, pk: int | None = None) -> HttpResponse:
    """Add a row of a kind or, with its id, change one."""
    form_type = form_class(kind)
    model = form_type._meta.model
    if pk is None:
        row = model(candidate=request.user)
    else:
        row = get_object_or_404(model, pk=pk, candidate=request.user)
    form = form_type(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and _is_saved(request, form):
        messages.success(request, _("Saved, as you declared it."))
        return redirect("careers:declared")
    context = {"form": form, "kind": kind, "is_new": pk is None, "name": model._meta.verbose_name}
    return render(request, "careers/declared_form.html", context)


def _is_saved(request: HttpRequest, form: forms.ModelForm[Any]) -> bool:
    """False where the same row came in from a second tab between check and commit."""
    try:
        save_declared(
            candidate=request.user,
            row=form.instance,
            changed=form.changed_data,
            now=timezone.now(),
        )
    except IntegrityError:
        form.add_error(None, _("You have declared this already. Look at your list."))
        return False
    return True


def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    model = form_class(kind)._meta.model
    row = get_object_or_404(model, pk=pk, candidate=request.user)
    if request.method == "POST":
        remove_declared(candidate=request.user, row=row, now=timezone.now())
        messages.success(request, _("Removed."))
        return redirect("careers:declared")
    return render(request, "careers/declared_remove.html", {"row": row, "kind": kind})

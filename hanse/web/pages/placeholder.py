"""Stands at the address of the home page until there is one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hanse.kit.gate import public


@public
def home(request: HttpRequest) -> HttpResponse:
    return redirect("/observatory/")

"""`hanse person …`: what an operator does for people on the terminal."""

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hanse.commons.people import actions
from hanse.commons.people.models import Person


@click.group()
def person() -> None:
    """Admit people, make operators, close and open accounts."""


@person.command()
@click.argument("email")
@click.option("--name", prompt="Name")
@click.password_option(help="Asked for when it is not given.")
def admit(*, email: str, name: str, password: str) -> None:
    """Make an account whose address counts as confirmed."""
    if Person.objects.filter(email=email.strip().lower()).exists():
        raise click.ClickException(f"{email} has an account already.")
    try:
        validate_email(email)
        validate_password(password, Person(email=email, name=name))
    except ValidationError as no:
        raise click.ClickException(" ".join(no.messages)) from None
    actions.admit(email, name, password)
    click.echo(f"{email} can log in.")


@person.command()
@click.argument("email")
def operator(*, email: str) -> None:
    """Open the back office to somebody."""
    actions.make_operator(known(email))
    click.echo(f"{email} is an operator.")


@person.command()
@click.argument("email")
def close(*, email: str) -> None:
    """Close an account: nobody can log in with it."""
    actions.close(known(email))
    click.echo(f"{email} is closed.")


@person.command(name="open")
@click.argument("email")
def open_(*, email: str) -> None:
    """Open a closed account again."""
    actions.reopen(known(email))
    click.echo(f"{email} is open.")


def known(email: str) -> Person:
    found = Person.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    return found
